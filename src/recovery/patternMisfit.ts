import { reciprocalSlopes } from '../crystal/cell.ts';
import type { LeastSquares } from '../optimise/levenbergMarquardt.ts';
import type { CellParameters } from '../optimise/parameters.ts';
import { dot, takeOut } from './slowBackground.ts';
import type { SmoothedModel } from './smoothedModel.ts';
import type { Stage } from './stage.ts';
import type { Texture } from './texture.ts';

export interface PatternMisfit extends LeastSquares {
  /** Measures the directions of a texture in a cell of the free parameters, until the next call. */
  orient(x: ArrayLike<number>): void;
  /** The model that `value` last made, background taken out and of norm 1 [count]; until the next one. */
  model(): Float64Array;
}

/**
 * 1 − cosine of target and model as a sum of squares over the free parameters: with both of norm 1, background taken out,
 * ½‖x − x̂‖² = 1 − x·x̂. The scale of the model is gone with the norm:
 *   ∂x̂/∂p = (P ∂y/∂p − x̂ (x̂·∂y/∂p)) / ‖P y‖, P = 1 − Q Qᵀ over the background's polynomials Q, and over what a texture
 * can add.
 */
export function patternMisfit(
  stage: Stage,
  model: SmoothedModel,
  parameters: CellParameters,
  texture: Texture | null = null,
): PatternMisfit {
  const n = parameters.free.length;
  const { unit, background, excluded, thin } = stage;
  const { count } = stage.grid;
  const skip = Math.round(thin.step / stage.grid.step);
  const trial = new Float64Array(count);
  const residual = new Float64Array(count);
  const columns = new Float64Array(n * thin.count);
  const cell = new Float64Array(6);
  const byCell = new Float64Array(6);
  let norm = 0;
  let cosine = 0;
  return {
    size: n,
    model: () => trial,
    orient: x => texture?.orient(parameters.toCell(x)),
    value(x) {
      const own = model.pattern(parameters.toCell(x, cell));
      if (!own) return Number.NaN;
      const pattern = texture?.fit(own) ?? own;
      for (let i = 0; i < count; i++) trial[i] = excluded?.[i] ? 0 : pattern[i]!;
      if (background) takeOut(background, trial);
      norm = Math.sqrt(dot(trial, trial));
      if (!(norm > 0)) return Number.NaN;
      // as a sum of squares: 1 − cosine would lose the last digits near 0
      let sum = 0;
      for (let i = 0; i < count; i++) {
        trial[i]! /= norm;
        sum += (unit[i]! - trial[i]!) ** 2;
      }
      cosine = 1 - 0.5 * sum;
      return 0.5 * sum;
    },
    equations(normal, gradient) {
      // target and model have no background left: neither has what is left of the target
      for (let i = 0; i < count; i++) residual[i] = -(unit[i]! - cosine * trial[i]!) / norm;
      model.adjoint(residual, byCell, ADJOINT_REACH);
      parameters.chain(cell, byCell, gradient);
      model.jacobian(metricSlopes(cell, parameters), thin, columns);
      const rows = background ? background.degree + 1 : 0;
      const tangents = texture?.tangents() ?? [];
      const along = new Float64Array(n);
      const inTexture = new Float64Array(n * tangents.length);
      const inBackground = new Float64Array(n * rows);
      for (let j = 0; j < n; j++) {
        const column = columns.subarray(j * thin.count, (j + 1) * thin.count);
        if (excluded) for (let i = 0; i < thin.count; i++) if (excluded[i * skip]) column[i] = 0;
        along[j] = thinDot(column, trial, 0, skip);
        for (const [k, tangent] of tangents.entries())
          inTexture[j * tangents.length + k] = dot(column, tangent);
        for (let k = 0; k < rows; k++)
          inBackground[j * rows + k] = thinDot(column, background!.basis, k * count, skip);
      }
      const weight = skip / (norm * norm);
      for (let i = 0; i < n; i++)
        for (let j = i; j < n; j++) {
          const [p, q] = [i * thin.count, j * thin.count];
          let sum = -along[i]! * along[j]! * skip;
          for (let k = 0; k < thin.count; k++) sum += columns[p + k]! * columns[q + k]!;
          for (let k = 0; k < tangents.length; k++)
            sum -= inTexture[i * tangents.length + k]! * inTexture[j * tangents.length + k]! * skip;
          for (let k = 0; k < rows; k++)
            sum -= inBackground[i * rows + k]! * inBackground[j * rows + k]! * skip;
          normal[i * n + j] = normal[j * n + i] = sum * weight;
        }
    },
  };
}

/** Widths at which profiles are cut in the gradient: their slope is a thousandth of its largest there. */
const ADJOINT_REACH = 8;

/** Σ p_i q_(offset + i · skip). */
function thinDot(p: Float64Array, q: Float64Array, offset: number, skip: number): number {
  let sum = 0;
  for (let i = 0, at = offset; i < p.length; i++, at += skip) sum += p[i]! * q[at]!;
  return sum;
}

/** Derivatives of the reciprocal metric by each free parameter. */
function metricSlopes(cell: Float64Array, parameters: CellParameters): Float64Array[] {
  const byCell = reciprocalSlopes(cell);
  const n = parameters.free.length;
  const slopes = Array.from({ length: n }, () => new Float64Array(9));
  const out = new Float64Array(n);
  for (let entry = 0; entry < 9; entry++) {
    const six = byCell.map(matrix => matrix[entry]!);
    parameters.chain(cell, six, out);
    for (let j = 0; j < n; j++) slopes[j]![entry] = out[j]!;
  }
  return slopes;
}
