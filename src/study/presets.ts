import { LIBRARY } from '../crystal/library.ts';
import type { LossId } from '../losses/loss.ts';
import { lossOf, PAPER_LOSSES } from '../losses/registry.ts';
import { NOISE_LEVELS, type NoiseKind } from '../noise/noise.ts';
import type { DescentMode } from '../optimise/modes.ts';
import { PAPER_CONDITIONS, type Series, type StudyPlan } from './plan.ts';
import { type StudySearch, searchesOf } from './searches.ts';

/**
 * Learning rates within the ranges that the paper gives without saying which it used where (S1.4: 0.0005–0.01 for the
 * lattice, 1e-6–1e-4 for coordinates). Lattice: the explorer's rate for cosine; entropy is the flattest of the three and
 * takes the longest rate, MSE the steepest and takes the shortest (docs/study.md). The
 * losses beyond the paper take the rate of cosine.
 */
export const learningRateOf = (noise: NoiseKind, loss: LossId): number =>
  lossOf(loss).learningRates[noise === 'lattice' ? 'lattice' : 'coordinates'];

export const searchSeries = ({ id, loss }: StudySearch): Series => ({ loss, mode: id, learningRate: null });

/** Every loss in every mode, at the noise kind's learning rates; none where both kinds of noise are on. */
export const seriesOf = (
  noise: NoiseKind,
  losses: readonly LossId[],
  modes: readonly DescentMode[],
): Series[] =>
  losses.flatMap(loss =>
    (noise === 'lattice' ? modes : noise === 'both' ? [] : (['unconstrained'] as const)).map(mode => ({
      loss,
      mode,
      learningRate: learningRateOf(noise, loss),
    })),
  );

/** The series of the paper's Figure 1: each loss alone, and cosine with constraints where the lattice is distorted. */
export const paperSeries = (noise: NoiseKind): Series[] => [
  ...seriesOf(
    noise,
    PAPER_LOSSES.map(({ id }) => id),
    ['unconstrained'],
  ),
  ...(noise === 'lattice' ? seriesOf(noise, ['cosine'], ['constrained']) : []),
];

export type StudyPresetId = 'minutes' | 'hour' | 'paper' | 'beyond';

export interface StudyPreset {
  readonly id: StudyPresetId;
  readonly label: string;
  readonly description: string;
  readonly plan: (noise: NoiseKind) => StudyPlan;
}

/** The paper's crystals and levels; where both are distorted, which it never tries, with the searches alone. */
const grid = (noise: NoiseKind, series: readonly Series[], variants: number): StudyPlan => ({
  conditions: PAPER_CONDITIONS,
  structures: LIBRARY.map(({ id }) => id),
  noise,
  levels: NOISE_LEVELS[noise],
  series: series.length ? series : searchesOf(noise).map(searchSeries),
  variants,
  firstVariant: 0,
});

const cosineSeries = (noise: NoiseKind): Series[] =>
  seriesOf(noise, ['cosine'], ['unconstrained', 'constrained']);

export const STUDY_PRESETS: readonly StudyPreset[] = [
  {
    id: 'minutes',
    label: '5 min',
    description: 'cosine alone, four distorted copies of each structure at each level',
    plan: noise => grid(noise, cosineSeries(noise), 4),
  },
  {
    id: 'hour',
    label: '1 h',
    description: 'cosine alone, the fifty copies of the paper',
    plan: noise => grid(noise, cosineSeries(noise), 50),
  },
  {
    id: 'paper',
    label: 'Paper',
    description: 'the three losses and constrained cosine, fifty copies each: the paper’s whole grid',
    plan: noise => grid(noise, paperSeries(noise), 50),
  },
  {
    id: 'beyond',
    label: 'Beyond',
    description:
      'beyond the paper, from the paper’s starts: width continuation on the lattice, quasi-Newton on coordinates and on both at once, one start and up to 20, fifty copies each',
    plan: noise => {
      const quick = searchesOf(noise).filter(({ starts, loss }) => starts <= 20 && loss === 'cosine');
      return grid(noise, quick.map(searchSeries), 50);
    },
  },
];

export function studyPreset(id: string): StudyPreset {
  const preset = STUDY_PRESETS.find(entry => entry.id === id);
  if (!preset)
    throw new Error(`no preset is called "${id}": ${STUDY_PRESETS.map(entry => entry.id).join(', ')}`);
  return preset;
}
