import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { LossProblem } from '../../src/engine/engine.ts';
import { RecoveryEngine } from '../../src/engine/recoveryEngine.ts';
import { sliceAxis, slicePoints } from '../../src/landscape/slice.ts';
import { DEFAULT_INPUTS } from '../../src/state/core/inputs.ts';
import { store } from '../../src/state/core/store.ts';
import { dropStart, followRun, scrub, toggleContinued } from '../../src/state/explore/actions.ts';
import {
  type ContinuedRun,
  emptyContinued,
  stageSpan,
  walked,
} from '../../src/state/explore/continuedRun.ts';
import { advance, goTo, stepBy, togglePlay } from '../../src/state/explore/playback.ts';
import { minimaOf } from '../../src/state/explore/refine.ts';
import { drawnStep, shownMap, shownStage, sliceOf } from '../../src/state/explore/selectors.ts';
import { placeOnTrack, stepOnTrack, timelineOf } from '../../src/state/explore/timeline.ts';
import { trajectoriesCsv } from '../../src/state/explore/trajectories.ts';
import { pathSentence } from '../../src/views/pathSentence.ts';
import { libraryStructure } from '../support/library.ts';
import { memoryPool } from '../support/memoryWorker.ts';
import { inputsNow, resetStore, runOf } from '../support/states.ts';

const structure = libraryStructure('U2Ti');
const slice = sliceOf(DEFAULT_INPUTS, structure.cell, 'hexagonal');
const target = simulatePattern(
  scatteringModel(structure.sites, PAPER_INSTRUMENT, structure.cell),
  structure.cell,
);
const problem: LossProblem = {
  kind: 'loss',
  sites: structure.sites,
  instrument: PAPER_INSTRUMENT,
  loss: 'cosine',
  target,
};

/** Two stages of three iterates and one of two. */
const path = (start = 0): ContinuedRun =>
  walked(emptyContinued(start), {
    cells: Float64Array.from({ length: 48 }, (_, i) => structure.cell[i % 6]! + (i < 6 ? 0.2 : 0)),
    losses: Float64Array.of(-0.9, -0.95, -0.96, -0.8, -0.9, -0.95, -0.99, -1),
    stages: Uint8Array.of(0, 0, 0, 1, 1, 1, 2, 2),
    widths: [12, 4, 0],
    smoothing: 'peaks',
    background: true,
    evaluations: 9,
    tried: 20,
  });
const play = () => store.getState().play;
const now = () => store.getState();

beforeEach(() => {
  resetStore();
  dropStart(5, 3, false);
  store.setState({
    runs: [runOf(0, 'unconstrained', 101), runOf(0, 'constrained', 11)],
    continued: [path()],
  });
});

describe('the player', () => {
  it('comes to the continued path when the descents have ended, and stops at its end', () => {
    advance(60_000);
    expect(play()).toMatchObject({ playing: true, follow: 'continued', step: 0 });
    expect(shownStage(now())).toBe(0);
    advance(2500);
    expect(play().step).toBeCloseTo(3.5, 6);
    expect(shownStage(now())).toBe(1);
    advance(60_000);
    expect(play()).toMatchObject({ playing: false, follow: 'continued', step: 7 });
    expect(inputsNow().focus).toEqual({ kind: 'step', start: 0, mode: 'continued', step: 7 });
    togglePlay();
    expect(play()).toMatchObject({ playing: true, follow: 'unconstrained', step: 0 });
  });

  it('waits for a continued path that is still computed', () => {
    store.setState({ continued: [emptyContinued(0)] });
    advance(60_000);
    expect(play()).toMatchObject({ playing: true, follow: 'unconstrained', step: 100 });
  });

  it('steps from the descents into the continued path and back', () => {
    scrub(100);
    stepBy(1);
    expect(play()).toMatchObject({ follow: 'continued', step: 0 });
    stepBy(1);
    expect(play()).toMatchObject({ follow: 'continued', step: 1 });
    stepBy(-1);
    stepBy(-1);
    expect(play()).toMatchObject({ follow: 'unconstrained', step: 100 });
  });

  it('shows the continued path after the descents, and these at their ends beside it', () => {
    const [descent, continued] = [now().runs[0]!, path()];
    scrub(50);
    expect([drawnStep(now(), descent), drawnStep(now(), continued)]).toEqual([50, null]);
    scrub(100);
    expect([drawnStep(now(), descent), drawnStep(now(), continued)]).toEqual([100, 7]);
    goTo('continued', 2);
    expect([drawnStep(now(), descent), drawnStep(now(), continued)]).toEqual([100, 2]);
  });

  it('goes back to the descents when the continued path is switched off', () => {
    followRun(0, 'continued');
    expect(play()).toMatchObject({ follow: 'continued', step: 7 });
    toggleContinued(false);
    expect(play()).toMatchObject({ follow: 'unconstrained', step: 100 });
    expect(inputsNow()).toMatchObject({ descent: { continued: false }, focus: { mode: 'unconstrained' } });
  });

  it('drops the next start on the map of the loss', () => {
    followRun(0, 'continued');
    dropStart(4.9, 2.9, false);
    expect(play()).toMatchObject({ follow: 'unconstrained', playing: true, step: 0 });
  });
});

it('the map on screen is that of the stage, where it is there, and the plain one in the last', () => {
  const plain = {
    problem,
    slice,
    xs: sliceAxis(slice, 'x'),
    ys: sliceAxis(slice, 'y'),
    values: target,
    final: true,
  };
  store.setState({
    problem,
    map: plain,
    stageMaps: [{ ...plain, width: 12, smoothing: 'peaks', background: true }],
  });
  goTo('continued', 0);
  expect(shownMap(now())).toMatchObject({ width: 12 });
  for (const step of [3, 7]) {
    goTo('continued', step);
    expect(shownMap(now())).toBe(plain);
  }
  goTo('unconstrained', 0);
  expect(shownMap(now())).toBe(plain);
});

it('the track has the descents first, a unit a step, and gives the continued path more than its number', () => {
  const paths = [...now().runs, path()];
  const timeline = timelineOf(paths);
  expect(timeline).toEqual({ descents: 100, continued: 7, scale: 10, length: 170 });
  expect(timelineOf([])).toEqual({ descents: 0, continued: 0, scale: 0, length: 0 });
  for (const step of [0, 3, 7])
    expect(stepOnTrack(timeline, path(), placeOnTrack(timeline, 'continued', step))).toBe(step);
  expect(stepOnTrack(timeline, path(), 99)).toBeNull();
  expect(stepOnTrack(timeline, now().runs[1]!, 99)).toBe(10);
  expect([0, 1, 2].map(stage => stageSpan(path(), stage))).toEqual([
    [0, 2],
    [3, 5],
    [6, 7],
  ]);
});

it('the table of every step says under what width a loss was smoothed', () => {
  const lines = trajectoriesCsv([runOf(0, 'constrained', 2)], [path()], 'cosine')
    .trim()
    .split('\n');
  expect(lines[0]!.endsWith(',cosine_loss,smoothing_degree')).toBe(true);
  expect(lines.slice(1).map(line => line.split(',').at(-1))).toEqual([
    '0',
    '0',
    ...'12,12,12,4,4,4,0,0'.split(','),
  ]);
});

it('the sentence says truth only where it is known', () => {
  expect(pathSentence(path(), true)).toBe(
    'Reached the truth in 9 evaluations over 3 stages (12°, 4°, plain); 20 with the other ladders.',
  );
  expect(pathSentence(path(), false)).toMatch(/^Came to rest at a loss of −1.000 in 9 evaluations/);
});

describe('a continued path', () => {
  const { pool } = memoryPool(2);
  const engine = new RecoveryEngine(pool);
  const { signal } = new AbortController();
  const space = { kind: 'slice', x: 'a', y: 'c', base: structure.cell, tied: false } as const;
  afterAll(() => pool.dispose());

  it.each(['cosine', 'mse', 'entropy', 'deGelder', 'gpwdf', 'wasserstein'] as const)(
    'of %s reaches the truth from a start from which all three descents fail, and stays on the slice',
    async loss => {
      const start = [4.5, 4.828, 3.08, 90, 90, 120] as const;
      const plan = { start, space, family: 'hexagonal' } as const;
      const found = await engine.continued({ ...problem, loss }, plan, signal);
      const end = found.cells.slice(-6);
      expect(Math.abs(end[0]! / 4.828 - 1)).toBeLessThan(1e-3);
      expect(Math.abs(end[2]! / 2.847 - 1)).toBeLessThan(1e-3);
      for (let i = 0; i < found.losses.length; i++)
        expect(found.cells.slice(6 * i + 3, 6 * i + 6)).toEqual(Float64Array.of(90, 90, 120));
      expect([...found.cells.slice(0, 6)]).toEqual(start.map(value => expect.closeTo(value, 9)));
      expect([...new Set(found.stages)]).toEqual([...found.widths.keys()]);
      expect(found.widths.at(-1)).toBe(0);
      expect(found.evaluations).toBeLessThan(found.tried);
    },
    60_000,
  );

  it('runs down maps of one minimum each: the target is smoothed from itself', async () => {
    const grid = { ...slice, nx: 31, ny: 31 };
    for (const width of [12, 4]) {
      const values = await engine.smoothed(problem, width, true, slicePoints(grid), { signal });
      const minima = minimaOf({ xs: sliceAxis(grid, 'x'), ys: sliceAxis(grid, 'y'), values }, 'cosine');
      expect(minima.map(({ x, y }) => [x, y])).toEqual([
        [expect.closeTo(4.828, 1), expect.closeTo(2.847, 1)],
      ]);
    }
  }, 60_000);
});
