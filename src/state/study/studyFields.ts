import { LIBRARY } from '../../crystal/library.ts';
import { LOSSES } from '../../losses/registry.ts';
import { distinct, list, number, oneOf, optional } from '../linkCodecs.ts';
import { fieldsOf, type LinkField } from '../linkField.ts';
import { STUDY_LIMITS as LIMITS, SERIES_IDS, type StudyInputs } from './studyInputs.ts';

const field = fieldsOf<StudyInputs>();
const IDS = LIBRARY.map(({ id }) => id);
const LOSS_IDS = LOSSES.map(({ id }) => id);

/** How a link carries the study. */
export const STUDY_FIELDS: readonly LinkField<StudyInputs>[] = [
  field('ss', 'structures of the study', 'structures', distinct(list(oneOf(IDS), ',', 1, IDS.length))),
  field('sk', 'kind of noise', 'noise', oneOf(['lattice', 'coordinates'])),
  field('sl', 'distortion levels', 'levels', optional(distinct(list(number(...LIMITS.level), ',', 1, 12)))),
  field(
    'so',
    'descents of the study',
    'series',
    distinct(list(oneOf(SERIES_IDS), ',', 0, SERIES_IDS.length)),
  ),
  field('sn', 'copies of each structure', 'variants', number(...LIMITS.variants, true)),
  field('sr', 'learning rate of the study', 'rate', optional(number(...LIMITS.rate))),
  field('si', 'iterations of the study', 'maxIterations', number(...LIMITS.maxIterations, true)),
  field('sd', 'seed of the study', 'seed', number(...LIMITS.seed, true)),
  field('sv', 'level shown', 'level', number(...LIMITS.level)),
  field('sw', 'loss shown', 'shownLoss', oneOf(LOSS_IDS)),
  field('sq', 'learning rate shown', 'shownRate', optional(number(...LIMITS.rate))),
  field('sc', 'criterion', 'criterion', oneOf(['match', 'unscaled', 'strict'])),
  field('sx', 'distance of crystals', 'distance', oneOf(['amd', 'emd'])),
  field('sf', 'results shown', 'source', oneOf(['shipped', 'own'])),
];
