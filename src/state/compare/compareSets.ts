import { DEFAULT_INPUTS } from '../core/inputs.ts';
import { type CompareEntry, type CompareInputs, entryOf } from './compareSettings.ts';

/** A comparison that teaches something: what to load, and what to look at. */
export interface CompareSet {
  readonly id: string;
  readonly title: string;
  /** Two or three sentences about what the patterns show. */
  readonly lesson: string;
  readonly inputs: CompareInputs;
}

const set = (
  id: string,
  title: string,
  lesson: string,
  entries: readonly (readonly [source: string, change?: Partial<CompareEntry>])[],
  change: Partial<CompareInputs> = {},
): CompareSet => ({
  id,
  title,
  lesson,
  inputs: {
    ...DEFAULT_INPUTS.compare,
    entries: entries.map(([source, own], i) => entryOf(source, i, own)),
    ...change,
  },
});

export const COMPARE_SETS: readonly CompareSet[] = [
  set(
    'centring',
    'Three cubic lattices with the same cell',
    'Peaks can stand only where 1/d² is a multiple of 1/a², at the same angles in all three. Which of them are there tells the centring: all for P, h + k + l even for I, all even or all odd for F.',
    [['sc'], ['bcc'], ['fcc']],
  ),
  set(
    'strain',
    'A cell and the same cell 1 % longer',
    'Every spacing grows by the same 1 %, yet on the 2θ axis the peaks move further the higher their angle. On the d axis, which is logarithmic, all move by the same length. Where peaks have moved by more than their width, the cosine no longer knows how far.',
    [['SrTiO3'], ['SrTiO3', { strain: 1 }]],
    { arrangement: 'overlay' },
  ),
  set(
    'axis',
    'One axis 1 % longer',
    'Stretching c alone leaves the hk0 peaks where they are and moves those with l: cubic peaks split into those that feel c and those that do not.',
    [['SrTiO3'], ['SrTiO3', { strain: 1, strained: 'c' }]],
    { arrangement: 'mirror' },
  ),
  set(
    'isostructural',
    'Two salts of one type: NaCl and KCl',
    'The same structure with other atoms. K⁺ and Cl⁻ have 18 electrons each, so the odd reflections of KCl (111, 311) almost vanish and it looks like a primitive lattice with half the cell.',
    [['NaCl'], ['KCl']],
  ),
  set(
    'polymorphs',
    'One formula, two crystals: rutile and anatase',
    'TiO₂ twice. Composition says nothing about where peaks stand; the two have hardly a peak in common, which is how a powder pattern tells polymorphs apart.',
    [['rutile'], ['anatase']],
  ),
  set(
    'wavelengths',
    'One crystal, three wavelengths',
    'The angles change with the wavelength, the spacings do not. Change the axis to Q or d and the peaks fall on top of each other.',
    [
      ['NaCl', { wavelength: 1.5406 }],
      ['NaCl', { wavelength: 1.78897 }],
      ['NaCl', { wavelength: 0.7093 }],
    ],
  ),
  set(
    'widths',
    'One crystal, three peak widths',
    'Broader peaks overlap: neighbours merge, and the similarity of a strained cell falls more slowly. Width is what makes the loss landscape smooth or rough.',
    [
      ['rutile', { width: 0.5 }],
      ['rutile', { width: 1 }],
      ['rutile', { width: 3 }],
    ],
    { arrangement: 'waterfall', spread: 0.4 },
  ),
];
