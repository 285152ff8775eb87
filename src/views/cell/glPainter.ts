import {
  Camera,
  Color,
  LinearSRGBColorSpace,
  Matrix3,
  Scene,
  Vector2,
  Vector3,
  Vector4,
  WebGLRenderer,
} from 'three';
import { elementData } from '../../crystal/elements.ts';
import { cellEdges, type DrawnAtom } from './cellAtoms.ts';
import { BOND_RADIUS, type CellFrame, type CellPainter } from './frame.ts';
import { type Batch, batch, type Uniforms } from './glBatch.ts';
import { square, strip, tube } from './glShapes.ts';
import { surfaceMesh } from './glSurface.ts';
import { planeBorders, planeTriangles } from './planePieces.ts';
import {
  ATOM_FRAGMENT,
  ATOM_VERTEX,
  BOND_FRAGMENT,
  BOND_VERTEX,
  LINE_FRAGMENT,
  LINE_VERTEX,
  RING_FRAGMENT,
  RING_VERTEX,
} from './shaders.ts';

const MAX_PIXEL_RATIO = 2;

const packed = (element: string): number => {
  const [r, g, b] = elementData(element).colour;
  return r * 65_536 + g * 256 + b;
};

/** Colours and cumulative shares of up to eight species; what is beyond them counts as empty. */
function writePie(atom: DrawnAtom, i: number, arrays: Readonly<Record<string, Float32Array>>): void {
  let total = 0;
  for (let k = 0; k < 8; k++) {
    const species = atom.species[k];
    total += species?.occupancy ?? 0;
    const [inks, shares] = k < 4 ? (['inks', 'shares'] as const) : (['moreInks', 'moreShares'] as const);
    arrays[inks]![4 * i + (k % 4)] = species ? packed(species.element) : 0;
    arrays[shares]![4 * i + (k % 4)] = species ? total : 0;
  }
}

const placeOf = (atoms: readonly DrawnAtom[], array: Float32Array): void =>
  atoms.forEach((atom, i) => {
    array.set(atom.fract, 4 * i);
    array[4 * i + 3] = atom.radius;
  });

const PLACE = { place: 4 } as const;
const SEGMENT = { first: 3, second: 3 } as const;

/**
 * Draws the cell with WebGL on a canvas of its own inside `host`. Throws where there is no WebGL 2.
 * @param onLost called when the context is lost; the painter must then be disposed of
 * @param onRestored called when the browser gives a lost context back: time for a new painter
 */
export function createGlPainter(host: HTMLElement, onLost: () => void, onRestored: () => void): CellPainter {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  const renderer = new WebGLRenderer({ canvas, alpha: false, antialias: true, powerPreference: 'low-power' });
  const lost = (event: Event): void => {
    event.preventDefault();
    onLost();
  };
  canvas.addEventListener('webglcontextlost', lost);
  canvas.addEventListener('webglcontextrestored', onRestored, { once: true });

  const lattice = { value: new Matrix3() };
  const ghostLattice = { value: new Matrix3() };
  const shared = {
    rotation: { value: new Matrix3() },
    centre: { value: new Vector3() },
    lens: { value: new Vector4() },
    pan: { value: new Vector2() },
    viewport: { value: new Vector2() },
    panel: { value: new Color() },
    fogReach: { value: 1 },
    scale: { value: 1 },
    ratio: { value: 1 },
  };
  const bondRadius = { value: BOND_RADIUS };
  const edgeInk = { value: new Color() };
  const ghostInk = { value: new Color() };
  const markInk = { value: new Color() };
  const toneInk = { value: new Color() };
  const solid: Uniforms = { ...shared, lattice };
  const dashed: Uniforms = { ...shared, lattice: ghostLattice, ink: ghostInk };
  const of = (base: Uniforms, extra: Record<string, unknown>): Uniforms => ({
    ...base,
    ...Object.fromEntries(Object.entries(extra).map(([name, value]) => [name, { value }])),
  });

  const pie = { ...PLACE, inks: 4, moreInks: 4, shares: 4, moreShares: 4 } as const;
  const atoms = batch(square(), pie, [ATOM_VERTEX, ATOM_FRAGMENT], solid, 0, true);
  const bonds = batch(
    tube(),
    { ...SEGMENT, ends: 4 },
    [BOND_VERTEX, BOND_FRAGMENT],
    { ...solid, radius: bondRadius },
    0,
    true,
  );
  const line = [LINE_VERTEX, LINE_FRAGMENT] as const;
  const ring = [RING_VERTEX, RING_FRAGMENT] as const;
  const ghostEdges = batch(
    strip(),
    SEGMENT,
    line,
    of(dashed, { width: 1, lift: 0, dash: new Vector2(3.2, 5.4) }),
    1,
    false,
  );
  const ghostAtoms = batch(
    square(),
    PLACE,
    ring,
    of(dashed, { width: 0.9, gap: 1.2, dash: new Vector2(3, 5.2) }),
    2,
    false,
  );
  const edges = batch(
    strip(),
    SEGMENT,
    line,
    of({ ...solid, ink: edgeInk }, { width: 1.5, lift: 0.1, dash: new Vector2() }),
    3,
    false,
  );
  const marks = batch(
    square(),
    PLACE,
    ring,
    of({ ...solid, ink: markInk }, { width: 1.8, gap: 2.4, dash: new Vector2() }),
    4,
    false,
  );
  marks.mesh.material.depthTest = false;
  const planeEdges = batch(
    strip(),
    SEGMENT,
    line,
    of({ ...solid, ink: toneInk }, { width: 1.1, lift: 0, dash: new Vector2() }),
    3,
    false,
  );
  const surface = surfaceMesh(solid, toneInk, 5, 0.5);
  const planes = surfaceMesh(solid, toneInk, 2.5, 0.16);
  const batches = [atoms, bonds, ghostEdges, ghostAtoms, edges, planeEdges, marks];
  const scene = new Scene();
  scene.matrixWorldAutoUpdate = false;
  scene.add(...batches.map(({ mesh }) => mesh), ...surface.meshes, ...planes.meshes);
  // The shaders project by themselves; three only wants something to hand over.
  const camera = new Camera();

  let size = '';
  let shown: Partial<CellFrame> = {};
  const upload = (frame: CellFrame): void => {
    if (frame.atoms !== shown.atoms) {
      atoms.fill(frame.atoms.length, arrays => {
        placeOf(frame.atoms, arrays['place']!);
        for (const [i, atom] of frame.atoms.entries()) writePie(atom, i, arrays);
      });
      ghostAtoms.fill(frame.atoms.length, arrays => placeOf(frame.atoms, arrays['place']!));
    }
    if (frame.bonds !== shown.bonds || frame.atoms !== shown.atoms) fillBonds(bonds, frame);
    if (frame.repeat !== shown.repeat) {
      const segments = cellEdges(frame.repeat);
      for (const target of [edges, ghostEdges]) fillSegments(target, segments);
    }
    if (frame.surface !== shown.surface) surface.fill(frame.surface);
    if (frame.planes !== shown.planes || frame.lattice !== shown.lattice) {
      planes.fill(frame.planes.length > 0 ? planeTriangles(frame.planes, frame.lattice) : null);
      fillSegments(planeEdges, planeBorders(frame.planes));
    }
    if (frame.selected !== shown.selected || frame.hovered !== shown.hovered || frame.atoms !== shown.atoms) {
      const marked = new Set(frame.hovered === null ? frame.selected : [...frame.selected, frame.hovered]);
      const chosen = [...marked].flatMap(i => frame.atoms[i] ?? []);
      marks.fill(chosen.length, arrays => placeOf(chosen, arrays['place']!));
    }
    shown = frame;
  };

  const draw = (frame: CellFrame, ratio: number): void => {
    upload(frame);
    const { projection: view, palette } = frame;
    const wanted = `${view.width} ${view.height} ${ratio}`;
    if (wanted !== size) {
      // Even to the same size this would throw the drawing buffer away.
      size = wanted;
      renderer.setPixelRatio(ratio);
      renderer.setSize(view.width, view.height, false);
    }
    lattice.value.set(...(Array.from(frame.lattice) as Nine));
    if (frame.ghost) ghostLattice.value.set(...(Array.from(frame.ghost) as Nine));
    ghostEdges.mesh.visible = ghostAtoms.mesh.visible = frame.ghost !== null;
    shared.rotation.value.set(...(view.rotation as unknown as Nine));
    shared.centre.value.set(...view.centre);
    const { width, height, scale } = view;
    shared.lens.value.set((2 * scale) / width, (2 * scale) / height, view.nearness, view.reach);
    shared.pan.value.set((2 * view.pan[0]) / width, (-2 * view.pan[1]) / height);
    shared.viewport.value.set(width, height);
    shared.scale.value = scale;
    shared.ratio.value = ratio;
    shared.fogReach.value = view.reach;
    // Neither threads nor pipes, however far the zoom goes.
    bondRadius.value = Math.min(0.16, Math.max(BOND_RADIUS, 1.3 / scale));
    renderer.setClearColor(palette.panel, 1);
    raw(shared.panel.value, palette.panel);
    raw(edgeInk.value, palette.edge);
    raw(ghostInk.value, palette.ghost);
    raw(markInk.value, palette.ink);
    raw(toneInk.value, frame.tone === 'current' ? palette.current : palette.edge);
    renderer.render(scene, camera);
  };

  let last: CellFrame | null = null;
  const paint = (frame: CellFrame): void => {
    draw(frame, Math.min(MAX_PIXEL_RATIO, devicePixelRatio));
    last = frame;
  };
  host.prepend(canvas);

  return {
    paint,
    async snapshot(frame, ratio) {
      draw(frame, ratio);
      const copy = document.createElement('canvas');
      copy.width = canvas.width;
      copy.height = canvas.height;
      // The drawing buffer is only there until this task ends.
      copy.getContext('2d')?.drawImage(canvas, 0, 0);
      if (last) paint(last);
      return copy;
    },
    dispose() {
      canvas.removeEventListener('webglcontextlost', lost);
      for (const each of [...batches, surface, planes]) each.dispose();
      renderer.dispose();
      // Browsers keep few contexts and drop the oldest: this one is given back at once.
      if (!renderer.getContext().isContextLost()) renderer.forceContextLoss();
      canvas.remove();
    },
  };
}

type Nine = [number, number, number, number, number, number, number, number, number];

/** The colour as written, without three's conversion to linear light. */
function raw(target: Color, css: string): void {
  target.setStyle(css, LinearSRGBColorSpace);
}

function fillSegments(target: Batch, segments: Float32Array): void {
  target.fill(segments.length / 6, ({ first, second }) => {
    for (let i = 0; i < segments.length / 6; i++) {
      first!.set(segments.subarray(6 * i, 6 * i + 3), 3 * i);
      second!.set(segments.subarray(6 * i + 3, 6 * i + 6), 3 * i);
    }
  });
}

function fillBonds(bonds: Batch, { atoms, bonds: pairs }: CellFrame): void {
  bonds.fill(pairs.length / 2, ({ first, second, ends }) => {
    for (let k = 0; k < pairs.length / 2; k++) {
      const [p, q] = [atoms[pairs[2 * k]!]!, atoms[pairs[2 * k + 1]!]!];
      first!.set(p.fract, 3 * k);
      second!.set(q.fract, 3 * k);
      ends!.set([p.radius, q.radius, packed(p.species[0]!.element), packed(q.species[0]!.element)], 4 * k);
    }
  });
}
