import type { Codec, Decoded } from '../linkCodecs.ts';
import { flag, list, number, oneOf, optional, range } from '../linkCodecs.ts';
import { fieldsOf, type LinkField } from '../linkField.ts';
import { isCrystal, isOwnPattern } from '../own/sourceIds.ts';
import {
  ARRANGEMENTS,
  COMPARE_LIMITS,
  type CompareEntry,
  type CompareInputs,
  entryOf,
  STRAINED,
} from './compareInputs.ts';

/** "rutile", "SrTiO3~1~c", "NaCl~~~0.7093": source, strain, strained, wavelength, width, scale, colour, visible. */
const PARTS: readonly { readonly name: keyof CompareEntry; readonly codec: Codec<never> }[] = (
  [
    ['strain', number(...COMPARE_LIMITS.strain)],
    ['strained', oneOf(STRAINED)],
    ['wavelength', optional(number(0.1, 10))],
    ['width', number(...COMPARE_LIMITS.width)],
    ['scale', number(...COMPARE_LIMITS.scale)],
    ['colour', number(0, COMPARE_LIMITS.colours - 1, true)],
    ['visible', flag],
  ] as const
).map(([name, codec]) => ({ name, codec: codec as unknown as Codec<never> }));

const entry: Codec<CompareEntry> = {
  encode(value) {
    const usual = entryOf(value.source, 0);
    const parts = PARTS.map(({ name, codec }) =>
      value[name] === usual[name] ? '' : codec.encode(value[name] as never),
    );
    return [value.source, ...parts].join('~').replace(/~+$/, '');
  },
  decode(text): Decoded<CompareEntry> {
    const [source = '', ...parts] = text.split('~');
    if (!isCrystal(source) && !isOwnPattern(source))
      return { refused: 'does not begin with the name of a crystal or pattern' };
    if (parts.length > PARTS.length) return { refused: `has more than ${PARTS.length + 1} parts` };
    let value = entryOf(source, 0);
    for (const [i, part] of parts.entries()) {
      if (part === '') continue;
      const { name, codec } = PARTS[i]!;
      const decoded = codec.decode(part);
      if ('refused' in decoded) return { refused: `has the ${name} "${part}", which ${decoded.refused}` };
      value = { ...value, [name]: decoded.value };
    }
    return { value };
  },
};

const pair: Codec<readonly [number, number]> = (() => {
  const two = list(number(0, COMPARE_LIMITS.entries - 1, true), '~', 2, 2);
  return {
    encode: two.encode,
    decode(text) {
      const decoded = two.decode(text);
      return 'refused' in decoded ? decoded : { value: [decoded.value[0]!, decoded.value[1]!] };
    },
  };
})();

const compare = fieldsOf<CompareInputs>();

/** What the link carries of the comparison. */
export const COMPARE_FIELDS: readonly LinkField<CompareInputs>[] = [
  compare('cmp', 'patterns to compare', 'entries', list(entry, ',', 0, COMPARE_LIMITS.entries)),
  compare('arr', 'arrangement', 'arrangement', oneOf(ARRANGEMENTS)),
  compare('spread', 'distance of the base lines', 'spread', number(...COMPARE_LIMITS.spread)),
  compare('pair', 'pair to compare', 'pair', pair),
  compare('diff', 'difference', 'difference', flag),
  compare('czoom', 'zoom of the comparison', 'zoom', optional(range(0, 180))),
  compare('tol', 'tolerance of peaks', 'tolerance', number(...COMPARE_LIMITS.tolerance)),
  compare('over', 'axis of the similarities', 'over', oneOf(['twoTheta', 'q'])),
];
