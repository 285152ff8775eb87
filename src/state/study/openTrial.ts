import { type Cell, type CellKey, cellIndex } from '../../crystal/cell.ts';
import { familyOf, projectCell } from '../../crystal/family.ts';
import type { Structure } from '../../crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../diffraction/instrument.ts';
import { latticeNoise } from '../../noise/noise.ts';
import { seededRng } from '../../num/rng.ts';
import type { DescentMode } from '../../optimise/modes.ts';
import { descentScale } from '../../study/descentLoss.ts';
import type { Conditions } from '../../study/plan.ts';
import type { FinishedTrial } from '../../study/record.ts';
import { searchOf } from '../../study/searches.ts';
import type { Inputs } from '../core/inputs.ts';
import { store } from '../core/store.ts';
import { setInputs } from '../core/undo.ts';
import { playAtFocus } from '../explore/actions.ts';
import { latticeAxes } from '../explore/modelChoice.ts';
import { targetOf } from '../explore/problem.ts';

/** The distorted cell of a lattice trial, from its seed. */
export const trialStart = (trial: FinishedTrial, structure: Structure): Cell =>
  latticeNoise(structure.cell, trial.sigma, seededRng(trial.seed));

/** View of a lattice trial in the explorer: its start, its descent, its last step; a search stands at its start. */
export function explorerInputs(
  inputs: Inputs,
  trial: FinishedTrial,
  structure: Structure,
  conditions: Conditions,
): Inputs {
  const start = trialStart(trial, structure);
  const loss = trial.loss ?? 'cosine';
  const axes = { ...inputs.slice, ...latticeAxes(inputs) };
  const { target } = targetOf(structure, PAPER_INSTRUMENT);
  const scale = descentScale(loss, target);
  const { setting } = trial;
  const search = searchOf(setting);
  const mode: DescentMode =
    setting === 'distorted' || search
      ? 'unconstrained'
      : setting === 'projected'
        ? 'constrained'
        : (setting as DescentMode);
  const end =
    setting === 'distorted' || setting === 'projected' ? startOf(trial, start, structure) : trial.end;
  const at = (key: 'x' | 'y'): number => start[cellIndex(axes[key])]!;
  return {
    ...inputs,
    page: 'explore',
    structureId: trial.structure,
    loss,
    instrument: PAPER_INSTRUMENT,
    slice: {
      ...axes,
      xRange: rangeFor(axes.x, [structure.cell, start, end]),
      yRange: rangeFor(axes.y, [structure.cell, start, end]),
      tied: false,
    },
    starts: [{ x: at('x'), y: at('y'), cell: start }],
    descent: {
      ...inputs.descent,
      space: 'full',
      reading: 'full',
      family: null,
      learningRate: Number(((trial.learningRate ?? inputs.descent.learningRate) * scale).toPrecision(8)),
      maxIterations: conditions.maxIterations,
      stopGain: conditions.stopGain / scale,
      momentum: 0,
      jitter: 0,
      ...(search?.freedom ? { continued: true } : {}),
      modes: [...new Set<DescentMode>([mode, 'unconstrained', 'constrained'])],
    },
    // the path on the map takes other steps than the search
    focus: search
      ? { kind: 'step', start: 0, mode: search.freedom ? 'continued' : mode, step: 0 }
      : { kind: 'step', start: 0, mode, step: trial.steps },
  };
}

const startOf = (trial: FinishedTrial, start: Cell, { family }: Structure): Cell =>
  trial.setting === 'projected' ? projectCell(familyOf(family), start) : start;

/** A range that holds truth, start and end with a tenth to spare. */
function rangeFor(key: CellKey, cells: readonly (readonly number[])[]): [number, number] {
  const values = cells.map(cell => cell[cellIndex(key)]!);
  const truth = values[0]!;
  const low = Math.min(0.9 * truth, ...values.map(value => value - 0.02 * truth));
  const high = Math.max(1.1 * truth, ...values.map(value => value + 0.02 * truth));
  const [least, most] = ['a', 'b', 'c'].includes(key) ? [0.5, 1000] : [1, 179];
  return [Number(Math.max(least, low).toFixed(3)), Number(Math.min(most, high).toFixed(3))];
}

/** Opens a lattice trial in the explorer at its seed and last step. */
export function openTrial(trial: FinishedTrial, structure: Structure, conditions: Conditions): void {
  setInputs(explorerInputs(store.getState().inputs, trial, structure, conditions));
  playAtFocus();
}
