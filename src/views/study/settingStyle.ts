import type { Treatment } from '../../study/trialKey.ts';
import { type ModeStyle, modeStyle } from '../modeStyle.ts';

/** Appearance of a setting of the study; the baselines are ink, dotted and dashed. */
export type SettingStyle = Pick<ModeStyle, 'name' | 'line' | 'text' | 'dash' | 'marker' | 'meaning'>;

const BASELINES: Readonly<Record<'distorted' | 'projected', SettingStyle>> = {
  distorted: {
    name: 'distorted start',
    line: 'var(--ink)',
    text: 'var(--ink)',
    dash: '1.5 3',
    marker: 'circle',
    meaning: 'The distorted crystal as it is, before any descent.',
  },
  projected: {
    name: 'projected start',
    line: 'var(--ink2)',
    text: 'var(--ink2)',
    dash: '6 3',
    marker: 'diamond',
    meaning: 'The distorted cell projected onto the crystal family, without any descent.',
  },
};

export const settingStyle = (setting: Treatment): SettingStyle =>
  setting === 'distorted' || setting === 'projected' ? BASELINES[setting] : modeStyle(setting);
