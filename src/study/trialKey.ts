import type { LossId } from '../losses/loss.ts';
import type { NoiseKind } from '../noise/noise.ts';
import type { DescentMode } from '../optimise/modes.ts';

/**
 * Treatment of a distorted crystal. The first two are the baselines: the distorted start as it is, and its
 * projection onto the crystal family, neither followed by a descent.
 */
export type Treatment = 'distorted' | 'projected' | DescentMode;
export const TREATMENTS: readonly Treatment[] = [
  'distorted',
  'projected',
  'unconstrained',
  'constrainedStart',
  'constrained',
];

/** One trial: a distorted copy of a structure and what is done with it. */
export interface Trial {
  readonly structure: string;
  readonly noise: NoiseKind;
  readonly sigma: number;
  readonly variant: number;
  readonly setting: Treatment;
  /** Null in the baselines, which minimise nothing. */
  readonly loss: LossId | null;
  readonly learningRate: number | null;
}

/** Name of a trial within its conditions: equal names are the same computation. */
export const trialId = (trial: Trial): string =>
  [
    trial.structure,
    trial.noise,
    trial.sigma,
    trial.variant,
    trial.setting,
    ...(trial.loss ? [trial.loss, trial.learningRate] : []),
  ].join('/');
