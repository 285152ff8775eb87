import { LIBRARY } from '../crystal/library.ts';
import { LOSSES } from '../losses/registry.ts';
import { NOISE_LEVELS, type NoiseKind } from '../noise/noise.ts';
import type { DescentMode } from '../optimise/modes.ts';
import { PAPER_CONDITIONS, planProblem, type Series, type StudyPlan } from '../study/plan.ts';
import { STUDY_PRESETS, searchSeries, seriesOf, studyPreset } from '../study/presets.ts';
import { searchOf } from '../study/searches.ts';
import { nameOf } from './crystals.ts';
import { type CommandLine, finite, UsageError } from './options.ts';

/** Options that describe a plan. */
export const PLAN_OPTIONS = [
  'preset',
  'noise',
  'structures',
  'levels',
  'losses',
  'modes',
  'series',
  'rate',
  'variants',
  'seed',
  'max-steps',
  'stop-gain',
  'cells',
  'mse-max-index',
] as const;

const MODES: readonly DescentMode[] = ['unconstrained', 'constrainedStart', 'constrained'];
const LOSS_IDS = LOSSES.map(({ id }) => id);

/** The plan of a command line: a preset, and what other options change in it. */
export function planFrom(line: CommandLine): StudyPlan {
  const noise = line.oneOf('noise', ['lattice', 'coordinates', 'both'] as const) ?? 'lattice';
  const preset = line.oneOf(
    'preset',
    STUDY_PRESETS.map(({ id }) => id),
  );
  const base = studyPreset(preset ?? 'minutes').plan(noise);
  const clip = line.number('mse-max-index');
  const { first, count } = variantsOf(line.text('variants')) ?? {
    first: base.firstVariant,
    count: base.variants,
  };
  const plan: StudyPlan = {
    conditions: {
      seed: line.number('seed') ?? PAPER_CONDITIONS.seed,
      maxIterations: line.number('max-steps') ?? PAPER_CONDITIONS.maxIterations,
      stopGain: line.number('stop-gain') ?? PAPER_CONDITIONS.stopGain,
      stopWindow: PAPER_CONDITIONS.stopWindow,
      cells: line.oneOf('cells', ['primitive', 'conventional'] as const) ?? PAPER_CONDITIONS.cells,
      mseMaxIndex: clip ?? PAPER_CONDITIONS.mseMaxIndex,
    },
    structures: (line.list('structures') ?? LIBRARY.map(({ id }) => id)).map(nameOf),
    noise,
    levels: line.numbers('levels') ?? NOISE_LEVELS[noise],
    series: chosenSeries(line, noise) ?? base.series,
    variants: count,
    firstVariant: first,
  };
  const problem = planProblem(plan);
  if (problem) throw new UsageError(problem);
  return plan;
}

/** Files and ids of the structures, by the name that results use. */
export const structureSources = (line: CommandLine): ReadonlyMap<string, string> =>
  new Map((line.list('structures') ?? LIBRARY.map(({ id }) => id)).map(source => [nameOf(source), source]));

/** "20" is copies 0 to 19, "10-19" the ten of those numbers. */
export function variantsOf(text: string | undefined): { first: number; count: number } | null {
  if (text === undefined) return null;
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!match) throw new UsageError(`--variants ${text}: give a number (20) or a range (10-19)`);
  if (match[2] === undefined) return { first: 0, count: Number(match[1]) };
  return { first: Number(match[1]), count: Number(match[2]) - Number(match[1]) + 1 };
}

function chosenSeries(line: CommandLine, noise: NoiseKind): Series[] | null {
  const rate = line.number('rate');
  const named = line.list('series');
  if (named) return named.map(text => seriesFrom(text, noise, rate));
  const losses = line.list('losses')?.map(text => oneOf(text, LOSS_IDS, 'losses'));
  const modes = line.list('modes')?.map(text => oneOf(text, MODES, 'modes'));
  if (!losses && !modes && rate === undefined) return null;
  const series = seriesOf(noise, losses ?? ['cosine'], modes ?? ['unconstrained', 'constrained']);
  return rate === undefined ? series : series.map(entry => ({ ...entry, learningRate: rate }));
}

/** "cosine:constrained:0.005", whose learning rate may be left out, or the name of a search. */
function seriesFrom(text: string, noise: NoiseKind, rate: number | undefined): Series {
  const search = searchOf(text);
  if (search) return searchSeries(search);
  const [loss = '', mode = 'unconstrained', own] = text.split(':');
  const [base] = seriesOf(noise, [oneOf(loss, LOSS_IDS, 'series')], [oneOf(mode, MODES, 'series')]);
  if (!base) throw new UsageError(`--series ${text}: no descent of the paper runs where both are distorted`);
  return { ...base, learningRate: own === undefined ? (rate ?? base.learningRate) : finite(own, 'series') };
}

function oneOf<T extends string>(text: string, allowed: readonly T[], option: string): T {
  const found = allowed.find(entry => entry === text);
  if (!found) throw new UsageError(`--${option} ${text}: use one of ${allowed.join(', ')}`);
  return found;
}
