import type { LossId } from '../losses/loss.ts';
import type { NoiseKind } from '../noise/noise.ts';
import { compareTrials } from './order.ts';
import { searchOf } from './searches.ts';
import { trialSeed } from './seeds.ts';
import type { StudyMethod, Treatment, Trial } from './trialKey.ts';

/** One kind of descent: what is minimised, where the projector acts, how far a step goes; or a search beyond the paper. */
export interface Series {
  readonly loss: LossId;
  readonly mode: StudyMethod;
  /** Per unit of the descent's loss (see `descentScale`); angstrom and degrees, or unit fractions. Null in a search. */
  readonly learningRate: number | null;
}

/** Conditions that all trials of a study share: results of studies that differ here are never put together. */
export interface Conditions {
  /** First part of every trial's own seed. */
  readonly seed: number;
  readonly maxIterations: number;
  /** Stops at the first k ≥ stopWindow with L[k − stopWindow] − L[k] < stopGain. */
  readonly stopGain: number;
  readonly stopWindow: number;
  /** Coordinate noise moves the atoms of the primitive cell, as in the paper's data set, or of the conventional one. */
  readonly cells: 'primitive' | 'conventional';
  /** MSE descents count reflections with |h|, |k|, |l| up to this only (paper, S1.4); null counts all. */
  readonly mseMaxIndex: number | null;
}

/** The paper's stop rule (S1.4) and cells. */
export const PAPER_CONDITIONS: Conditions = {
  seed: 0,
  maxIterations: 30_000,
  stopGain: 1e-4,
  stopWindow: 1000,
  cells: 'primitive',
  mseMaxIndex: null,
};

/** structures × levels × variants × (two baselines + series). Plain data. */
export interface StudyPlan {
  readonly conditions: Conditions;
  /** Ids of the library, or of crystals that the caller brings. */
  readonly structures: readonly string[];
  readonly noise: NoiseKind;
  /** σ: share of the lattice vectors, or of the unit fraction. */
  readonly levels: readonly number[];
  readonly series: readonly Series[];
  /** Distorted copies of each structure at each level: numbers `firstVariant` … `firstVariant` + `variants` − 1. */
  readonly variants: number;
  readonly firstVariant: number;
}

/** The seed of a trial's noise: one distorted copy serves every setting, loss and learning rate. */
export const seedOf = ({ seed }: Conditions, trial: Trial): number =>
  trialSeed(seed, trial.structure, trial.noise, trial.sigma, trial.variant);

/** The baselines of a noise kind: coordinates have nothing that the crystal family would project. */
const baselines = (noise: NoiseKind): readonly Treatment[] =>
  noise === 'lattice' ? ['distorted', 'projected'] : ['distorted'];

/**
 * All trials in their fixed order, copy by copy, so that a run that is stopped early leaves every condition with the
 * same number. @throws what is wrong with the plan
 */
export function trialsOf(plan: StudyPlan): Trial[] {
  const problem = planProblem(plan);
  if (problem) throw new Error(problem);
  const trials: Trial[] = [];
  const { noise } = plan;
  for (const structure of new Set(plan.structures))
    for (const sigma of new Set(plan.levels))
      for (let k = 0; k < plan.variants; k++) {
        const copy = { structure, noise, sigma, variant: plan.firstVariant + k };
        for (const setting of baselines(noise))
          trials.push({ ...copy, setting, loss: null, learningRate: null });
        for (const { loss, mode, learningRate } of plan.series)
          trials.push({ ...copy, setting: mode, loss, learningRate });
      }
  return trials.sort(compareTrials);
}

/** Number of descents, baselines not counted. */
export const descentCount = (plan: StudyPlan): number =>
  plan.structures.length * plan.levels.length * plan.variants * plan.series.length;

/** Shard i of n (from 1) of a list: every n-th trial. */
export function shardOf<T>(items: readonly T[], i: number, n: number): T[] {
  const whole = Number.isInteger(i) && Number.isInteger(n);
  if (!whole || n < 1 || i < 1 || i > n) throw new Error(`shard ${i}/${n} is none: i runs from 1 to n`);
  return items.filter((_, k) => k % n === i - 1);
}

const NAMES: Readonly<Record<NoiseKind, string>> = {
  lattice: 'a distorted lattice',
  coordinates: 'distorted coordinates',
  both: 'both distorted together',
};

/** Why the plan cannot be run, naming the value; null when it can. */
export function planProblem(plan: StudyPlan): string | null {
  const { conditions, noise, levels, series, variants, firstVariant } = plan;
  const whole = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least;
  if (plan.structures.length === 0) return 'no structure is chosen';
  if (levels.length === 0) return 'no distortion level is chosen';
  const [limit, upTo, kind] = noise === 'coordinates' ? [1, '1', 'coordinate'] : [1 / 3, '1/3', 'lattice'];
  for (const sigma of levels)
    if (!(sigma >= 0 && sigma < limit)) return `${kind} noise ${sigma} is outside 0 to ${upTo}`;
  if (!whole(variants, 1) || variants > 10_000)
    return `${variants} copies of each structure is not a whole number from 1 to 10,000`;
  if (!whole(firstVariant, 0)) return `first copy ${firstVariant} is not a whole number from 0`;
  if (!whole(conditions.seed, 0)) return `seed ${conditions.seed} is not a whole number from 0`;
  if (!whole(conditions.maxIterations, 1))
    return `“Stop after” is ${conditions.maxIterations} steps, not a whole number from 1`;
  if (!whole(conditions.stopWindow, 1))
    return `stop window ${conditions.stopWindow} is not a whole number from 1`;
  for (const { loss, mode, learningRate } of series) {
    const search = searchOf(mode);
    if (search && search.noise !== noise)
      return `${search.name} is a search for ${NAMES[search.noise]}, not ${NAMES[noise]}`;
    if (search) continue;
    if (noise === 'both')
      return 'no descent of the paper runs where lattice and coordinates are distorted together';
    if (learningRate === null || !(learningRate > 0 && learningRate <= 1))
      return `learning rate ${learningRate} of ${loss} is outside 0 to 1`;
    if (noise === 'coordinates' && mode !== 'unconstrained')
      return 'the symmetry projector acts on the cell: coordinate descents are unconstrained';
  }
  return null;
}
