import { symmetricEigenvalues } from '../num/symmetricEigen.ts';
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
  const n = groups.length;
  const hessian = new Float64Array(n * n);
  const gradients = [new Float64Array(6), new Float64Array(6)] as const;
  for (const [j, group] of groups.entries()) {
    for (const side of [0, 1] as const) {
      const moved = Float64Array.from({ length: 6 }, (_, i) => cell[i]!);
      for (const i of group) moved[i]! += side === 0 ? step : -step;
      if (!Number.isFinite(objective(moved, gradients[side]))) return Number.NaN;
    }
    for (const [i, other] of groups.entries())
      hessian[i * n + j] = other.reduce(
        (sum, k) => sum + (gradients[0][k]! - gradients[1][k]!) / (2 * step),
        0,
      );
  }
  return symmetricEigenvalues(hessian, n).at(-1)!;
}
