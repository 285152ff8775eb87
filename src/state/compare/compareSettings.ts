import { isUserPattern } from '../../formats/userIds.ts';
import {
  type Codec,
  type Decoded,
  flag,
  list,
  number,
  optional,
  range,
  tuple,
  whole,
} from '../core/codecs.ts';
import type { Check } from '../core/permalink.ts';
import { choice, defaultsOf, setting, type ValuesOf } from '../core/settings.ts';
import { isCrystal, isMissing } from '../files/sourceIds.ts';

/** Colours of the page that patterns take turns in. */
export const COLOURS = 8;

/** Of one pattern; in the link they stand in this order behind its source. */
export const ENTRY = {
  /** Per cent by which the cell is longer than the crystal's own. */
  strain: setting('strain', 'strain', 0, number(-20, 20), { name: 'Strain', unit: '%', step: 0.1 }),
  /** The lengths of the cell that the strain stretches. */
  strained: choice(
    'strained',
    'strained',
    'all',
    'Strained lengths',
    { all: 'a, b, c', a: 'a', b: 'b', c: 'c' },
    { select: true },
  ),
  /** Angstrom; null: the instrument's. */
  wavelength: setting('wavelength', 'wavelength', null, optional(number(0.1, 10)), {
    name: 'Wavelength of this pattern',
    unit: 'Å',
    step: 0.01,
  }),
  /** Peak widths are this many times the instrument's. */
  width: setting('width', 'width', 1, number(0.1, 10), { name: 'Peak width', unit: '×', step: 0.1 }),
  /** The drawn height is this many times that of a pattern whose highest point is 100. */
  scale: setting('scale', 'scale', 1, number(0.01, 100), { name: 'Scale', unit: '×', step: 0.1 }),
  /** Index into the colours of the page. */
  colour: setting('colour', 'colour', 0, whole(0, COLOURS - 1)),
  visible: setting('visible', 'visible', true, flag),
};

/** One pattern of the comparison. */
export interface CompareEntry extends ValuesOf<typeof ENTRY> {
  /** Identity of a built-in crystal, an own crystal or a measured pattern. */
  readonly source: string;
}

export const entryOf = (
  source: string,
  colour: number,
  change: Partial<CompareEntry> = {},
): CompareEntry => ({ source, ...defaultsOf(ENTRY), colour, ...change });

const PARTS = Object.entries(ENTRY) as [keyof typeof ENTRY, { readonly codec: Codec<unknown> }][];

/** "rutile", "SrTiO3~1~c", "NaCl~~~0.7093". */
const entry: Codec<CompareEntry> = {
  encode(value) {
    const usual = entryOf(value.source, 0);
    const parts = PARTS.map(([name, { codec }]) =>
      value[name] === usual[name] ? '' : codec.encode(value[name]),
    );
    return [value.source, ...parts].join('~').replace(/~+$/, '');
  },
  decode(text): Decoded<CompareEntry> {
    const [source = '', ...parts] = text.split('~');
    if (!isCrystal(source) && !isUserPattern(source))
      return { refused: 'does not begin with the name of a crystal or pattern' };
    if (parts.length > PARTS.length) return { refused: `has more than ${PARTS.length + 1} parts` };
    let value = entryOf(source, 0);
    for (const [i, part] of parts.entries()) {
      if (part === '') continue;
      const [name, { codec }] = PARTS[i]!;
      const decoded = codec.decode(part);
      if ('refused' in decoded) return { refused: `has the ${name} "${part}", which ${decoded.refused}` };
      value = { ...value, [name]: decoded.value };
    }
    return { value };
  },
};

/** Patterns that a comparison may hold. */
const MOST = 12;

export const COMPARE = {
  entries: setting(
    'cmp',
    'patterns to compare',
    ['sc', 'bcc', 'fcc'].map((source, i) => entryOf(source, i)),
    list(entry, ',', 0, MOST),
  ),
  /** Arrangement of several patterns in one picture. */
  arrangement: choice('arr', 'arrangement', 'offset', 'Arrangement', {
    overlay: ['Overlay', 'Overlay: all on one base line'],
    offset: ['Offset', 'Offset: each on a base line of its own'],
    waterfall: ['Waterfall', 'Waterfall: close together, the front hiding what is behind'],
    mirror: ['Mirror', 'Mirror: two, back to back'],
  }),
  /** Distance of one base line from the next as a share of the height of a pattern. */
  spread: setting('spread', 'distance of the base lines', 1, number(0, 1.2)),
  /** Indices of the two that are subtracted and mirrored. */
  pair: setting('pair', 'pair to compare', [0, 1], tuple<readonly [number, number]>(whole(0, MOST - 1), 2)),
  difference: setting('diff', 'difference', true, flag, { name: 'Show the difference' }),
  /** Two-theta degrees; null: everything. */
  zoom: setting('czoom', 'zoom of the comparison', null, optional(range(0, 180))),
  /** Peaks closer than this match, two-theta degrees at the first pattern's wavelength. */
  tolerance: setting('tol', 'tolerance of peaks', 0.2, number(0.005, 2), {
    name: 'Tolerance of peaks',
    unit: '°',
    step: 0.05,
  }),
  /** The axis over which the similarities are computed. */
  over: choice('over', 'axis of the similarities', 'twoTheta', 'Compared over', {
    twoTheta: ['over 2θ', 'Over 2θ, as measured'],
    q: ['over Q', 'Over Q: equal spacings against each other'],
  }),
};

export type CompareInputs = ValuesOf<typeof COMPARE>;
export type Arrangement = CompareInputs['arrangement'];

declare module '../core/inputs.ts' {
  interface Inputs {
    readonly compare: CompareInputs;
  }
}

/** Only patterns that the link brings are compared. */
export const checkCompare: Check = (inputs, refuse) => {
  const entries = inputs.compare.entries.filter(({ source }) => !isMissing(inputs, source));
  if (entries.length === inputs.compare.entries.length) return inputs;
  refuse('The link compares own crystals or patterns that it does not bring; they are left out.');
  return { ...inputs, compare: { ...inputs.compare, entries } };
};
