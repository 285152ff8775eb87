import { planOfInputs } from '../../state/study/studyPlan.ts';
import type { StudyInputs } from '../../state/study/studySettings.ts';
import type { StudyRun } from '../../state/study/studySlice.ts';
import { descentCount } from '../../study/plan.ts';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { settingStyle } from './settingStyle.ts';
import { countRange, isDescent, ratesOf, type Shown } from './shown.ts';

/** What a study asks, by what it distorts. */
export const QUESTIONS: Readonly<Record<StudyInputs['noise'], string>> = {
  lattice:
    'A crystal’s lattice is distorted and its powder pattern fitted by descending the loss. Does the descent find the crystal again?',
  coordinates:
    'A crystal’s atoms are displaced and its powder pattern fitted by descending the loss. Does the descent find the crystal again?',
  both: 'A crystal’s lattice is distorted, its atoms are displaced, and its powder pattern is fitted. Does the search find the crystal again?',
};

const COUNTS = {
  match: 'match the truth',
  unscaled: 'match the truth unscaled',
  strict: 'recover it strictly',
};

/** Instead of results: what the plan will do, or what is being read. */
export function noResults(
  inputs: StudyInputs,
  run: StudyRun | null,
  failure: string | null,
): readonly string[] {
  if (inputs.source === 'shipped') return [failure ?? 'The shipped results are being read.'];
  if (run?.status === 'computing') return ['The first numbers appear when the first descents have ended.'];
  const plan = planOfInputs(inputs);
  const [crystals, levels, kinds] = [plan.structures.length, plan.levels.length, plan.series.length];
  return [
    `This device has no results for ${NAMES[inputs.noise]} yet.`,
    crystals * levels * kinds === 0
      ? 'The plan on the left is empty: choose a structure, a level and a kind of descent.'
      : `The plan on the left distorts ${count(crystals, 'crystal')} at ${count(levels, 'level')}, ${count(plan.variants, 'copy', 'copies')} each, and starts ${count(kinds, 'kind')} of descent from every copy: ${formatNumber(descentCount(plan), 0)} descents. Run computes them here and keeps them; a file of results can be merged into them; the shipped results show what to expect.`,
  ];
}

const NAMES = { lattice: 'distorted lattices', coordinates: 'displaced atoms', both: 'both distortions' };

const count = (n: number, one: string, many = `${one}s`): string =>
  `${formatNumber(n, 0)} ${n === 1 ? one : many}`;

/** The level shown in two sentences, and what the results lack. */
export function resultsInWords(
  { settings, structures, trials, levels }: Shown,
  level: number | null,
  { criterion, source }: Pick<StudyInputs, 'criterion' | 'source'>,
  run: StudyRun | null,
): readonly string[] {
  const here = trials.filter(({ sigma }) => sigma === level);
  const rates = ratesOf(here, settings, criterion);
  const listed = (of: typeof rates): string =>
    of.map(({ setting, rate }) => `${settingStyle(setting).name} ${formatPercent(rate.share, 0)}`).join(', ');
  const descents = rates.filter(({ setting }) => isDescent(setting));
  const starts = rates.filter(({ setting }) => !isDescent(setting));
  const sentences = [
    `${count(trials.filter(({ setting }) => isDescent(setting)).length, 'descent')} of ${count(structures.length, 'crystal')} at ${count(levels.length, 'level')}. Of those at σ = ${level ?? '–'} so many ${COUNTS[criterion]}: ${listed(descents) || 'none has ended'} (n = ${countRange(descents.map(({ rate }) => rate.n))})${starts.length > 0 ? `; before any descent ${listed(starts)}` : ''}.`,
  ];
  if (source === 'own' && run && run.doneDescents < run.totalDescents)
    sentences.push(
      `${formatNumber(run.totalDescents - run.doneDescents, 0)} descents of the plan are still to come; a level, a crystal or a bar that is missing has not been reached.`,
    );
  return sentences;
}

/** Trials that threw, with their messages, the most frequent first. */
export function failuresInWords(failures: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const failure of failures) counts.set(failure, (counts.get(failure) ?? 0) + 1);
  const reasons = [...counts]
    .sort((p, q) => q[1] - p[1])
    .map(([text, n]) => (n === 1 ? text : `${text} (${n} times)`));
  return `${count(failures.length, 'trial')} failed and ${failures.length === 1 ? 'counts' : 'count'} in no rate: ${reasons.slice(0, 3).join('; ')}${reasons.length > 3 ? ' and others' : ''}.`;
}
