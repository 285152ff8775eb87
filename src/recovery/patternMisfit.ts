import { reciprocalSlopes } from '../crystal/cell.ts';
import type { LeastSquares } from '../optimise/levenbergMarquardt.ts';
import type { CellParameters } from '../optimise/parameters.ts';
import { dot, takeOut } from './slowBackground.ts';
import type { SmoothedModel } from './smoothedModel.ts';
import type { Stage } from './stage.ts';

/**
 * 1 − cosine of target and model as a sum of squares over the free parameters: with both of norm 1, background taken out,
 * ½‖x − x̂‖² = 1 − x·x̂. The scale of the model is gone with the norm:
 *   ∂x̂/∂p = (P ∂y/∂p − x̂ (x̂·∂y/∂p)) / ‖P y‖, P = 1 − Q Qᵀ over the background's polynomials Q.
 */
export function patternMisfit(stage: Stage, model: SmoothedModel, parameters: CellParameters): LeastSquares {
  const n = parameters.free.length;
  const { count } = stage.grid;
  const { unit, background, excluded } = stage;
  const trial = new Float64Array(count);
  const columns = new Float64Array(n * count);
  const cell = new Float64Array(6);
  const column = (j: number): Float64Array => columns.subarray(j * count, (j + 1) * count);
  let norm = 0;
  let cosine = 0;
  const include = (values: Float64Array): void => {
    if (excluded) for (let i = 0; i < count; i++) if (excluded[i]) values[i] = 0;
  };
  return {
    size: n,
    value(x) {
      const pattern = model.pattern(parameters.toCell(x, cell));
      if (!pattern) return Number.NaN;
      trial.set(pattern);
      include(trial);
      if (background) takeOut(background, trial);
      norm = Math.sqrt(dot(trial, trial));
      if (!(norm > 0)) return Number.NaN;
      for (let i = 0; i < count; i++) trial[i]! /= norm;
      cosine = dot(unit, trial);
      // as a sum of squares: 1 − cosine would lose the last digits near 0
      let sum = 0;
      for (let i = 0; i < count; i++) sum += (unit[i]! - trial[i]!) ** 2;
      return 0.5 * sum;
    },
    equations(normal, gradient) {
      model.jacobian(metricSlopes(cell, parameters), columns);
      const along = new Float64Array(n);
      for (let j = 0; j < n; j++) {
        const y = column(j);
        include(y);
        along[j] = dot(trial, y);
        gradient[j] = -(dot(unit, y) - cosine * along[j]!) / norm;
      }
      const rows = background ? background.degree + 1 : 0;
      const inBackground = new Float64Array(n * rows);
      for (let j = 0; j < n; j++)
        for (let k = 0; k < rows; k++)
          inBackground[j * rows + k] = dot(background!.basis.subarray(k * count, (k + 1) * count), column(j));
      for (let i = 0; i < n; i++)
        for (let j = i; j < n; j++) {
          let sum = dot(column(i), column(j)) - along[i]! * along[j]!;
          for (let k = 0; k < rows; k++) sum -= inBackground[i * rows + k]! * inBackground[j * rows + k]!;
          normal[i * n + j] = normal[j * n + i] = sum / (norm * norm);
        }
    },
  };
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
