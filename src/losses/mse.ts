import type { Loss } from './loss.ts';

/**
 * ‖x/max x − x̂/max x̂‖², summed over the bins as in the paper's formula (section 2.3); dividing by the maximum is this
 * project's choice, since the paper does not state the scale. The gradient flows through the trial's maximum.
 */
export const mse: Loss = {
  id: 'mse',
  label: 'MSE',
  meaning: '0 is identical',
  best: 0,
  beyondPaper: false,
  source: 'Squared error summed over the bins, both patterns divided by their maxima (paper, section 2.3)',
  similarity: 'relative squared error',
  learningRates: { lattice: 0.0005, coordinates: 1e-4 },
  // stable at the truth of every crystal of the library, of which U2Ti allows the least, 2.0e-5
  descentRate: 1e-5,
  descentSeconds: 7,
  value(target, trial) {
    const scale = 1 / target[peakBin(target)]!;
    const trialScale = 1 / trial[peakBin(trial)]!;
    let sum = 0;
    for (let i = 0; i < trial.length; i++) {
      const d = trialScale * trial[i]! - scale * target[i]!;
      sum += d * d;
    }
    return sum;
  },
  gradient(target, trial, out) {
    const scale = 1 / target[peakBin(target)]!;
    const peak = peakBin(trial);
    const trialScale = 1 / trial[peak]!;
    let sum = 0;
    let byScale = 0;
    for (let i = 0; i < trial.length; i++) {
      const d = trialScale * trial[i]! - scale * target[i]!;
      sum += d * d;
      byScale += 2 * d * trial[i]!;
      out[i] = 2 * d * trialScale;
    }
    out[peak]! -= byScale * trialScale * trialScale;
    return sum;
  },
};

/** The first of the largest bins. */
export function peakBin(pattern: Float64Array): number {
  let at = 0;
  for (let i = 1; i < pattern.length; i++) if (pattern[i]! > pattern[at]!) at = i;
  return at;
}
