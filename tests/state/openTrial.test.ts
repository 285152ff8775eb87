import '../support/settings.ts';
import { describe, expect, it } from 'vitest';
import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { simulatedTarget } from '../../src/diffraction/pattern.ts';
import { strideOf } from '../../src/landscape/slice.ts';
import { lossOf } from '../../src/losses/registry.ts';
import { parametersOf } from '../../src/model/foundParameters.ts';
import { type DescentState, startDescent, stepDescent } from '../../src/optimise/descent.ts';
import { modelObjective } from '../../src/peakspace/model/modelObjective.ts';
import { DEFAULT_INPUTS } from '../../src/state/core/inputs.ts';
import { linkOf, readLink } from '../../src/state/core/permalink.ts';
import { planOf } from '../../src/state/explore/descentJob.ts';
import { modelChoice } from '../../src/state/explore/modelChoice.ts';
import { sliceOf } from '../../src/state/explore/selectors.ts';
import { explorerInputs, shownCrystal } from '../../src/state/study/openTrial.ts';
import { type Conditions, PAPER_CONDITIONS, trialsOf } from '../../src/study/plan.ts';
import { seriesOf } from '../../src/study/presets.ts';
import { type FinishedTrial, isFinished } from '../../src/study/record.ts';
import { trialRunner } from '../../src/study/trialRunner.ts';
import { operatorsOf } from '../../src/symmetry/operatorsOf.ts';
import { libraryStructure } from '../support/library.ts';
import { moyoInNode } from '../support/moyo.ts';

const moyo = moyoInNode();
const CONDITIONS: Conditions = { ...PAPER_CONDITIONS, maxIterations: 400 };

function coordinateTrials(id: string): FinishedTrial[] {
  const run = trialRunner(new Map([[id, libraryStructure(id)]]), CONDITIONS);
  const plan = {
    ...{ conditions: CONDITIONS, structures: [id], noise: 'coordinates' as const, levels: [0.02] },
    ...{ series: seriesOf('coordinates', ['cosine'], ['unconstrained']), variants: 1, firstVariant: 0 },
  };
  return trialsOf(plan)
    .map(trial => run(trial))
    .filter(isFinished);
}

/** The descent of the explorer from the inputs' first start, as it computes it. */
function explorerDescent(inputs: typeof DEFAULT_INPUTS, structure: Structure): DescentState {
  const found = parametersOf(structure, operatorsOf(moyo, structure), inputs.instrument);
  const model = modelChoice(inputs, { ...found, structure, eta: inputs.instrument.eta });
  const slice = sliceOf(inputs, structure.cell, structure.family, model);
  const plan = planOf(inputs, slice, structure.family, inputs.starts[0]!, 'unconstrained');
  expect(plan.start).toHaveLength(strideOf(slice));
  const { target } = simulatedTarget(structure.sites, PAPER_INSTRUMENT, structure.cell);
  const objective = modelObjective({
    ...{ sites: structure.sites, instrument: PAPER_INSTRUMENT, loss: lossOf('cosine'), target },
    ...{ excluded: null, moved: model!.moved, cellMoves: model!.cellMoves },
  });
  const state = startDescent(plan, objective);
  while (!state.stopped) stepDescent(state, objective);
  return state;
}

describe.each(['BPO4', 'VNi2S3'])('a trial of coordinate noise opens in the explorer: %s', id => {
  const structure = libraryStructure(id);
  const [distorted, descended] = coordinateTrials(id) as [FinishedTrial, FinishedTrial];
  const shown = shownCrystal(descended, structure, CONDITIONS);
  const inputs = explorerInputs(
    DEFAULT_INPUTS,
    descended,
    { id: 'own-12345678', structure: shown },
    CONDITIONS,
  );

  it('in the cell that the study distorts, on two coordinates of the atom that is furthest off', () => {
    expect(descended.setting).toBe('unconstrained');
    expect(distorted.setting).toBe('distorted');
    // BPO4 and its like are centred: half the atoms
    const centred = structure.spaceGroup.symbol.startsWith('I') ? 2 : 1;
    expect(shown.sites).toHaveLength(structure.sites.length / centred);
    const { x, y, xRange, yRange } = inputs.slice;
    expect([x, y].map(name => name.slice(1))).toEqual([x.slice(1), x.slice(1)]);
    const [start] = inputs.starts;
    expect(start!.x > xRange![0] && start!.x < xRange![1]).toBe(true);
    expect(start!.y > yRange![0] && start!.y < yRange![1]).toBe(true);
  });

  it('and goes the way that the study went', () => {
    const state = explorerDescent(inputs, shown);
    expect(inputs.focus).toEqual({ kind: 'step', start: 0, mode: 'unconstrained', step: descended.steps });
    expect(state.step).toBe(descended.steps);
    expect(state.loss).toBeCloseTo(descended.last!, 7);
    const [first] = descended.fract!;
    expect(state.cell[6]! - Math.floor(state.cell[6]!)).toBeCloseTo(first! - Math.floor(first!), 5);
  });

  it('from a link too', () => {
    const read = readLink(linkOf({ ...inputs, structureId: id }));
    expect(read.refused).toEqual([]);
    expect(read.inputs.starts[0]!.cell).toHaveLength(inputs.starts[0]!.cell!.length);
    expect(read.inputs.slice).toMatchObject({ x: inputs.slice.x, y: inputs.slice.y });
  });
});

describe('a trial of lattice and coordinates together', () => {
  it('opens on a length and a coordinate, and all moves', () => {
    const structure = libraryStructure('BPO4');
    const trial = { ...coordinateTrials('BPO4')[1]!, noise: 'both', sigma: 0.02 } as FinishedTrial;
    const shown = shownCrystal(trial, structure, CONDITIONS);
    const inputs = explorerInputs(
      DEFAULT_INPUTS,
      trial,
      { id: 'own-12345678', structure: shown },
      CONDITIONS,
    );
    expect(inputs.slice.x).toBe('a');
    expect(inputs.slice.y).toMatch(/^[xyz]\.\d+$/);
    const found = parametersOf(shown, operatorsOf(moyo, shown), PAPER_INSTRUMENT);
    const model = modelChoice(inputs, { ...found, structure: shown, eta: 0.1 })!;
    expect(model.cellMoves).toBe(true);
    expect(inputs.starts[0]!.cell).toHaveLength(6 + model.moved.length);
  });
});
