import { SEARCHES, type StudySearch } from '../../study/searches.ts';
import type { Treatment } from '../../study/trialKey.ts';
import { CONTINUED_STYLE, MODE_STYLES, type ModeStyle } from '../modeStyle.ts';

/** Appearance of a setting of the study. */
export interface SettingStyle
  extends Pick<ModeStyle, 'name' | 'line' | 'core' | 'text' | 'dash' | 'width' | 'marker'> {
  /** Opacity of a bar; that of a search with many starts stands behind that with one. */
  readonly fill: number;
  /** Settings of one slot of the chart share it: the same search with fewer or more starts. */
  readonly slot: string;
}

/** The baselines are ink, dotted and dashed. */
const BASELINES: readonly (SettingStyle & { readonly id: Treatment })[] = [
  {
    id: 'distorted',
    name: 'distorted start',
    line: 'var(--ink)',
    text: 'var(--ink)',
    dash: '1.5 3',
    width: 1.8,
    marker: 'circle',
    fill: 0,
    slot: 'distorted',
  },
  {
    id: 'projected',
    name: 'projected start',
    line: 'var(--ink2)',
    text: 'var(--ink2)',
    dash: '6 3',
    width: 1.8,
    marker: 'diamond',
    fill: 0,
    slot: 'projected',
  },
];

/** Searches look like the continued path of the explorer: dark with the family held, lighter where all is free; that of the literature is grey. */
function searchStyle({ id, name, starts, loss, freedom }: StudySearch): SettingStyle {
  const ours = loss === 'cosine';
  const shade = freedom === 'free' ? 0.5 : 0.85;
  return {
    ...CONTINUED_STYLE,
    ...(ours ? {} : { line: 'var(--ink3)', text: 'var(--ink2)' }),
    name,
    dash: freedom === 'free' ? '7 2' : '',
    fill: starts > 1 ? 0.12 : ours ? shade : 0.4,
    slot: id.replace(/\d+$/, ''),
  };
}

const STYLES: ReadonlyMap<string, SettingStyle> = new Map<string, SettingStyle>([
  ...BASELINES.map(style => [style.id, style] as const),
  ...MODE_STYLES.map(style => [style.id, { ...style, fill: 0.3, slot: style.id }] as const),
  ...SEARCHES.map(search => [search.id, searchStyle(search)] as const),
]);

export function settingStyle(setting: Treatment): SettingStyle {
  const style = STYLES.get(setting);
  if (!style) throw new Error(`no setting of the study is called "${setting}"`);
  return style;
}
