import type { Palette } from '../../src/views/palette.ts';

/** Colours that tell themselves apart, for painters without a page. */
export const PALETTE: Palette = {
  panel: '#ffffff',
  ink: '#14181d',
  ink2: '#47505a',
  ink3: '#656f79',
  axis: '#9aa3ac',
  grid: '#edf0f2',
  line2: '#c4cad1',
  current: '#b23a86',
  truthFill: '#d9dee3',
  truthLine: '#8d97a1',
  series: [],
  font: 'sans-serif',
};
