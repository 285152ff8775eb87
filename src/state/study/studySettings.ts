import { LIBRARY } from '../../crystal/library.ts';
import type { LossId } from '../../losses/loss.ts';
import { LOSSES } from '../../losses/registry.ts';
import type { DescentMode } from '../../optimise/modes.ts';
import { SEARCHES } from '../../study/searches.ts';
import type { StudyMethod } from '../../study/trialKey.ts';
import { distinct, list, number, oneOf, optional, whole } from '../core/codecs.ts';
import { choice, setting, type ValuesOf } from '../core/settings.ts';
import { changeSettings } from '../core/undo.ts';
import { crystalId } from '../files/sourceIds.ts';

/** A loss and a treatment: "cosine:constrained", "cosine:continuedHeld". */
export type SeriesId = `${LossId}:${StudyMethod}`;

const MODES: readonly DescentMode[] = ['unconstrained', 'constrainedStart', 'constrained'];
export const SERIES_IDS: readonly SeriesId[] = [
  ...LOSSES.flatMap(({ id }) => MODES.map((mode): SeriesId => `${id}:${mode}`)),
  ...SEARCHES.map(({ id, loss }): SeriesId => `${loss}:${id}`),
];
export const seriesParts = (id: SeriesId): { loss: LossId; mode: StudyMethod } => {
  const [loss, mode] = id.split(':') as [LossId, StudyMethod];
  return { loss, mode };
};

const IDS = LIBRARY.map(({ id }) => id);
const rate = optional(number(1e-7, 1));
const level = number(0.0001, 0.33);

/** The plan of the next run, and what of the results is shown. */
export const STUDY = {
  /** Of the library, and of the user's own. */
  structures: setting('ss', 'structures of the study', IDS, distinct(list(crystalId, ',', 1, 40))),
  noise: choice('sk', 'kind of noise', 'lattice', 'Kind of distortion', {
    lattice: 'Lattice',
    coordinates: 'Coordinates',
    both: ['Both', 'Lattice and coordinates together, which the paper never tries'],
  }),
  /** Distortion levels; null: the paper's five. */
  levels: setting('sl', 'distortion levels', null, optional(distinct(list(level, ',', 1, 12)))),
  /** Coordinate descents are unconstrained: there each loss counts once. A search counts where its noise is drawn. */
  series: setting(
    'so',
    'descents of the study',
    ['cosine:unconstrained', 'cosine:constrained'],
    distinct(list(oneOf(SERIES_IDS), ',', 0, SERIES_IDS.length)),
  ),
  /** Distorted copies of each structure at each level. */
  variants: setting('sn', 'copies of each structure', 4, whole(1, 1000), {
    row: 'Copies',
    name: 'Copies of each structure',
    unit: 'each',
    step: 1,
    paper: 50,
  }),
  /** Null: each loss's own rate (study/presets.ts). */
  rate: setting('sr', 'learning rate of the study', null, rate, { name: 'Learning rate' }),
  maxIterations: setting('si', 'iterations of the study', 30_000, whole(1, 100_000), {
    row: 'Stop after',
    name: 'Most steps',
    unit: 'steps',
    step: 1000,
    paper: 30_000,
  }),
  seed: setting('sd', 'seed of the study', 0, whole(0, 4_294_967_295), { row: 'Seed', step: 1 }),
  /** Level and loss that scatter, strips, structures and table show. */
  level: setting('sv', 'level shown', 0.1, level),
  shownLoss: setting('sw', 'loss shown', 'cosine', oneOf(LOSSES.map(({ id }) => id))),
  /** Null: for each setting the rate with most trials. */
  shownRate: setting('sq', 'learning rate shown', null, rate),
  criterion: choice('sc', 'criterion', 'match', 'What counts as success', {
    match: ['Match', 'A match after scaling to one volume, as in the paper'],
    unscaled: ['Unscaled', 'A match without scaling of the volume'],
    strict: ['Strict', 'Strict recovery'],
  }),
  distance: choice('sx', 'distance of crystals', 'amd', 'Distance of crystals', {
    amd: ['ΔAMD', 'Largest difference of Average Minimum Distances'],
    emd: ['EMD', 'Earth Mover’s Distance of Pointwise Distance Distributions'],
  }),
  source: choice('sf', 'results shown', 'shipped', 'Results', {
    shipped: 'Shipped results',
    own: 'This device',
  }),
};

export type StudyInputs = ValuesOf<typeof STUDY>;

declare module '../core/inputs.ts' {
  interface Inputs {
    readonly study: StudyInputs;
  }
}

/** Changes settings of the study page. */
export const setStudy = (change: Partial<StudyInputs>, undoable?: boolean): void =>
  void changeSettings('study', change, undoable);

/** Changes the kind of noise; levels of one kind mean nothing for the other. */
export const setNoise = (noise: StudyInputs['noise'], undoable?: boolean): void =>
  setStudy({ noise, levels: null, level: noise === 'coordinates' ? 0.05 : 0.1 }, undoable);
