/** Colours of the picture that are not an element's; CSS notation #rrggbb. */
export interface CellPalette {
  readonly panel: string;
  readonly ink: string;
  /** Edges of the current cell. */
  readonly edge: string;
  /** Edges and outlines of the true cell. */
  readonly ghost: string;
  readonly note: string;
  /** Of the current crystal. */
  readonly current: string;
}

/** The tokens of both themes, for exports that are not in the theme on screen. */
export const EXPORT_PALETTES: Readonly<Record<'light' | 'dark', CellPalette>> = {
  light: {
    panel: '#ffffff',
    ink: '#14181d',
    edge: '#47505a',
    ghost: '#8d97a1',
    note: '#656f79',
    current: '#b23a86',
  },
  dark: {
    panel: '#14181c',
    ink: '#ebeef1',
    edge: '#b3bbc3',
    ghost: '#7d8791',
    note: '#8f99a3',
    current: '#f08ac8',
  },
};

export const PALETTE_TOKENS: Readonly<Record<keyof CellPalette, string>> = {
  panel: '--panel',
  ink: '--ink',
  edge: '--ink2',
  ghost: '--truth-line',
  note: '--ink3',
  current: '--current',
};

/** The palette of the theme on screen. */
export function paletteOf(element: Element): CellPalette {
  const style = getComputedStyle(element);
  const read = (key: keyof CellPalette): string =>
    style.getPropertyValue(PALETTE_TOKENS[key]).trim() || EXPORT_PALETTES.light[key];
  return {
    panel: read('panel'),
    ink: read('ink'),
    edge: read('edge'),
    ghost: read('ghost'),
    note: read('note'),
    current: read('current'),
  };
}
