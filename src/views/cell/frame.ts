import type { Palette } from '../palette.ts';
import { type DrawnAtom, pointBetween, toCartesian, type Vector } from './cellAtoms.ts';
import type { Projection } from './projection.ts';

/** A closed surface in the cell, such as one of constant density. */
export interface CellSurface {
  /** [n * 3], angstrom, and unit normals [n * 3]. */
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  /** Triangles [m * 3]. */
  readonly indices: Uint32Array;
}

/** One picture of the cell: all that a painter needs. Arrays are replaced, never written to. */
export interface CellFrame {
  readonly projection: Projection;
  readonly atoms: readonly DrawnAtom[];
  /** The same atoms at their true places; the same array while none has moved. */
  readonly home: readonly DrawnAtom[];
  /** Indices of the atoms that have left their true place, which is then outlined; none where the ghost is hidden. */
  readonly displaced: readonly number[];
  /** Pairs of indices into `atoms` [n * 2]. */
  readonly bonds: Int32Array;
  readonly repeat: number;
  /** The lattice drawn solid: the current cell, exaggerated or not. 3 × 3 row-major, vectors as columns, angstrom. */
  readonly lattice: Float64Array;
  /** The true lattice. */
  readonly truth: Float64Array;
  /** The true cell, drawn dashed; null where it is hidden or coincides. */
  readonly ghost: Float64Array | null;
  readonly palette: Palette;
  readonly hovered: number | null;
  readonly selected: readonly number[];
  /** Seen through; null for none. */
  readonly surface: CellSurface | null;
  /** Crystal whose colour surface and planes have: the current crystal's or the true one's. */
  readonly tone: 'current' | 'truth';
  /** Flat convex pieces, e.g. of lattice planes: corners in unit fractions. */
  readonly planes: readonly (readonly (readonly [number, number, number])[])[];
}

/** Draws frames: WebGL, or SVG where there is none. */
export interface CellPainter {
  /** Draws a first frame without holding the page up; resolves when it is there. */
  begin(frame: CellFrame): Promise<void>;
  /** Draws a frame, now or when the device is done with the one before; of several that come meanwhile the last alone. */
  paint(frame: CellFrame): void;
  /** The frame at `ratio` times its pixels on a canvas of its own. */
  snapshot(frame: CellFrame, ratio: number): Promise<HTMLCanvasElement>;
  dispose(): void;
}

/** Of the line from the true to the present place of an atom, pixels. */
export const WAY_WIDTH = 2.2;

/** Of a bond on screen, angstrom. */
export const BOND_RADIUS = 0.075;

/** Share of the way from the first atom to the second at which a bond changes colour: half of what is visible. */
export const bondSplit = (length: number, radiusA: number, radiusB: number): number =>
  Math.min(1, Math.max(0, 0.5 + (radiusA - radiusB) / (2 * Math.max(length, 1e-6))));

/** Half a bond, from within the sphere of its atom to where the colours meet; Cartesian, angstrom. */
export interface HalfBond {
  readonly element: string;
  readonly from: Vector;
  readonly to: Vector;
}

export const halfBonds = ({
  atoms,
  bonds,
  lattice,
}: Pick<CellFrame, 'atoms' | 'bonds' | 'lattice'>): HalfBond[] =>
  Array.from(bonds, (first, k) => {
    const [atom, other] = [atoms[first]!, atoms[bonds[k ^ 1]!]!];
    const [p, q] = [toCartesian(lattice, atom.fract), toCartesian(lattice, other.fract)];
    const length = Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2]);
    return {
      element: atom.species[0]!.element,
      from: pointBetween(p, q, (0.9 * atom.radius) / length),
      to: pointBetween(p, q, bondSplit(length, atom.radius, other.radius)),
    };
  });

/** Atoms at their true places that are outlined: all where the cell differs, else those that have moved. */
export const outlinedAtoms = ({ home, displaced, ghost }: CellFrame): readonly DrawnAtom[] =>
  ghost ? home : displaced.map(i => home[i]!);

/** Ways of the displaced atoms from their true places to the present ones; Cartesian, angstrom. */
export const displacements = ({ atoms, home, displaced, truth, lattice }: CellFrame): [Vector, Vector][] =>
  displaced.map(i => [toCartesian(truth, home[i]!.fract), toCartesian(lattice, atoms[i]!.fract)]);

/** Atoms with a ring: the chosen ones and the one under the pointer. */
export const markedAtoms = ({ atoms, hovered, selected }: CellFrame): DrawnAtom[] =>
  [...new Set(hovered === null ? selected : [...selected, hovered])].flatMap(i => atoms[i] ?? []);

/** Colour of surface and planes. */
export const toneOf = ({ tone, palette }: CellFrame): string =>
  tone === 'current' ? palette.current : palette.ink2;
