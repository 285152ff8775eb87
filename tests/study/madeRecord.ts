import type { FinishedTrial, TrialVerdict } from '../../src/study/record.ts';

const VERDICT: TrialVerdict = {
  end: 'match',
  length: 0.01,
  angle: 1,
  rms: 0,
  maximum: 0,
  volumeRatio: 1,
  freeLength: 2.7,
};

/** A record by hand, for tests of what is done with records. */
export const madeRecord = (change: Partial<FinishedTrial> = {}): FinishedTrial => ({
  structure: 'U2Ti',
  noise: 'lattice',
  sigma: 0.1,
  variant: 0,
  setting: 'unconstrained',
  loss: 'cosine',
  learningRate: 0.005,
  seed: 1,
  end: [4.8, 4.8, 2.8, 90, 90, 120],
  first: -0.2,
  last: -0.9,
  best: -0.95,
  bestStep: 900,
  steps: 1000,
  stop: 'converged',
  twoCycle: false,
  cosine: 0.9,
  match: VERDICT,
  unscaled: VERDICT,
  off: [0.01, 1],
  amd: 0.1,
  emd: 0.1,
  ...change,
});

export const verdict = (change: Partial<TrialVerdict>): TrialVerdict => ({ ...VERDICT, ...change });
