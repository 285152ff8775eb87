import {
  BufferAttribute,
  BufferGeometry,
  type Camera,
  Color,
  DoubleSide,
  Fog,
  InstancedMesh,
  LinearSRGBColorSpace,
  type Material,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  OrthographicCamera,
  PerspectiveCamera,
  Scene,
  Vector3,
} from 'three';
import { toCartesian } from './cellAtoms.ts';
import {
  type CellFrame,
  type CellPainter,
  displacements,
  halfBonds,
  markedAtoms,
  outlinedAtoms,
  toneOf,
  WAY_WIDTH,
} from './frame.ts';
import { type AtomMesh, atomMeshes, bondMesh, placeAtoms, placeBonds } from './glAtoms.ts';
import { axesOf, ordered, raw, shadedInk } from './glInk.ts';
import { edgeSegments, fatLines, ringSegments, setSegments } from './glLines.ts';
import { glPresenter } from './glPresenter.ts';
import { openRenderer } from './glRenderer.ts';
import type { Projection } from './projection.ts';

/** Reaches over which the smooth step of three's fog runs: a fifth of the background at the far end of the crystal. */
const FOG_RANGE = 6.5;
/** Edges are brought towards the viewer, angstrom: one with a bond along it shows on the bond instead of vanishing inside. */
const EDGE_LIFT = 0.1;

/**
 * Draws the cell with WebGL on a canvas of its own inside `host`. Throws where there is no WebGL 2.
 * @param onLost called when the context is lost; the painter must then be disposed of
 * @param onRestored called when the browser gives a lost context back: time for a new painter
 */
export function createGlPainter(host: HTMLElement, onLost: () => void, onRestored: () => void): CellPainter {
  const { renderer, resize, dispose } = openRenderer(host, onLost, onRestored);
  renderer.outputColorSpace = LinearSRGBColorSpace;
  const presenter = glPresenter(renderer);
  const inks = {
    panel: new Color(),
    edge: new Color(),
    ghost: new Color(),
    mark: new Color(),
    tone: new Color(),
    way: new Color(),
  };
  let atoms: AtomMesh[] = [];
  let bonds = bondMesh([]);
  const ghostEdges = fatLines(inks.ghost, 1, 1);
  const ghostAtoms = fatLines(inks.ghost, 0.9, 2);
  const planes = seenThrough(inks.tone, 2.5, 0.16);
  const edges = fatLines(inks.edge, 1.5, 3);
  const borders = fatLines(inks.tone, 1.1, 3.5);
  const marks = fatLines(inks.mark, 1.8, 4);
  marks.material.depthTest = false;
  const ways = fatLines(inks.way, WAY_WIDTH, 3.8);
  ways.material.depthTest = false;
  const surface = seenThrough(inks.tone, 5, 0.5);
  const scene = new Scene().add(ghostEdges, ghostAtoms, ...planes, edges, borders, ways, marks, ...surface);
  const fog = new Fog(0);
  fog.color = inks.panel;
  scene.fog = fog;
  const cameras = { flat: new OrthographicCamera(), deep: new PerspectiveCamera() };

  let shown: Partial<CellFrame> = {};
  /** Out of the picture; until the next one is drawn they keep the programs that it needs too. */
  let discarded: Mesh[] = [];
  const discard = (...meshes: Mesh[]): void => {
    for (const mesh of meshes) mesh.removeFromParent();
    discarded.push(...meshes);
  };
  const upload = (frame: CellFrame): void => {
    const changed = (...keys: (keyof CellFrame)[]): boolean => keys.some(key => frame[key] !== shown[key]);
    const { lattice, truth, ghost, projection } = frame;
    if (changed('home')) {
      discard(...atoms.map(({ mesh }) => mesh));
      atoms = atomMeshes(frame.home, inks.panel);
      scene.add(...atoms.map(({ mesh }) => mesh));
    }
    placeAtoms(atoms, frame);
    if (changed('home', 'bonds')) {
      discard(bonds);
      bonds = bondMesh(halfBonds(frame));
      scene.add(bonds);
    }
    placeBonds(bonds, frame);
    setSegments(edges, edgeSegments(frame, lattice, { lift: EDGE_LIFT }));
    setSegments(ghostEdges, ghost ? edgeSegments(frame, ghost, { dashes: true }) : []);
    setSegments(
      ghostAtoms,
      ringSegments(outlinedAtoms(frame), truth, projection, { gap: 1.2, dashes: true }),
    );
    setSegments(ways, displacements(frame).flat(2));
    setSegments(marks, ringSegments(markedAtoms(frame), lattice, projection, { gap: 2.4 }));
    if (changed('surface')) show(surface, frame.surface && surfaceGeometry(frame.surface));
    if (changed('planes', 'lattice')) {
      show(planes, frame.planes.length > 0 ? planeGeometry(frame) : null);
      const sides = frame.planes.flatMap(piece =>
        piece.flatMap((p, i) => [p, piece[(i + 1) % piece.length]!]),
      );
      setSegments(
        borders,
        sides.flatMap(corner => toCartesian(lattice, corner)),
      );
    }
    shown = frame;
  };

  /** Puts a frame into the scene. */
  const prepare = (frame: CellFrame, ratio?: number): readonly [Scene, Camera] => {
    const { projection, palette } = frame;
    free(discarded);
    discarded = [];
    upload(frame);
    resize(projection.width, projection.height, ratio);
    const camera = lookAt(projection, cameras);
    fog.near = camera.near;
    fog.far = camera.near + FOG_RANGE * projection.reach;
    raw(palette.panel, inks.panel);
    raw(palette.ink2, inks.edge);
    raw(palette.truthLine, inks.ghost);
    raw(palette.ink, inks.mark);
    raw(toneOf(frame), inks.tone);
    raw(palette.current, inks.way);
    renderer.setClearColor(inks.panel, 1);
    return [scene, camera];
  };

  let last: CellFrame | null = null;
  const present = (frame: CellFrame): Promise<void> => {
    const other = frame.home !== last?.home || frame.surface !== last.surface;
    last = frame;
    return presenter.show(() => prepare(frame), other);
  };
  const paint = (frame: CellFrame): void => void present(frame);
  return {
    paint,
    async begin(frame) {
      // Asked where it is not there, three warns in the console.
      if (renderer.extensions.has('KHR_parallel_shader_compile'))
        await renderer.compileAsync(...prepare(frame));
      await present(frame);
    },
    async snapshot(frame, ratio) {
      renderer.render(...prepare(frame, ratio));
      const canvas = renderer.domElement;
      const copy = document.createElement('canvas');
      copy.width = canvas.width;
      copy.height = canvas.height;
      // The drawing buffer is only there until this task ends.
      copy.getContext('2d')?.drawImage(canvas, 0, 0);
      if (last) paint(last);
      return copy;
    },
    dispose() {
      presenter.dispose();
      free([...discarded, ...scene.children.filter(child => child instanceof Mesh)]);
      dispose();
    },
  };
}

/** three's camera for a projection. */
export function lookAt(
  { width, height, rotation, centre, scale, pan, nearness, reach }: Projection,
  { flat, deep }: { readonly flat: OrthographicCamera; readonly deep: PerspectiveCamera },
): OrthographicCamera | PerspectiveCamera {
  const camera = nearness > 0 ? deep : flat;
  const distance = nearness > 0 ? 1 / nearness : 2 * reach;
  const [x, y] = [width / (2 * scale), height / (2 * scale)];
  const lens = { left: -x, right: x, top: y, bottom: -y, fov: (360 / Math.PI) * Math.atan(y / distance) };
  Object.assign(camera, lens, { aspect: x / y, near: distance - reach, far: distance + reach });
  camera.setViewOffset(width, height, -pan[0], -pan[1], width, height);
  const [right, up, toward] = axesOf(rotation);
  camera.position.set(...centre).addScaledVector(toward, distance);
  camera.quaternion.setFromRotationMatrix(new Matrix4().makeBasis(right, up, toward));
  return camera;
}

/** A surface that is seen through: its nearest layer over everything behind, by writing the depth before the colour. */
function seenThrough(ink: Color, order: number, opacity: number): Mesh<BufferGeometry, Material>[] {
  const depth = new MeshBasicMaterial({ colorWrite: false, side: DoubleSide, transparent: true });
  return [depth, shadedInk(ink, 0.5, opacity)].map((material, i) =>
    Object.assign(ordered(new Mesh(new BufferGeometry(), material), order + 0.1 * i), { visible: false }),
  );
}

function show(meshes: readonly Mesh[], geometry: BufferGeometry | null): void {
  for (const mesh of meshes) {
    mesh.geometry.dispose();
    if (geometry) mesh.geometry = geometry;
    mesh.visible = geometry !== null;
  }
}

const surfaceGeometry = ({
  positions,
  normals,
  indices,
}: NonNullable<CellFrame['surface']>): BufferGeometry =>
  new BufferGeometry()
    .setAttribute('position', new BufferAttribute(positions, 3))
    .setAttribute('normal', new BufferAttribute(normals, 3))
    .setIndex(new BufferAttribute(indices, 1));

/** Convex pieces of planes as triangles, each a fan from its first corner. */
function planeGeometry({ planes, lattice }: CellFrame): BufferGeometry {
  const points = planes.flatMap(piece => {
    const corners = piece.map(corner => new Vector3(...toCartesian(lattice, corner)));
    return corners.slice(2).flatMap((corner, i) => [corners[0]!, corners[i + 1]!, corner]);
  });
  const geometry = new BufferGeometry().setFromPoints(points);
  geometry.computeVertexNormals();
  return geometry;
}

/** Takes meshes out of the picture and gives back their buffers and programs. */
function free(meshes: readonly Mesh[]): void {
  for (const mesh of meshes) {
    mesh.removeFromParent();
    if (mesh instanceof InstancedMesh) mesh.dispose();
    mesh.geometry.dispose();
    (mesh.material as Material).dispose();
  }
}
