import type { DescentMode } from '../optimise/modes.ts';

/** Look of each setting of the descent, the same on maps, charts and in tables: dash and marker before hue. */
export interface ModeStyle {
  readonly id: DescentMode;
  readonly name: string;
  /** CSS variables: on maps, in charts, as text. */
  readonly onMap: string;
  readonly line: string;
  readonly text: string;
  readonly dash: string;
  readonly width: number;
  readonly marker: 'circle' | 'square' | 'diamond';
  /** Its effect, one sentence. */
  readonly meaning: string;
}

export const MODE_STYLES: readonly ModeStyle[] = [
  {
    id: 'unconstrained',
    name: 'unconstrained',
    onMap: 'var(--map-free)',
    line: 'var(--free)',
    text: 'var(--free-text)',
    dash: '0.1 6.2',
    width: 3.4,
    marker: 'circle',
    meaning: 'Every parameter follows its own gradient from where you clicked.',
  },
  {
    id: 'constrainedStart',
    name: 'constrained start',
    onMap: 'var(--map-cstart)',
    line: 'var(--cstart)',
    text: 'var(--cstart-text)',
    dash: '7 4.5',
    width: 2.6,
    marker: 'square',
    meaning: 'The start is projected onto the crystal family once; then every parameter is free.',
  },
  {
    id: 'constrained',
    name: 'constrained',
    onMap: 'var(--map-constrained)',
    line: 'var(--constrained)',
    text: 'var(--constrained-text)',
    dash: '',
    width: 2.6,
    marker: 'diamond',
    meaning: 'The cell is projected onto the crystal family after every step.',
  },
];

export function modeStyle(mode: DescentMode): ModeStyle {
  const style = MODE_STYLES.find(entry => entry.id === mode);
  if (!style) throw new Error(`no descent mode is called "${mode}"`);
  return style;
}
