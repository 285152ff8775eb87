import { multiplyRows } from './linear.ts';
import type { Linear } from './weights.ts';

/** Logistic function σ(x). */
export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** silu(x) = x σ(x). */
export const silu = (x: number): number => x / (1 + Math.exp(-x));

/** silu′ = σ (1 + x (1 − σ)). */
export function siluSlope(x: number): number {
  const s = logistic(x);
  return s * (1 + x * (1 - s));
}

/** silu″ = σ (1 − σ) (2 + x (1 − 2σ)). */
export function siluCurve(x: number): number {
  const s = logistic(x);
  return s * (1 - s) * (2 + x * (1 - 2 * s));
}

/** Values that a stack of layers keeps for the way back: the input of every activation [rows * nOut] each. */
export interface PerceptronTape {
  readonly before: readonly Float64Array[];
  readonly output: Float64Array;
}

/**
 * Linear layers with silu after each, or after all but the last.
 * @param x [rows * nIn]
 * @returns output [rows * nOut of the last layer] and the tape
 */
export function perceptron(
  linears: readonly Linear[],
  lastActivated: boolean,
  rows: number,
  x: Float64Array,
): PerceptronTape {
  const before: Float64Array[] = [];
  let input = x;
  linears.forEach(({ weight, bias, nIn, nOut }, k) => {
    const z = new Float64Array(rows * nOut);
    multiplyRows(weight, nIn, nOut, input, 0, rows, z, 0);
    if (bias) for (let i = 0; i < z.length; i++) z[i] = z[i]! + bias[i % nOut]!;
    before.push(z);
    input = k < linears.length - 1 || lastActivated ? z.map(silu) : z;
  });
  return { before, output: input };
}

/** Cotangent of the input from that of the output. */
export function perceptronBack(
  linears: readonly Linear[],
  lastActivated: boolean,
  rows: number,
  tape: PerceptronTape,
  grad: Float64Array,
): Float64Array {
  let g = grad;
  for (let k = linears.length - 1; k >= 0; k--) {
    const { transposed, nIn, nOut } = linears[k]!;
    const z = tape.before[k]!;
    const inner = k < linears.length - 1 || lastActivated ? g.map((value, i) => value * siluSlope(z[i]!)) : g;
    g = new Float64Array(rows * nIn);
    multiplyRows(transposed, nOut, nIn, inner, 0, rows, g, 0);
  }
  return g;
}
