import { type Cell, sameCell } from '../../crystal/cell.ts';
import type { FamilyId } from '../../crystal/family.ts';
import type { Structure } from '../../crystal/structure.ts';
import type { LossProblem } from '../../engine/engine.ts';
import { type Slice, type SliceModel, sliceParameter, slicePoint } from '../../landscape/slice.ts';
import type { LossWidths } from '../../losses/loss.ts';
import type { Point } from '../../model/parameter.ts';
import type { Inputs } from '../core/inputs.ts';
import type { State } from '../core/store.ts';
import type { ContinuedRun } from './continuedRun.ts';
import { type PathRun, pointOfStep, shownStep } from './descentRun.ts';
import type { PathMode } from './exploreSettings.ts';
import type { CrystalSubject, MapState, StageMap } from './exploreState.ts';
import { isLatticeSlice, modelChoice, truePoint } from './modelChoice.ts';

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
export function sliceOf(
  inputs: Pick<Inputs, 'slice'>,
  truth: Cell,
  family: FamilyId,
  model: SliceModel | null = null,
): Slice {
  const { x, y, xRange, yRange, resolution, tied } = inputs.slice;
  const slice: Slice = {
    ...{ x, y, xRange: NO_RANGE, yRange: NO_RANGE, nx: resolution, ny: resolution, tied, family },
    base: truePoint(truth, model),
    ...(model ? { model } : {}),
  };
  return {
    ...slice,
    xRange: xRange ?? sliceParameter(slice, 'x').range,
    yRange: yRange ?? sliceParameter(slice, 'y').range,
  };
}

const NO_RANGE = [0, 0] as const;

type Asked = Pick<State, 'inputs' | 'structure' | 'parameters'>;

/** What the slice moves where that is not the cell alone. */
export const modelOf = ({ inputs, structure, parameters }: Asked): SliceModel | null =>
  modelChoice(inputs, parameters?.structure === structure ? parameters : null);

/** True while the parameters of an axis are not known of the crystal on screen. */
export const waitsForModel = (state: Asked): boolean => !isLatticeSlice(state.inputs) && !modelOf(state);

/** The slice that the inputs ask for; null while its parameters are not known of the crystal on screen. */
export function askedSlice(state: Asked): Slice | null {
  const { inputs, structure } = state;
  if (!structure || waitsForModel(state)) return null;
  const model = modelOf(state);
  const family = chosenFamily(state);
  const asked = [inputs.slice, structure.cell, family, model] as const;
  if (lastSlice?.asked.every((value, i) => value === asked[i])) return lastSlice.slice;
  lastSlice = { asked, slice: sliceOf(inputs, structure.cell, family, model) };
  return lastSlice.slice;
}

/** The last one, so that it is the same object while nothing changes. */
let lastSlice: { readonly asked: readonly unknown[]; readonly slice: Slice } | null = null;

/** True where a problem moves what a slice asks for: after a change of axes the last problem stays for a while. */
export const isProblemOf = ({ model }: LossProblem, slice: Slice): boolean =>
  model?.moved === slice.model?.moved;

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
  const slice = problem && askedSlice(state);
  return structure && slice && isProblemOf(problem, slice) ? { inputs, structure, problem, slice } : null;
}

/** The point of the current crystal; null while a descent has no iterate yet. */
export function currentPoint(state: State, slice: Slice): Point | null {
  const { focus } = state.inputs;
  if (state.hover && !state.play.playing) return slicePoint(slice, state.hover.x, state.hover.y);
  if (state.override) return [...state.override.cell, ...slice.base.slice(6)];
  if (focus.kind === 'truth') return slice.base;
  if (focus.kind === 'probe') return slicePoint(slice, focus.x, focus.y);
  if (focus.kind === 'minimum') {
    const minimum = state.minima[focus.index];
    return minimum ? slicePoint(slice, minimum.x, minimum.y) : null;
  }
  const run = pathOf(state, focus.start, focus.mode);
  if (!run || run.count === 0) return null;
  return Array.from(pointOfStep(run, shownStep(run, focus.step)));
}

const POINTER: CrystalSubject = { kind: 'pointer' };
const OVERRIDE: CrystalSubject = { kind: 'override' };

/** Subject that `currentPoint` is the point of, with the step that a descent has reached. */
export function currentSubject(state: State): CrystalSubject {
  const { focus } = state.inputs;
  if (state.hover && !state.play.playing) return POINTER;
  if (state.override) return OVERRIDE;
  if (focus.kind !== 'step') return focus;
  const run = pathOf(state, focus.start, focus.mode);
  const step = run ? shownStep(run, focus.step) : focus.step;
  return step === focus.step ? focus : { ...focus, step };
}

type Paths = Pick<State, 'runs' | 'continued'>;

/** All that is drawn on the map: the paper's descents and the continued paths. */
export const pathsOf = ({ runs, continued }: Paths): readonly PathRun[] => [...runs, ...continued];

const pathOf = (paths: Paths, start: number, mode: PathMode): PathRun | undefined =>
  pathsOf(paths).find(run => run.start === start && run.mode === mode);

/** The continued path of the start that is followed, once it is there. */
export const continuedOf = ({ continued, play }: Pick<State, 'continued' | 'play'>): ContinuedRun | null =>
  continued.find(run => run.start === play.start && run.count > 0) ?? null;

/** The last step of the longest descent. */
export const lastDescentStep = ({ runs }: Pick<State, 'runs'>): number =>
  runs.reduce((most, run) => Math.max(most, run.count - 1), 0);

/** True while the continued path plays, on the maps of its stages: the descents before it have ended. */
export const playsContinued = ({ play }: Pick<State, 'play'>): boolean => play.follow === 'continued';

/** Last step of what is followed. */
export const lastStep = (state: Pick<State, 'runs' | 'continued' | 'play'>): number =>
  playsContinued(state) ? Math.max(0, (continuedOf(state)?.count ?? 0) - 1) : lastDescentStep(state);

/**
 * The step up to which a path is drawn; null where it is not drawn yet: the continued path comes after the descents, and
 * glides between its few steps.
 */
export function drawnStep(state: Pick<State, 'runs' | 'play'>, { mode, count }: PathRun): number | null {
  const { step } = state.play;
  if (playsContinued(state)) return Math.min(count - 1, mode === 'continued' ? step : count - 1);
  if (mode !== 'continued') return Math.min(count - 1, Math.round(step));
  return step >= lastDescentStep(state) ? count - 1 : null;
}

/** The stage that the continued path is in; null while it is not followed. */
export function shownStage(state: Pick<State, 'continued' | 'play'>): number | null {
  const run = playsContinued(state) ? continuedOf(state) : null;
  return run && run.stages[Math.floor(shownStep(run, state.play.step))]!;
}

/** The map on screen: that of the stage that the continued path is in, where it is computed, or the map of the loss. */
export function shownMap(state: State): MapState | StageMap | null {
  const stage = shownStage(state);
  const width = stage === null ? 0 : continuedOf(state)!.widths[stage]!;
  return state.stageMaps.find(map => map.width === width && map.problem === state.problem) ?? state.map;
}

/** The true cell where it is known: the target is simulated. */
export const knownTruth = ({ inputs, structure }: State): Cell | null =>
  inputs.measured.id === null ? (structure?.cell ?? null) : null;

/** The crystal under the cursor, scrubber or selected minimum: the one on screen in another cell, its atoms where they are now. */
export function currentStructure({ structure, current }: State): Structure | null {
  if (!structure || !current) return structure;
  if (current.of.kind === 'truth' && sameCell(current.cell, structure.cell)) return structure;
  const { sites = structure.sites } = current;
  return {
    ...structure,
    cell: current.cell,
    sites,
    // A point of the map has lost the symmetry that the group names.
    spaceGroup: { symbol: 'P 1', number: 1 },
    source: `${structure.source}; ${sites === structure.sites ? 'cell' : 'cell and atoms'} of ${placeOf(current.of)} by Braggscape, ${current.problem.loss} loss ${current.loss.toPrecision(6)}`,
  };
}

function placeOf(of: CrystalSubject): string {
  if (of.kind === 'step') return `step ${of.step} of the descent ${of.mode} from start ${of.start + 1}`;
  if (of.kind === 'minimum') return `minimum ${of.index} of the map`;
  if (of.kind === 'override') return 'a step of a relaxation';
  return 'a point of the map';
}
