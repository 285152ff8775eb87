import type { LossAgainst } from './loss.ts';

/**
 * Negative weighted cross-correlation with a target, −Σ_ij f_i w_ij g_j / √(Σ f w f · Σ g w g), for a symmetric weight:
 * −1 is identical, and where the weight is positive definite nothing is below it.
 * @param filter writes Σ_j w_ij v_j of a pattern v into the other
 */
export function weightedCorrelation(
  target: Float64Array,
  filter: (values: Float64Array, out: Float64Array) => void,
): LossAgainst {
  const weighted = new Float64Array(target.length);
  filter(target, weighted);
  const targetNorm = Math.sqrt(dot(target, weighted));
  const own = new Float64Array(target.length);
  const evaluate = (trial: Float64Array, out: Float64Array | null): number => {
    filter(trial, own);
    const square = dot(trial, own);
    const norms = targetNorm * Math.sqrt(square);
    const product = dot(weighted, trial);
    if (out) {
      const byTrial = product / (norms * square);
      for (let i = 0; i < trial.length; i++) out[i] = byTrial * own[i]! - weighted[i]! / norms;
    }
    return -product / norms;
  };
  return { value: trial => evaluate(trial, null), gradient: evaluate };
}

function dot(f: Float64Array, g: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < f.length; i++) sum += f[i]! * g[i]!;
  return sum;
}
