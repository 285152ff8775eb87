import { type Codec, list, number, oneOf, optional, range } from '../linkCodecs.ts';
import { fieldsOf, type LinkField } from '../linkField.ts';
import { isOwnPattern } from '../own/sourceIds.ts';
import { BACKGROUNDS, MEASURED_LIMITS, type MeasuredInputs } from './measuredInputs.ts';

const patternId: Codec<string> = {
  encode: value => value,
  decode: text => (isOwnPattern(text) ? { value: text } : { refused: 'is not a measured pattern' }),
};

const measured = fieldsOf<MeasuredInputs>();

/** What the link carries of a measured target. */
export const MEASURED_FIELDS: readonly LinkField<MeasuredInputs>[] = [
  measured('meas', 'measured target', 'id', optional(patternId)),
  measured('zero', 'zero shift', 'zeroShift', number(...MEASURED_LIMITS.zeroShift)),
  measured('bg', 'background', 'background', oneOf(BACKGROUNDS)),
  measured('snip', 'half width of SNIP', 'halfWidth', number(...MEASURED_LIMITS.halfWidth)),
  measured('deg', 'degree of the background', 'degree', number(...MEASURED_LIMITS.degree, true)),
  measured('excl', 'excluded regions', 'excluded', list(range(0, 180), ',', 0, MEASURED_LIMITS.excluded)),
  measured('mr', 'range of the measured pattern', 'range', optional(range(0, 180))),
  measured('ms', 'scale of the simulated pattern', 'scale', optional(number(...MEASURED_LIMITS.scale))),
];
