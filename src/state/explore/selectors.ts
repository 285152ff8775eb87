import type { Cell } from '../../crystal/cell.ts';
import type { FamilyId } from '../../crystal/family.ts';
import type { Structure } from '../../crystal/structure.ts';
import type { LossProblem } from '../../engine/engine.ts';
import { defaultRange, type Slice, sliceCell } from '../../landscape/slice.ts';
import type { LossWidths } from '../../losses/loss.ts';
import type { Inputs } from '../core/inputs.ts';
import type { State } from '../core/store.ts';
import { shownStep } from './descentRun.ts';
import type { CrystalSubject } from './exploreState.ts';

/** Values that follow from the state without being stored in it. */

/** The family whose projector the constrained descents use. */
export const chosenFamily = (state: Pick<State, 'inputs' | 'structure'>): FamilyId =>
  state.inputs.descent.family ?? state.structure?.family ?? 'triclinic';

/** Widths of the losses that have one. */
export const lossWidthsOf = ({ lossWidth, lossAlpha }: Inputs): LossWidths => ({
  width: lossWidth,
  alpha: lossAlpha,
});

/** The slice that the inputs ask of the crystal on screen. */
export function sliceOf(inputs: Pick<Inputs, 'slice'>, truth: Cell, family: FamilyId): Slice {
  const { x, y, xRange, yRange, resolution, tied } = inputs.slice;
  return {
    x,
    y,
    base: truth,
    xRange: xRange ?? defaultRange(x, truth),
    yRange: yRange ?? defaultRange(y, truth),
    nx: resolution,
    ny: resolution,
    tied,
    family,
  };
}

/** The crystal with its problem and the slice that the inputs ask for: what everything on the map is computed from. */
export interface Scene {
  readonly inputs: Inputs;
  readonly structure: Structure;
  readonly problem: LossProblem;
  readonly slice: Slice;
}

/** Crystal on screen; null while there is no crystal or no problem of it. */
export function sceneOf(state: State): Scene | null {
  const { inputs, structure, problem } = state;
  return structure && problem
    ? { inputs, structure, problem, slice: sliceOf(inputs, structure.cell, chosenFamily(state)) }
    : null;
}

/** The cell of the current crystal; null while a descent has no iterate yet. */
export function currentCell(state: State, slice: Slice): Cell | null {
  const { focus } = state.inputs;
  if (state.hover && !state.play.playing) return sliceCell(slice, state.hover.x, state.hover.y);
  if (state.guest) return state.guest.cell;
  if (focus.kind === 'truth') return slice.base;
  if (focus.kind === 'probe') return sliceCell(slice, focus.x, focus.y);
  if (focus.kind === 'minimum') {
    const minimum = state.minima[focus.index];
    return minimum ? sliceCell(slice, minimum.x, minimum.y) : null;
  }
  const run = state.runs.find(entry => entry.start === focus.start && entry.mode === focus.mode);
  if (!run || run.count === 0) return null;
  const at = 6 * shownStep(run, focus.step);
  return Array.from(run.cells.subarray(at, at + 6)) as unknown as Cell;
}

const POINTER: CrystalSubject = { kind: 'pointer' };
const GUEST: CrystalSubject = { kind: 'guest' };

/** Subject that `currentCell` is the cell of, with the step that a descent has reached. */
export function currentSubject(state: State): CrystalSubject {
  const { focus } = state.inputs;
  if (state.hover && !state.play.playing) return POINTER;
  if (state.guest) return GUEST;
  if (focus.kind !== 'step') return focus;
  const run = state.runs.find(entry => entry.start === focus.start && entry.mode === focus.mode);
  const step = run ? shownStep(run, focus.step) : focus.step;
  return step === focus.step ? focus : { ...focus, step };
}

/** The longest descent: how far the scrubber goes. */
export const lastStep = (state: Pick<State, 'runs'>): number =>
  state.runs.reduce((most, run) => Math.max(most, run.count - 1), 0);
