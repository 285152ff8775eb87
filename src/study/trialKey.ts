import type { LossId } from '../losses/loss.ts';
import type { NoiseKind } from '../noise/noise.ts';
import type { DescentMode } from '../optimise/modes.ts';
import { SEARCHES, type SearchId } from './searches.ts';

/** A treatment that minimises something: a descent of the paper's, or a search beyond it. */
export type StudyMethod = DescentMode | SearchId;

/**
 * Treatment of a distorted crystal. The first two are the baselines: the distorted start as it is, and its
 * projection onto the crystal family, neither followed by a descent.
 */
export type Treatment = 'distorted' | 'projected' | StudyMethod;
export const TREATMENTS: readonly Treatment[] = [
  'distorted',
  'projected',
  'unconstrained',
  'constrainedStart',
  'constrained',
  ...SEARCHES.map(({ id }) => id),
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
  /** Null in the baselines, and in searches, whose steps follow the curvature. */
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
    ...[trial.loss, trial.learningRate].filter(part => part !== null),
  ].join('/');
