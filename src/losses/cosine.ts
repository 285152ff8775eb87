import type { Loss } from './loss.ts';

/** Negative cosine similarity, −x·x̂ / (‖x‖ ‖x̂‖) (paper, section 2.3). Between −1 (same up to scale) and 0. */
export const cosine: Loss = {
  id: 'cosine',
  label: 'Cosine',
  meaning: '\u22121 is identical',
  best: -1,
  beyondPaper: false,
  source: 'Negative cosine similarity of the two patterns (paper, section 2.3)',
  similarity: 'cosine similarity',
  learningRates: { lattice: 0.005, coordinates: 1e-4 },
  descentRate: 0.0005,
  descentSeconds: 0.6,
  value(target, trial) {
    const { dot, targetNorm, trialNorm } = products(target, trial);
    return -dot / (targetNorm * trialNorm);
  },
  gradient(target, trial, out) {
    const { dot, targetNorm, trialNorm } = products(target, trial);
    const byTarget = -1 / (targetNorm * trialNorm);
    const byTrial = dot / (targetNorm * trialNorm * trialNorm * trialNorm);
    for (let i = 0; i < trial.length; i++) out[i] = byTarget * target[i]! + byTrial * trial[i]!;
    return -dot / (targetNorm * trialNorm);
  },
};

function products(
  target: Float64Array,
  trial: Float64Array,
): { dot: number; targetNorm: number; trialNorm: number } {
  let dot = 0;
  let targetSquare = 0;
  let trialSquare = 0;
  for (let i = 0; i < trial.length; i++) {
    const x = target[i]!;
    const y = trial[i]!;
    dot += x * y;
    targetSquare += x * x;
    trialSquare += y * y;
  }
  return { dot, targetNorm: Math.sqrt(targetSquare), trialNorm: Math.sqrt(trialSquare) };
}
