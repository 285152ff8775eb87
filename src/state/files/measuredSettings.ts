import { isUserPattern } from '../../formats/userIds.ts';
import { type Codec, list, number, optional, range, whole } from '../core/codecs.ts';
import { type Check, quote } from '../core/permalink.ts';
import { choice, defaultsOf, setting, type ValuesOf } from '../core/settings.ts';
import { isMissing } from './sourceIds.ts';

const patternId: Codec<string> = {
  encode: value => value,
  decode: text => (isUserPattern(text) ? { value: text } : { refused: 'is not a measured pattern' }),
};

/** A measured pattern as the target of map and descents. */
export const MEASURED = {
  /** Null: the target is the simulated pattern of the crystal. */
  id: setting('meas', 'measured target', null, optional(patternId)),
  /** Degrees; the true 2θ is the measured one minus this. */
  zeroShift: setting('zero', 'zero shift', 0, number(-2, 2), {
    row: 'Zero shift',
    unit: '°',
    step: 0.01,
    paper: 0,
  }),
  /** Way of taking a background off. */
  background: choice(
    'bg',
    'background',
    'snip',
    'Background',
    { none: 'None', snip: 'SNIP', chebyshev: 'Chebyshev polynomial' },
    { row: 'Background', select: true },
  ),
  /** Of SNIP: half the width of what counts as a peak, degrees. */
  halfWidth: setting('snip', 'half width of SNIP', 1.5, number(0.05, 30), {
    row: 'Half width',
    name: 'Half width of SNIP',
    unit: '°',
    step: 0.1,
  }),
  /** Of the Chebyshev polynomial. */
  degree: setting('deg', 'degree of the background', 6, whole(0, 20), {
    row: 'Degree',
    name: 'Degree of the background',
    step: 1,
  }),
  /** Left out of every loss, degrees. */
  excluded: setting('excl', 'excluded regions', [], list(range(0, 180), ',', 0, 8)),
  /** Used part of the pattern, degrees; null: all that the file has. */
  range: setting('mr', 'range of the measured pattern', null, optional(range(0, 180))),
  /** Height of the simulated pattern over the measured one; null: the least-squares one. */
  scale: setting('ms', 'scale of the simulated pattern', null, optional(number(1e-12, 1e12)), {
    name: 'Scale of the simulated pattern',
  }),
};

export type MeasuredInputs = ValuesOf<typeof MEASURED>;
export const DEFAULT_MEASURED = defaultsOf(MEASURED);

declare module '../core/inputs.ts' {
  interface Inputs {
    readonly measured: MeasuredInputs;
  }
}

/** The measured target is among the patterns that the link brings. */
export const checkMeasured: Check = (inputs, refuse) => {
  const { id } = inputs.measured;
  if (id === null || !isMissing(inputs, id)) return inputs;
  refuse(`The link shows the pattern ${quote(id)} but does not bring it.`);
  return { ...inputs, measured: DEFAULT_MEASURED };
};
