import { NOISE_LEVELS } from '../../noise/noise.ts';
import type { DescentMode } from '../../optimise/modes.ts';
import { PAPER_CONDITIONS, type Series, type StudyPlan } from '../../study/plan.ts';
import {
  STUDY_PRESETS,
  type StudyPresetId,
  searchSeries,
  seriesOf,
  studyPreset,
} from '../../study/presets.ts';
import { searchesOf, searchOf } from '../../study/searches.ts';
import { defaultsOf } from '../core/settings.ts';
import { type SeriesId, STUDY, type StudyInputs, seriesParts } from './studySettings.ts';

export const levelsOf = ({ levels, noise }: Pick<StudyInputs, 'levels' | 'noise'>): readonly number[] =>
  levels ?? NOISE_LEVELS[noise];

/** The series that are ticked: descents, without a setting to choose each loss once, then the searches of the noise kind. */
function chosenSeries({ noise, series, rate }: StudyInputs): Series[] {
  const parts = series.map(seriesParts);
  const plain = parts.filter(({ mode }) => !searchOf(mode));
  const chosen =
    noise === 'lattice'
      ? plain.flatMap(({ loss, mode }) => seriesOf(noise, [loss], [mode as DescentMode]))
      : seriesOf(noise, [...new Set(plain.map(({ loss }) => loss))], ['unconstrained']);
  return [
    ...(rate === null ? chosen : chosen.map(entry => ({ ...entry, learningRate: rate }))),
    ...searchesOf(noise)
      .filter(({ id }) => parts.some(({ mode }) => mode === id))
      .map(searchSeries),
  ];
}

/** The plan that the controls describe. */
export const planOfInputs = (inputs: StudyInputs): StudyPlan => ({
  conditions: { ...PAPER_CONDITIONS, maxIterations: inputs.maxIterations, seed: inputs.seed },
  structures: inputs.structures,
  noise: inputs.noise,
  levels: levelsOf(inputs),
  series: chosenSeries(inputs),
  variants: inputs.variants,
  firstVariant: 0,
});

/** Settings of a preset. */
export function presetInputs(id: StudyPresetId, { noise }: Pick<StudyInputs, 'noise'>): Partial<StudyInputs> {
  const { structures, levels, rate, maxIterations, seed } = defaultsOf(STUDY);
  const plan = studyPreset(id).plan(noise);
  const series = plan.series.map(({ loss, mode }): SeriesId => `${loss}:${mode}`);
  return { structures, levels, rate, maxIterations, seed, variants: plan.variants, series };
}

/** The preset that the controls stand at, or null. */
export function presetAt(inputs: StudyInputs): StudyPresetId | null {
  const text = (value: unknown): string =>
    Array.isArray(value) ? [...(value as unknown[])].map(String).sort().join() : String(value);
  const same = (id: StudyPresetId): boolean =>
    Object.entries(presetInputs(id, inputs)).every(
      ([key, value]) => text(inputs[key as keyof StudyInputs]) === text(value),
    );
  return STUDY_PRESETS.find(({ id }) => same(id))?.id ?? null;
}
