import { fitMonomials, nodalToMonomial } from './chebyshev.ts';
import type { TargetLoss } from './patternTarget.ts';

/**
 * The entropy loss of losses/entropy.ts without logarithms. With λ = q/p its divergence is Σ p F(λ), where
 *   F(λ) = λ ln(2λ/(1 + λ)) + ln(2/(1 + λ)),  F′(λ) = ln(2λ/(1 + λ)) = ln(q/m),
 * and F comes from a table whose panels are as wide as λ is large: the exponent and the first bits of the mantissa of
 * λ are the number of its panel. The derivative is that of the same polynomial. Errors: F 1e-12 λ, F′ 2e-11.
 */

const LN4 = Math.log(4);

/** 2^MANTISSA panels for every factor of two, from 2^−OCTAVES to 2^OCTAVES; outside, logarithms. */
const MANTISSA = 5;
const OCTAVES = 12;
const PANELS = 2 * OCTAVES * 2 ** MANTISSA;
/** The high 32 bits of a float64 hold 11 bits of exponent, biased by 1023, over 20 bits of mantissa. */
const SHIFT = 20 - MANTISSA;
const FIRST = (1023 - OCTAVES) << MANTISSA;
/** Six coefficients in the local coordinate, then the middle of the panel and the inverse of half its width. */
const TERMS = 6;
const STRIDE = 8;

const TABLE = divergenceTable();

function divergenceTable(): Float64Array {
  const out = new Float64Array(PANELS * STRIDE);
  const matrix = nodalToMonomial(TERMS);
  const divergence = (x: number): number => -x * Math.log1p((1 - x) / (2 * x)) - Math.log1p((x - 1) / 2);
  for (let panel = 0; panel < PANELS; panel++) {
    const octave = 2 ** (Math.floor(panel / 2 ** MANTISSA) - OCTAVES);
    const low = octave * (1 + (panel % 2 ** MANTISSA) / 2 ** MANTISSA);
    const high = low + octave / 2 ** MANTISSA;
    fitMonomials(divergence, low, high, matrix, TERMS, out, panel * STRIDE);
    out[panel * STRIDE + TERMS] = 0.5 * (low + high);
    out[panel * STRIDE + TERMS + 1] = 2 / (high - low);
  }
  return out;
}

/** Which half of a float64 comes first in memory. */
const HIGH_WORD = new Int32Array(new Float64Array([1]).buffer)[0] === 0 ? 1 : 0;

/** Entropy against a target: bins where either pattern is empty count as in losses/entropy.ts. */
export function entropyAgainst(target: Float64Array): TargetLoss {
  const sum = target.reduce((total, x) => total + x, 0);
  const share = target.map(x => x / sum);
  const perShare = share.map(p => 1 / p);
  const ratio = new Float64Array(target.length);
  const words = new Int32Array(ratio.buffer);
  return {
    value: trial => evaluate(share, perShare, ratio, words, trial, null),
    gradient: (trial, out) => evaluate(share, perShare, ratio, words, trial, out),
  };
}

function evaluate(
  share: Float64Array,
  perShare: Float64Array,
  ratio: Float64Array,
  words: Int32Array,
  trial: Float64Array,
  out: Float64Array | null,
): number {
  const table = TABLE;
  const count = trial.length;
  let trialSum = 0;
  for (let i = 0; i < count; i++) trialSum += trial[i];
  const perSum = 1 / trialSum;
  for (let i = 0; i < count; i++) ratio[i] = trial[i] * perShare[i] * perSum;
  let divergence = 0;
  let mean = 0;
  for (let i = 0; i < count; i++) {
    const panel = (words[2 * i + HIGH_WORD] >> SHIFT) - FIRST;
    let byTrial: number;
    if (panel >= 0 && panel < PANELS) {
      const at = panel * STRIDE;
      const scale = table[at + 7];
      const x = (ratio[i] - table[at + 6]) * scale;
      const c1 = table[at + 1];
      const c2 = table[at + 2];
      const c3 = table[at + 3];
      const c4 = table[at + 4];
      const c5 = table[at + 5];
      divergence += share[i] * (table[at] + x * (c1 + x * (c2 + x * (c3 + x * (c4 + x * c5)))));
      if (!out) continue;
      byTrial = scale * (c1 + x * (2 * c2 + x * (3 * c3 + x * (4 * c4 + x * 5 * c5))));
      mean += share[i] * ratio[i] * byTrial;
    } else {
      const p = share[i];
      // interpolated tails may end a little below zero where the profile has none
      const q = Math.max(0, trial[i] * perSum);
      const m = 0.5 * (p + q);
      byTrial = q > 0 ? Math.log(q / m) : 0;
      divergence += q * byTrial + (p > 0 ? p * Math.log(p / m) : 0);
      mean += q * byTrial;
    }
    if (out) out[i] = byTrial;
  }
  if (out) {
    const scale = perSum / LN4;
    for (let i = 0; i < count; i++) out[i] = (out[i] - mean) * scale;
  }
  return -(1 - divergence / LN4);
}
