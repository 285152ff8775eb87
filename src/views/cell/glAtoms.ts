import {
  BufferAttribute,
  Color,
  CylinderGeometry,
  InstancedMesh,
  Matrix4,
  Quaternion,
  SphereGeometry,
  Vector3,
} from 'three';
import { elementData } from '../../crystal/elements.ts';
import { type DrawnAtom, toCartesian } from './cellAtoms.ts';
import { BOND_RADIUS, type CellFrame, type HalfBond, halfBonds } from './frame.ts';
import { axesOf, ordered, raw, shadedInk } from './glInk.ts';

/** The atoms of one kind, or one slice of each where the position is mixed. */
export interface AtomMesh {
  readonly mesh: InstancedMesh;
  /** Their indices. */
  readonly atoms: readonly number[];
}

const elementInk = (element: string): Color => raw(`rgb(${elementData(element).colour.join(',')})`);

/**
 * Spheres, those of one kind together. Mixed and partial occupancy is a pie that faces the viewer, clockwise from the
 * top.
 * @param empty colour of the share that is empty
 */
export function atomMeshes(atoms: readonly DrawnAtom[], empty: Color): AtomMesh[] {
  const kinds = new Map<string, number[]>();
  for (const [i, { species }] of atoms.entries()) {
    const kind = species.map(({ element, occupancy }) => `${element} ${occupancy}`).join();
    const known = kinds.get(kind);
    if (known) known.push(i);
    else kinds.set(kind, [i]);
  }
  // Round at any zoom where there are few, and cheap where there are many.
  const n = atoms.length;
  const around = n < 80 ? 56 : n < 400 ? 36 : n < 1500 ? 16 : 8;
  return [...kinds.values()].flatMap(kind => {
    const { species } = atoms[kind[0]!]!;
    const filled = species.reduce((sum, { occupancy }) => sum + occupancy, 0);
    const slices = species.map(({ element, occupancy }) => ({ ink: elementInk(element), share: occupancy }));
    if (filled < 0.9995) slices.push({ ink: empty, share: 1 - filled });
    let end = 0;
    return slices.map(({ ink, share }) => {
      const length = 2 * Math.PI * Math.min(1, share);
      end += length;
      const sectors = Math.max(3, Math.ceil(around * share));
      const geometry = new SphereGeometry(1, sectors, around / 2, -Math.PI / 2 - end, length);
      const mesh = new InstancedMesh(geometry.rotateX(Math.PI / 2), shadedInk(ink, 1), kind.length);
      return { mesh: ordered(mesh, 0), atoms: kind };
    });
  });
}

/** Moves the spheres to where the lattice has them, and turns their pies to the viewer. */
export function placeAtoms(meshes: readonly AtomMesh[], { atoms, lattice, projection }: CellFrame): void {
  const facing = new Matrix4().makeBasis(...axesOf(projection.rotation));
  const matrix = new Matrix4();
  const size = new Vector3();
  for (const { mesh, atoms: drawn } of meshes) {
    drawn.forEach((index, i) => {
      const { fract, radius } = atoms[index]!;
      const at = toCartesian(lattice, fract);
      mesh.setMatrixAt(
        i,
        matrix
          .copy(facing)
          .scale(size.setScalar(radius))
          .setPosition(...at),
      );
    });
    mesh.instanceMatrix.needsUpdate = true;
  }
}

/** A tube for each half of a bond, darker where it leaves its sphere. */
export function bondMesh(halves: readonly HalfBond[]): InstancedMesh {
  const [around, along] = halves.length < 1000 ? [18, 4] : [5, 1];
  const tube = new CylinderGeometry(1, 1, 1, around, along, true).translate(0, 0.5, 0);
  const place = tube.getAttribute('position');
  const light = Array.from({ length: place.count }, (_, i) => Math.min(1, 0.6 + place.getY(i)));
  tube.setAttribute('color', new BufferAttribute(Float32Array.from(light.flatMap(x => [x, x, x])), 3));
  const ink = shadedInk(new Color(1, 1, 1), 0.45);
  ink.vertexColors = true;
  const mesh = ordered(new InstancedMesh(tube, ink, halves.length), 0);
  halves.forEach(({ element }, i) => {
    mesh.setColorAt(i, elementInk(element));
  });
  return mesh;
}

const UP = new Vector3(0, 1, 0);

export function placeBonds(mesh: InstancedMesh, frame: CellFrame): void {
  // Neither threads nor pipes, however far the zoom goes.
  const radius = Math.min(0.16, Math.max(BOND_RADIUS, 1.3 / frame.projection.scale));
  const [matrix, turn] = [new Matrix4(), new Quaternion()];
  halfBonds(frame).forEach(({ from, to }, i) => {
    const start = new Vector3(...from);
    const along = new Vector3(...to).sub(start);
    const length = Math.max(1e-6, along.length());
    turn.setFromUnitVectors(UP, along.divideScalar(length));
    mesh.setMatrixAt(i, matrix.compose(start, turn, new Vector3(radius, length, radius)));
  });
  mesh.instanceMatrix.needsUpdate = true;
}
