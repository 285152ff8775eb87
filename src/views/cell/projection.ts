import { type DrawnAtom, toCartesian, type Vector } from './cellAtoms.ts';
import type { Rotation } from './viewpoint.ts';

/** From angstrom to the pixels of the pane; one formula for SVG, labels and picking, and three's camera in WebGL. */
export interface Projection {
  readonly width: number;
  readonly height: number;
  readonly rotation: Rotation;
  /** Point that is looked at, angstrom. */
  readonly centre: Vector;
  /** Pixels an angstrom, at the centre. */
  readonly scale: number;
  /** Pixels, downwards positive. */
  readonly pan: readonly [number, number];
  /** One over the viewer's distance, inverse angstrom; 0 is orthographic. */
  readonly nearness: number;
  /** Everything lies within this distance of the centre, angstrom. */
  readonly reach: number;
}

/** Pixels, angstrom towards the viewer from the centre, and the magnification there. */
export interface Projected {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
  readonly zoom: number;
}

export function project(view: Projection, point: Vector): Projected {
  const { rotation: r, centre, scale, pan, nearness } = view;
  const d = [point[0] - centre[0], point[1] - centre[1], point[2] - centre[2]] as const;
  const along = (row: number): number => r[row]! * d[0] + r[row + 1]! * d[1] + r[row + 2]! * d[2];
  const depth = along(6);
  const zoom = 1 / (1 - nearness * depth);
  return {
    x: view.width / 2 + pan[0] + scale * zoom * along(0),
    y: view.height / 2 + pan[1] - scale * zoom * along(3),
    depth,
    zoom,
  };
}

/** The eight corners of `repeat`³ cells, angstrom. */
export const corners = (lattice: ArrayLike<number>, repeat: number): [number, number, number][] =>
  Array.from({ length: 8 }, (_, k) =>
    toCartesian(lattice, [repeat * (k & 1), repeat * ((k >> 1) & 1), repeat * (k >> 2)]),
  );

/** The middle of `repeat`³ cells, angstrom. */
export const middle = (lattice: ArrayLike<number>, repeat: number): [number, number, number] =>
  toCartesian(lattice, [repeat / 2, repeat / 2, repeat / 2]);

/** Room for axis labels around the cell, pixels. */
const MARGIN = 14;

/**
 * Pixels an angstrom at which the cells fill the pane.
 * @param radius of the largest atom, angstrom
 * @param slack how much larger than the true cell the current one may get before it leaves the pane
 */
export function fittingScale(
  lattice: ArrayLike<number>,
  repeat: number,
  rotation: Rotation,
  size: { readonly width: number; readonly height: number },
  radius: number,
  slack: number,
): number {
  const centre = middle(lattice, repeat);
  const half = [0, 3].map(row =>
    Math.max(
      ...corners(lattice, repeat).map(corner =>
        Math.abs([0, 1, 2].reduce((sum, i) => sum + rotation[row + i]! * (corner[i]! - centre[i]!), 0)),
      ),
    ),
  ) as [number, number];
  const room = [size.width - 2 * MARGIN, size.height - 2 * MARGIN] as const;
  return Math.max(1, Math.min(...half.map((extent, i) => room[i]! / (2 * (extent * slack + radius)))));
}

/** Index of the front-most atom under a pixel, or null. */
export function pickAtom(
  view: Projection,
  lattice: ArrayLike<number>,
  atoms: readonly DrawnAtom[],
  px: number,
  py: number,
): number | null {
  let best: number | null = null;
  let nearest = Number.NEGATIVE_INFINITY;
  atoms.forEach((atom, i) => {
    const at = project(view, toCartesian(lattice, atom.fract));
    // Small atoms can still be hit: at least 6 pixels.
    const radius = Math.max(6, atom.radius * view.scale * at.zoom);
    if ((at.x - px) ** 2 + (at.y - py) ** 2 > radius * radius || at.depth <= nearest) return;
    nearest = at.depth;
    best = i;
  });
  return best;
}
