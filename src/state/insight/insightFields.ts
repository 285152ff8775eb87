import { STRATEGY_IDS } from '../../optimise/strategy.ts';
import { distinct, flag, list, number, oneOf, optional, pairOfPoints } from '../linkCodecs.ts';
import { fieldsOf, type LinkField } from '../linkField.ts';
import {
  CATCHMENT_CHOICES,
  type InsightInputs,
  INSIGHT_LIMITS as LIMITS,
  MAP_VIEWS,
} from './insightInputs.ts';

const field = fieldsOf<InsightInputs>();

/** How a link carries the instruments of insight. */
export const INSIGHT_FIELDS: readonly LinkField<InsightInputs>[] = [
  field('mv', 'view of the map', 'view', oneOf(MAP_VIEWS)),
  field('ruler', 'basin ruler', 'ruler', flag),
  field('catch', 'catchment map', 'catchment', oneOf(CATCHMENT_CHOICES)),
  field('cn', 'starts along an axis', 'catchmentSide', number(...LIMITS.catchmentSide, true)),
  field('cs', 'steps of the catchment map', 'catchmentSteps', number(...LIMITS.catchmentSteps, true)),
  field('blur', 'peak-width factor', 'blur', number(...LIMITS.blur)),
  field('line', 'profile line', 'line', optional(pairOfPoints)),
  field(
    'help',
    'descents beyond the paper',
    'help',
    distinct(list(oneOf(STRATEGY_IDS), ',', 0, STRATEGY_IDS.length)),
  ),
  field(
    'hmode',
    'setting of the descents beyond the paper',
    'helpMode',
    oneOf(['unconstrained', 'constrained']),
  ),
  field('hmom', 'momentum beyond the paper', 'helpMomentum', number(...LIMITS.helpMomentum)),
  field('hn', 'descents of a multi-start', 'helpStarts', number(...LIMITS.helpStarts, true)),
  field('hw', 'first width of the annealing', 'helpWidth', number(...LIMITS.helpWidth)),
  field('hpull', 'pull of the soft symmetry', 'helpPull', number(...LIMITS.helpPull)),
  field('hps', 'steps of the soft symmetry', 'helpPullSteps', number(...LIMITS.helpPullSteps, true)),
  field('hjit', 'jitter', 'helpJitter', number(...LIMITS.helpJitter)),
  field('seed', 'seed', 'seed', number(...LIMITS.seed, true)),
];
