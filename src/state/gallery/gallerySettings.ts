import { oneOf, optional } from '../core/codecs.ts';
import { choice, setting, type ValuesOf } from '../core/settings.ts';

/** Every picture of the gallery, in the order in which it is shown. Links name them, so that they stay as they are. */
export const PRESET_IDS = [
  'fig2',
  'fig3a',
  'fig3b',
  'fig5',
  'figS2',
  'figS3',
  'fig3a-alpha',
  'readings',
  'jitter',
  'trade',
  'window',
  'long-steps',
  'early',
  'flat',
  'family',
  'fig3a-down',
  'fig3b-down',
  'fig5-down',
  'wrong-cell',
  'oxygen',
  'homometric',
  'light-atom',
  'losses',
  'motion',
  'zero-shift',
] as const;

/** The ways a descent fails, beside the figures of the paper. */
export const FAILURE_IDS: readonly string[] = ['trade', 'window', 'long-steps', 'early', 'flat', 'family'];

/** Those that go on where the paper stops. */
export const WAY_DOWN_IDS: readonly string[] = ['fig3a-down', 'fig3b-down', 'fig5-down', 'wrong-cell'];

/** Maps over atoms and everything else that is no cell. */
export const PARAMETER_IDS: readonly string[] = [
  'oxygen',
  'homometric',
  'light-atom',
  'losses',
  'motion',
  'zero-shift',
];

export type PresetId = (typeof PRESET_IDS)[number];

export const GALLERY = {
  filter: choice('gf', 'filter of the gallery', 'all', 'Kind of picture', {
    all: 'All',
    landscapes: 'Landscapes',
    descents: 'Descents',
    patterns: 'Patterns',
  }),
  /** The picture that is open in its larger view. */
  larger: setting('gv', 'larger view of the gallery', null, optional(oneOf(['fig5', 'figS2', 'figS3']))),
  /** The picture that fills the screen, for a lecture. */
  present: setting('pr', 'presented picture', null, optional(oneOf(PRESET_IDS))),
  /** The picture whose caption stands over the explorer. */
  caption: setting('cap', 'caption', null, optional(oneOf(PRESET_IDS))),
};

export type GalleryInputs = ValuesOf<typeof GALLERY>;
export type GalleryFilter = GalleryInputs['filter'];
/** Pictures with a larger view of their own. */
export type LargerId = NonNullable<GalleryInputs['larger']>;

declare module '../core/inputs.ts' {
  interface Inputs {
    readonly gallery: GalleryInputs;
  }
}
