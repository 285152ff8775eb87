import { applyOperator, type SymmetryOperator } from './symmetry.ts';

/**
 * Images of one atom closer than this are one atom on a special position, in angstrom. The value of gemmi and of
 * small-molecule refinement: it also joins the images of an atom that disorder moves off its symmetry element.
 */
export const MERGE_DISTANCE = 0.4;

/** Up to this many angstrom off, a coordinate counts as rounded (0.333 for 1/3 on an axis of 20 Å is 0.007 Å off). */
const ROUNDING = 0.02;

export interface SiteOrbit {
  /** Every position of the cell once; the given one first. */
  readonly positions: readonly (readonly [number, number, number])[];
  /** Distance of the given position from the special position that it stands for, angstrom; 0 for a general one. */
  readonly offset: number;
  /** True where the position was moved onto the special position, which is done up to 0.02 Å. */
  readonly snapped: boolean;
}

/**
 * The atoms that the operators make of one.
 * @param metric metric tensor of the cell, 3 × 3 row-major, square angstrom
 * @param merge images closer than this are one, angstrom
 */
export function siteOrbit(
  operators: readonly SymmetryOperator[],
  position: readonly [number, number, number],
  metric: ArrayLike<number>,
  merge = MERGE_DISTANCE,
): SiteOrbit {
  if (operators.length === 1) return { positions: [position], offset: 0, snapped: false };
  // The mean of the images that fall on the atom itself lies on the symmetry element.
  const mean = [0, 0, 0];
  let onItself = 0;
  let farthest = 0;
  for (const operator of operators) {
    const difference = apart(applyOperator(operator, position), position);
    const square = lengthSquared(difference, metric);
    if (square >= merge ** 2) continue;
    onItself++;
    farthest = Math.max(farthest, square);
    for (let i = 0; i < 3; i++) mean[i]! += difference[i]!;
  }
  const shift = mean.map(value => value / Math.max(1, onItself)) as [number, number, number];
  const offset = Math.sqrt(Math.max(0, lengthSquared(shift, metric)));
  const snapped = offset > 1e-9 && Math.sqrt(farthest) <= 2 * ROUNDING;
  const start: readonly [number, number, number] = snapped
    ? [clean(position[0] + shift[0]), clean(position[1] + shift[1]), clean(position[2] + shift[2])]
    : position;
  const positions: [number, number, number][] = [
    start.map(value => value - Math.floor(value)) as [number, number, number],
  ];
  for (const operator of operators) {
    const image = applyOperator(operator, start);
    if (positions.every(other => squareApart(image, other, metric) >= merge ** 2)) positions.push(image);
  }
  return { positions, offset: Math.sqrt(farthest) > 1e-9 ? offset : 0, snapped };
}

/** Rounding of the mean taken off, so that 0.25 stays 0.25: to 1e-12 of a cell edge. */
const clean = (value: number): number => Math.round(value * 1e12) / 1e12;

/** p − q, each part in [−½, ½]. */
export function apart(p: ArrayLike<number>, q: ArrayLike<number>): [number, number, number] {
  return [0, 1, 2].map(i => {
    const d = p[i]! - q[i]!;
    return d - Math.round(d);
  }) as [number, number, number];
}

/** Square of the distance of two positions by parts, square angstrom; no array is made, which halves the time of large cells. */
export function squareApart(p: ArrayLike<number>, q: ArrayLike<number>, g: ArrayLike<number>): number {
  const x = p[0]! - q[0]! - Math.round(p[0]! - q[0]!);
  const y = p[1]! - q[1]! - Math.round(p[1]! - q[1]!);
  const z = p[2]! - q[2]! - Math.round(p[2]! - q[2]!);
  return x * x * g[0]! + y * y * g[4]! + z * z * g[8]! + 2 * (x * y * g[1]! + x * z * g[2]! + y * z * g[5]!);
}

export const lengthSquared = ([x, y, z]: readonly [number, number, number], g: ArrayLike<number>): number =>
  x * x * g[0]! + y * y * g[4]! + z * z * g[8]! + 2 * (x * y * g[1]! + x * z * g[2]! + y * z * g[5]!);
