/** Perceptual sequential colour maps in tenths (viridis and cividis of matplotlib, CC0). Low is dark. */
export const COLOUR_MAPS = {
  viridis: [
    '#440154',
    '#482576',
    '#414487',
    '#355f8d',
    '#2a788e',
    '#21918c',
    '#22a884',
    '#42be71',
    '#7ad151',
    '#bddf26',
    '#fde725',
  ],
  cividis: [
    '#00224e',
    '#123570',
    '#3b496c',
    '#575d6d',
    '#707173',
    '#8a8678',
    '#a59c74',
    '#c3b369',
    '#e1cc55',
    '#f1d94a',
    '#fee838',
  ],
} as const;

export type ColourMapId = keyof typeof COLOUR_MAPS;
