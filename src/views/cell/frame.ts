import type { DrawnAtom } from './cellAtoms.ts';
import type { CellPalette } from './palette.ts';
import type { Projection } from './projection.ts';

/** One picture of the cell: all that a painter needs. Arrays are replaced, never written to. */
export interface CellFrame {
  readonly projection: Projection;
  readonly atoms: readonly DrawnAtom[];
  /** Pairs of indices into `atoms` [n * 2]. */
  readonly bonds: Int32Array;
  readonly repeat: number;
  /** What is drawn solid: the current cell, exaggerated or not. 3 × 3 row-major, vectors as columns, angstrom. */
  readonly lattice: Float64Array;
  /** The true cell, drawn dashed; null where it is hidden or coincides. */
  readonly ghost: Float64Array | null;
  readonly palette: CellPalette;
  readonly hovered: number | null;
  readonly selected: readonly number[];
}

/** What draws frames: WebGL, or SVG where there is none. */
export interface CellPainter {
  paint(frame: CellFrame): void;
  /** The frame at `ratio` times its pixels on a canvas of its own. */
  snapshot(frame: CellFrame, ratio: number): Promise<HTMLCanvasElement>;
  dispose(): void;
}

/** Of a bond on screen, angstrom. */
export const BOND_RADIUS = 0.075;

/** Share of the way from the first atom to the second at which a bond changes colour: half of what is visible. */
export const bondSplit = (length: number, radiusA: number, radiusB: number): number =>
  Math.min(1, Math.max(0, 0.5 + (radiusA - radiusB) / (2 * Math.max(length, 1e-6))));
