import { type Eigen, symmetricEigen } from '../num/symmetricEigen.ts';
import type { Objective } from './descent.ts';

/**
 * Largest eigenvalue of the Hessian over groups of parameters that move as one, from central differences of the
 * gradient; plain descent is stable below 2/λ.
 * @param step in angstrom and degrees alike
 * @returns λ_max per squared unit; NaN where a neighbouring cell does not exist
 */
export function largestCurvature(
  objective: Objective,
  cell: ArrayLike<number>,
  groups: readonly (readonly number[])[],
  step = 1e-4,
): number {
  return curvatureAt(objective, cell, groups, step)?.values.at(-1) ?? Number.NaN;
}

export interface Curvature extends Eigen {
  /** ∂²loss over pairs of groups, row-major [n * n]; per squared angstrom, per squared degree or mixed. */
  readonly hessian: Float64Array;
}

/** The Hessian over groups with its eigenvalues and directions; null where a neighbouring cell does not exist. */
export function curvatureAt(
  objective: Objective,
  cell: ArrayLike<number>,
  groups: readonly (readonly number[])[],
  step = 1e-4,
): Curvature | null {
  const n = groups.length;
  const hessian = new Float64Array(n * n);
  const gradients = [new Float64Array(cell.length), new Float64Array(cell.length)] as const;
  for (const [j, group] of groups.entries()) {
    for (const side of [0, 1] as const)
      if (!Number.isFinite(objective(along(cell, [group], [side === 0 ? step : -step]), gradients[side])))
        return null;
    for (const [i, other] of groups.entries())
      hessian[i * n + j] = other.reduce(
        (sum, k) => sum + (gradients[0][k]! - gradients[1][k]!) / (2 * step),
        0,
      );
  }
  return { hessian, ...symmetricEigen(hessian, n) };
}

/** The cell with each group moved by its own amount. */
export function along(
  cell: ArrayLike<number>,
  groups: readonly (readonly number[])[],
  moves: ArrayLike<number>,
): Float64Array {
  const moved = Float64Array.from(cell);
  for (const [j, group] of groups.entries()) for (const i of group) moved[i]! += moves[j]!;
  return moved;
}

/**
 * With what power of the distance the loss rises from a minimum along a direction, both ways taken together:
 * log₂ of (L(2t) + L(−2t) − 2 L(0)) / (L(t) + L(−t) − 2 L(0)). 2 is an ordinary minimum, 4 a quartic one: there the
 * Hessian vanishes, and plain descent slows down with the cube of the distance.
 * @param direction one number a group; its length times `distance` is how far t goes, in angstrom and degrees
 * @returns NaN where a cell does not exist or the loss does not rise
 */
export function growthExponent(
  objective: Objective,
  cell: ArrayLike<number>,
  groups: readonly (readonly number[])[],
  direction: ArrayLike<number>,
  distance: number,
): number {
  const scratch = new Float64Array(cell.length);
  const at = (t: number): number =>
    objective(
      along(
        cell,
        groups,
        Array.from(direction, d => d * t),
      ),
      scratch,
    );
  const floor = at(0);
  const rise = (t: number): number => at(t) + at(-t) - 2 * floor;
  const [near, far] = [rise(distance), rise(2 * distance)];
  return near > 0 && far > 0 ? Math.log2(far / near) : Number.NaN;
}
