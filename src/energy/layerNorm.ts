import type { Norm } from './weights.ts';

const EPSILON = 1e-5;

/**
 * Layer normalisation (Ba, Kiros & Hinton 2016): (x − mean)/√(variance + 1e-5) · w + b, with the biased variance.
 * @param x [rows * n]
 * @param scaled what is multiplied by w, kept for the way back [rows * n]
 * @param inverse 1/√(variance + 1e-5) of every row, kept too [rows]
 */
export function layerNorm(
  { weight, bias }: Norm,
  rows: number,
  x: Float64Array,
  scaled: Float64Array,
  inverse: Float64Array,
  out: Float64Array,
): void {
  const n = weight.length;
  for (let r = 0; r < rows; r++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += x[r * n + i]!;
    mean /= n;
    let variance = 0;
    for (let i = 0; i < n; i++) variance += (x[r * n + i]! - mean) ** 2;
    const factor = 1 / Math.sqrt(variance / n + EPSILON);
    inverse[r] = factor;
    for (let i = 0; i < n; i++) {
      const value = (x[r * n + i]! - mean) * factor;
      scaled[r * n + i] = value;
      out[r * n + i] = value * weight[i]! + bias[i]!;
    }
  }
}

/** dx from dout: (g w − mean(g w) − x̂ mean(g w x̂)) / √(variance + 1e-5), in place. */
export function layerNormBack(
  { weight }: Norm,
  rows: number,
  scaled: Float64Array,
  inverse: Float64Array,
  grad: Float64Array,
): void {
  const n = weight.length;
  for (let r = 0; r < rows; r++) {
    let mean = 0;
    let along = 0;
    for (let i = 0; i < n; i++) {
      const g = grad[r * n + i]! * weight[i]!;
      mean += g;
      along += g * scaled[r * n + i]!;
    }
    mean /= n;
    along /= n;
    for (let i = 0; i < n; i++)
      grad[r * n + i] = inverse[r]! * (grad[r * n + i]! * weight[i]! - mean - scaled[r * n + i]! * along);
  }
}
