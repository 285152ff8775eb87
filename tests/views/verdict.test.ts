import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { simulatedTarget } from '../../src/diffraction/pattern.ts';
import type { LossProblem } from '../../src/engine/engine.ts';
import { WorkerEngine } from '../../src/engine/workerEngine.ts';
import { sliceAxis, slicePoints } from '../../src/landscape/slice.ts';
import { lossOf } from '../../src/losses/registry.ts';
import type { ModelParameter } from '../../src/model/parameter.ts';
import { measurementSlot, slotsOf } from '../../src/model/slots.ts';
import { DEFAULT_INPUTS, type Inputs } from '../../src/state/core/inputs.ts';
import { store } from '../../src/state/core/store.ts';
import { setLoss } from '../../src/state/explore/actions.ts';
import { emptyContinued } from '../../src/state/explore/continuedRun.ts';
import { planOf } from '../../src/state/explore/descentJob.ts';
import { type DescentRun, emptyRun, runDescent } from '../../src/state/explore/descentRun.ts';
import { endsJob } from '../../src/state/explore/endsJob.ts';
import type { Start } from '../../src/state/explore/exploreSettings.ts';
import type { CrystalParameters } from '../../src/state/explore/modelChoice.ts';
import { reflectionsAt } from '../../src/state/explore/problem.ts';
import { minimaOf } from '../../src/state/explore/refine.ts';
import { askedSlice } from '../../src/state/explore/selectors.ts';
import { shareEngines } from '../../src/state/explore/sharedEngines.ts';
import { formatRate } from '../../src/ui/format.ts';
import { judged } from '../../src/views/verdict/useVerdicts.ts';
import { judgedWords } from '../../src/views/verdict/words.ts';
import { libraryStructure } from '../support/library.ts';
import { memoryPool } from '../support/memoryWorker.ts';
import { inputsNow, resetStore } from '../support/states.ts';

const structure = libraryStructure('U2Ti');
const cpu = new WorkerEngine(memoryPool(2).pool);
beforeAll(() => shareEngines({ cpu } as never));
afterAll(() => cpu.dispose());

/** Shows U2Ti with its finished map, the stable rate and the reflections of the target. */
async function show(change: Partial<Inputs> = {}, more: object = {}, model: object = {}): Promise<void> {
  const inputs: Inputs = {
    ...DEFAULT_INPUTS,
    ...change,
    slice: change.slice ?? { ...DEFAULT_INPUTS.slice, resolution: 41 },
  };
  const { sites, cell } = structure;
  const { target } = simulatedTarget(sites, PAPER_INSTRUMENT, cell);
  const problem: LossProblem = {
    kind: 'loss',
    sites,
    instrument: PAPER_INSTRUMENT,
    loss: inputs.loss,
    target,
    ...model,
  };
  const targetPeaks = reflectionsAt(structure, problem.instrument, structure.cell);
  resetStore({ inputs, structure, problem, targetPeaks, ...more });
  const slice = askedSlice(store.getState())!;
  const { loss } = await cpu.evaluate(problem, slicePoints(slice), {});
  const map = {
    problem,
    slice,
    xs: sliceAxis(slice, 'x'),
    ys: sliceAxis(slice, 'y'),
    values: loss,
    final: true,
  };
  const at = { x: slice.base[0]!, y: slice.base[2]! };
  const plan = planOf(inputs, slice, 'hexagonal', at, 'unconstrained');
  const stableRate = slice.model ? null : await cpu.stableRate(problem, plan);
  store.setState({ map, minima: minimaOf(map, inputs.loss), stableRate });
}

/** The verdict on an unconstrained descent that is really run from a start, and its words. */
async function descend(
  start: Start,
  change: Partial<Inputs['descent']> = {},
  mode: DescentRun['mode'] = 'unconstrained',
) {
  const { inputs, problem } = store.getState();
  const descent = { ...DEFAULT_INPUTS.descent, ...change };
  const asked: Inputs = { ...inputs, starts: [start], descent };
  store.setState({ inputs: asked });
  const plan = planOf(asked, askedSlice(store.getState())!, 'hexagonal', start, mode);
  let run = emptyRun(0, mode, plan);
  const { signal } = new AbortController();
  await runDescent(
    signal,
    onChunk => cpu.descend(problem!, plan, { signal, onChunk }),
    next => {
      run = next(run);
    },
  );
  store.setState({ runs: [run], continued: [], ends: new Map() });
  await endsJob.start();
  const [of] = judged(store.getState());
  return { ...of!, words: judgedWords(of!, true) };
}

describe('the verdict on a descent of U2Ti over a and c', () => {
  beforeAll(() => show());

  it('that comes home is that it reached the truth', async () => {
    const { words, verdict } = await descend({ x: 4.86, y: 2.87 });
    expect(verdict).toEqual({ kind: 'reached' });
    expect(words).toBe('reached the truth');
  });

  it('in a false minimum names it by its number, and what lies under what', async () => {
    const { words, verdict, tally } = await descend({ x: 4.5, y: 3.08 });
    expect(verdict).toEqual({ kind: 'minimum', number: 2 });
    expect(words).toBe('stuck in minimum 2: 110 lies under 101');
    const { from, to } = tally!.example!;
    expect(from).toBeCloseTo(37.2, 1);
    expect(to).toBeCloseTo(38.2, 1);
  });

  it('that symmetry holds in the valley of the truth is that it stopped short', async () => {
    const { verdict } = await descend({ x: 4.5, y: 3.08 }, {}, 'constrained');
    expect(verdict).toEqual({ kind: 'short' });
  });

  it('with too few steps is that it still falls', async () => {
    expect((await descend({ x: 4.5, y: 3.08 }, { maxIterations: 60 })).words).toBe(
      'still falling when the steps ran out',
    );
  });

  it('with too long steps is that it bounces, with the limit', async () => {
    const { verdict, words } = await descend(
      { x: 4.86, y: 2.87 },
      { learningRate: 0.004, maxIterations: 30_000 },
    );
    expect(verdict).toMatchObject({ kind: 'bouncing', limit: store.getState().stableRate });
    expect(words).toMatch(/bouncing: rate above 0\.0026$/);
  });

  it('that leaves the map without too long steps is that it left the box', async () => {
    const { words } = await descend({ x: 4.4, y: 2.57 });
    expect(words).toBe('left the box');
  });

  it('says at rest, not stuck, and never truth where the target is measured', async () => {
    await descend({ x: 4.86, y: 2.87 });
    const measured = { ...inputsNow().measured, id: 'x' };
    store.setState({ inputs: { ...inputsNow(), measured } });
    const [of] = judged(store.getState());
    expect(of!.verdict.kind).toBe('elsewhere');
    expect(judgedWords(of!, false)).toMatch(/^at rest at a loss of −1\.000/);
  });

  it('names no minimum while the map is not there', async () => {
    const { verdict } = await descend({ x: 4.5, y: 3.08 });
    expect(verdict.kind).toBe('minimum');
    const { map } = store.getState();
    store.setState({ map: { ...map!, final: false } });
    expect(judged(store.getState())[0]!.verdict.kind).toBe('elsewhere');
    store.setState({ map });
  });

  it('that is under way, was stopped or failed says so', () => {
    const { runs } = store.getState();
    const kinds = (['computing', 'cancelled', 'failed'] as const).map(status => {
      store.setState({ runs: [{ ...runs[0]!, status, message: 'no thread' }] });
      return judgedWords(judged(store.getState())[0]!, true);
    });
    expect(kinds).toEqual(['still falling', 'stopped by you', 'failed: no thread']);
    store.setState({ runs: [], continued: [{ ...emptyContinued(0), status: 'done' }] });
    expect(judged(store.getState())[0]!.verdict.kind).toBe('noCrystal');
  });
});

describe('MSE', () => {
  beforeAll(() => show({ loss: 'mse' }));

  it("at the paper's rate is thrown out of the box, and says above what rate", async () => {
    const { words } = await descend({ x: 4.5, y: 3.08 });
    expect(words).toBe(`thrown out of the box: rate above ${formatRate(store.getState().stableRate!)}`);
  });

  it('at its usual rate stays, and that rate is stable', async () => {
    const { descentRate } = lossOf('mse');
    expect(descentRate).toBeLessThan(store.getState().stableRate!);
    const { verdict } = await descend({ x: 4.86, y: 2.87 }, { learningRate: descentRate });
    expect(verdict.kind).toBe('reached');
  });

  it('begins with its usual rate, but leaves a rate that was chosen', () => {
    resetStore();
    setLoss('mse');
    expect(inputsNow().descent.learningRate).toBe(1e-5);
    setLoss('entropy');
    expect(inputsNow().descent.learningRate).toBe(0.0005);
    store.setState({ inputs: { ...inputsNow(), descent: { ...inputsNow().descent, learningRate: 0.002 } } });
    setLoss('mse');
    expect(inputsNow().descent.learningRate).toBe(0.002);
  });
});

it('a descent over parameters beyond the cell reached the truth where all of them did', async () => {
  const slots = slotsOf(structure.sites);
  const parameter = (id: string, slot: number, range: [number, number]): ModelParameter => ({
    ...{ id, value: 0, moves: [{ slot, factor: 1 }], period: null, group: 'measurement', name: id, note: '' },
    ...{ unit: '', range, limits: [-10, 10], step: 0.01, digits: 3 },
  });
  const list = [
    parameter('B', slots.overallB, [-2, 2]),
    parameter('zero', measurementSlot(slots, 'zero'), [-0.5, 0.5]),
  ];
  const parameters = { structure, eta: 0.1, list, symmetric: null } as unknown as CrystalParameters;
  const slice = { ...DEFAULT_INPUTS.slice, x: 'zero', y: 'B', resolution: 21 };
  const moved = [list[1]!, list[0]!].map(({ id, value, moves, period }) => ({ id, value, moves, period }));
  await show({ slice }, { parameters }, { model: { moved, cellMoves: false } });
  const home = await descend({ x: 0.05, y: 0.02 }, { learningRate: 0.02, maxIterations: 1100 });
  expect(home.verdict).toEqual({ kind: 'reached' });
  const far = await descend({ x: 0.05, y: 1.5 }, { learningRate: 1e-6, stopGain: 1 });
  expect(far.verdict.kind).toBe('short');
});
