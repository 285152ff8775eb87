import type { DescentMode } from '../optimise/modes.ts';
import type { PathMode } from '../state/explore/exploreSettings.ts';

/** Look of each path, the same on maps, charts and in tables: dash and marker before hue. */
export interface ModeStyle<Id extends PathMode = PathMode> {
  readonly id: Id;
  readonly name: string;
  /** CSS variables: on maps, in charts, as text. */
  readonly onMap: string;
  readonly line: string;
  readonly text: string;
  readonly dash: string;
  readonly width: number;
  /** CSS variable of a second line inside the first: a double line. */
  readonly core?: string;
  readonly marker: 'circle' | 'square' | 'diamond' | 'ring';
  /** Its effect, one sentence. */
  readonly meaning: string;
}

/** Of the paper's three settings. */
export const MODE_STYLES: readonly ModeStyle<DescentMode>[] = [
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

/** Of the path beyond the paper: dark with a light core, where all others are the other way round. */
export const CONTINUED_STYLE: ModeStyle<'continued'> = {
  id: 'continued',
  name: 'continued',
  onMap: 'var(--map-continued)',
  line: 'var(--continued)',
  text: 'var(--continued-text)',
  dash: '',
  width: 4.4,
  core: 'var(--panel)',
  marker: 'ring',
  meaning:
    'Beyond the paper: peaks wide at first, so that the landscape is one smooth bowl, then narrower stage by stage, each from where the last one ended.',
};

export const PATH_STYLES: readonly ModeStyle[] = [...MODE_STYLES, CONTINUED_STYLE];

export function modeStyle(mode: PathMode): ModeStyle {
  const style = PATH_STYLES.find(entry => entry.id === mode);
  if (!style) throw new Error(`no path is called "${mode}"`);
  return style;
}
