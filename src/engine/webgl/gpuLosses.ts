import type { LossId } from '../../losses/loss.ts';
import type { Program } from './device.ts';
import { reduction, residual } from './programs/reduce.ts';
import { type GpuLossId, onGpu } from './webglRefusal.ts';

/** The four sums of one cell over all bins (or, for `most`, the largest value and its bin). */
type Sums = ArrayLike<number>;

/**
 * A loss as passes over the patterns on the GPU, finished in float64. The formulas are those of `src/losses`; pattern
 * and target come scaled to order one, which no loss notices.
 */
export interface GpuLoss {
  /** Divisor of the target before it is uploaded. */
  targetScale(target: Float64Array): number;
  /** First pass, and how its segments are joined. */
  readonly first: { readonly program: Program; readonly join: 'sum' | 'most' };
  /** Second pass, where the loss needs what the first one found: `own` is the four numbers it then reads. */
  readonly second: { readonly program: Program; own(first: Sums): readonly number[] } | null;
  /** Loss of a cell that has reflections. `second` is empty where there is no second pass. */
  value(first: Sums, second: Sums, target: TargetSums): number;
  readonly residual: Program;
  /** The four numbers that the residual reads. */
  own(first: Sums, second: Sums, target: TargetSums): readonly number[];
}

export interface TargetSums {
  /** Σ x² of the scaled target. */
  readonly square: number;
}

const LN4 = Math.log(4);
const largest = (values: Float64Array): number => values.reduce((most, x) => Math.max(most, x), 0);

const cosine: GpuLoss = {
  targetScale: largest,
  first: {
    program: reduction('a += x * y; b += y * y; c += y;', 'vec4(sum4(a), sum4(b), sum4(c), 0.0)'),
    join: 'sum',
  },
  second: null,
  value: (first, _, { square }) => -first[0]! / Math.sqrt(square * first[1]!),
  residual: residual('r = own.x * x + own.y * y;'),
  own: (first, _, { square }) => {
    const norms = Math.sqrt(square * first[1]!);
    return [-1 / norms, first[0]! / (norms * first[1]!), 0, 0];
  },
};

const mse: GpuLoss = {
  targetScale: largest,
  first: {
    program: reduction(
      [0, 1, 2, 3].map(i => `if (y[${i}] > a.x) { a.x = y[${i}]; a.y = bin + ${i}.0; }`).join('\n    '),
      'a',
    ),
    join: 'most',
  },
  second: {
    program: reduction(
      'vec4 z = y * own.x; vec4 d = z - x; a += d * d; b += d * z;',
      'vec4(sum4(a), sum4(b), 0.0, 0.0)',
    ),
    own: first => [1 / first[0]!, 0, 0, 0],
  },
  value: (_, second) => second[0]!,
  // through the trial's maximum, at bin own.y, flows the sum of all the others
  residual: residual('r = own.z * (y * own.x - x) - own.w * vec4(equal(bin, vec4(own.y)));'),
  own: (first, second) => {
    const [most, at] = [first[0]!, first[1]!];
    return [1 / most, at, 2 / most, (2 / most) * second[1]!];
  },
};

/**
 * With p, q the normalised patterns, m their mean and δ = (p − q)/(p + q): p ln(p/m) + q ln(q/m) =
 * m ((1 + δ) ln(1 + δ) + (1 − δ) ln(1 − δ)), by its series where δ is small: float32 logarithms near 1 would leave
 * only absolute digits. ln(q/m) = ln(1 − δ) = 2 artanh(−δ/(2 − δ)).
 */
const LOG_RATIOS = `
float divergence(float p, float q) {
  float m = 0.5 * (p + q);
  if (m <= 0.0) return 0.0;
  float t = (p - q) / (p + q);
  if (abs(t) > 0.3) return (p > 0.0 ? p * log(p / m) : 0.0) + (q > 0.0 ? q * log(q / m) : 0.0);
  float s = t * t;
  return m * s * (1.0 + s * (1.0 / 6.0 + s * (1.0 / 15.0 + s * (1.0 / 28.0 + s * (1.0 / 45.0 + s / 66.0)))));
}
float logRatio(float p, float q) {
  if (q <= 0.0) return 0.0;
  float t = (p - q) / (p + q);
  if (abs(t) > 0.3) return log(q / (0.5 * (p + q)));
  float z = -t / (2.0 - t);
  float s = z * z;
  return 2.0 * z * (1.0 + s * (1.0 / 3.0 + s * (1.0 / 5.0 + s * (1.0 / 7.0 + s / 9.0))));
}
vec4 divergences(vec4 p, vec4 q) {
  return vec4(divergence(p.x, q.x), divergence(p.y, q.y), divergence(p.z, q.z), divergence(p.w, q.w));
}
vec4 logRatios(vec4 p, vec4 q) {
  return vec4(logRatio(p.x, q.x), logRatio(p.y, q.y), logRatio(p.z, q.z), logRatio(p.w, q.w));
}`;
const withLogRatios = (program: Program): Program => ({ ...program, code: LOG_RATIOS + program.code });

const entropy: GpuLoss = {
  targetScale: target => target.reduce((sum, x) => sum + x, 0),
  first: { program: reduction('c += y;', 'vec4(sum4(c), 0.0, 0.0, 0.0)'), join: 'sum' },
  second: {
    program: withLogRatios(
      reduction(
        'vec4 q = y * own.x; a += divergences(x, q); b += q * logRatios(x, q);',
        'vec4(sum4(a), sum4(b), 0.0, 0.0)',
      ),
    ),
    own: first => [1 / first[0]!, 0, 0, 0],
  },
  value: (_, second) => second[0]! / LN4 - 1,
  residual: withLogRatios(residual('r = own.z * (logRatios(x, y * own.x) - own.y);')),
  own: (first, second) => [1 / first[0]!, second[1]!, 1 / (LN4 * first[0]!), 0],
};

/** The passes of every loss that WebGL computes. */
const GPU_LOSSES: Readonly<Record<GpuLossId, GpuLoss>> = { cosine, mse, entropy };

export function gpuLossOf(id: LossId): GpuLoss {
  if (!onGpu(id)) throw new Error(`WebGL does not compute the loss "${id}"`);
  return GPU_LOSSES[id];
}
