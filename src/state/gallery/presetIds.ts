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
] as const;

/** The ways a descent fails, beside the figures of the paper. */
export const FAILURE_IDS: readonly string[] = ['trade', 'window', 'long-steps', 'early', 'flat', 'family'];

export type PresetId = (typeof PRESET_IDS)[number];
