import type { Loss } from './loss.ts';

const LN4 = Math.log(4);

/**
 * Negative spectral entropy similarity (Li et al., Nature Methods 18, 1524, 2021; paper, section 2.3): with p = x/Σx,
 * p̂ = x̂/Σx̂ and S(v) = −Σ v ln v, −(1 − (2 S((p + p̂)/2) − S(p) − S(p̂)) / ln 4). Between −1 (identical) and 0.
 */
export const entropy: Loss = {
  id: 'entropy',
  label: 'Entropy',
  meaning: '\u22121 is identical',
  best: -1,
  beyondPaper: false,
  source: 'Negative spectral entropy similarity (Li et al. 2021; paper, section 2.3)',
  similarity: 'entropy similarity',
  learningRates: { lattice: 0.01, coordinates: 1e-4 },
  descentRate: 0.0005,
  descentSeconds: 4,
  value: (target, trial) => evaluate(target, trial, null),
  gradient: evaluate,
};

function evaluate(target: Float64Array, trial: Float64Array, out: Float64Array | null): number {
  let targetSum = 0;
  let trialSum = 0;
  for (let i = 0; i < trial.length; i++) {
    targetSum += target[i]!;
    trialSum += trial[i]!;
  }
  // 2 S(m) − S(p) − S(q) = Σ p ln(p/m) + q ln(q/m): no difference of large numbers
  let divergence = 0;
  let mean = 0;
  for (let i = 0; i < trial.length; i++) {
    const p = target[i]! / targetSum;
    const q = trial[i]! / trialSum;
    const m = 0.5 * (p + q);
    const byTarget = p > 0 ? Math.log(p / m) : 0;
    const byTrial = q > 0 ? Math.log(q / m) : 0;
    divergence += p * byTarget + q * byTrial;
    mean += q * byTrial;
    if (out) out[i] = byTrial;
  }
  // ∂/∂q_i = ln(q_i/m_i); through q = x̂/Σx̂ its mean is taken off
  if (out) for (let i = 0; i < trial.length; i++) out[i] = (out[i]! - mean) / (LN4 * trialSum);
  return -(1 - divergence / LN4);
}
