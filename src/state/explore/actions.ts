import type { Instrument } from '../../diffraction/instrument.ts';
import { type Slice, sliceParameter, slicePlaces } from '../../landscape/slice.ts';
import type { LossId } from '../../losses/loss.ts';
import { lossOf } from '../../losses/registry.ts';
import type { Point } from '../../model/parameter.ts';
import type { DescentMode } from '../../optimise/modes.ts';
import type { Inputs } from '../core/inputs.ts';
import { notify } from '../core/notices.ts';
import type { PageId } from '../core/pages.ts';
import { placeOf } from '../core/settings.ts';
import { store } from '../core/store.ts';
import { changeSetting, changeSettings, setInputs } from '../core/undo.ts';
import {
  ALL_MODES,
  type DescentInputs,
  type EngineChoice,
  type Focus,
  type PathMode,
  PLACES,
  type SliceInputs,
  type Start,
} from './exploreSettings.ts';
import { latticeAxes } from './modelChoice.ts';
import { askedSlice, currentPoint, lastStep } from './selectors.ts';
import type { ViewInputs } from './viewSettings.ts';

/** Actions of a user. Each replaces the inputs; the jobs bring the results up to date. */

const inputs = (): Inputs => store.getState().inputs;
const patch = (change: Partial<Inputs>, undoable = true): void =>
  setInputs({ ...inputs(), ...change }, undoable);

/** Shows another page; the settings of all pages stay. */
export const openPage = (page: PageId): void => patch({ page }, false);

const resets: ((inputs: Inputs) => Inputs)[] = [];

/** Has a page take away what speaks of the atoms of a crystal when another one is chosen. */
export const onAnotherCrystal = (reset: (inputs: Inputs) => Inputs): void => void resets.push(reset);

/** A new crystal starts with its own ranges and without the starts of the last one. */
export const chooseStructure = (structureId: string): void =>
  setInputs(
    resets.reduce((next, reset) => reset(next), {
      ...inputs(),
      structureId,
      // atoms of one crystal are none of another
      slice: {
        ...inputs().slice,
        ...latticeAxes(inputs()),
        xRange: null,
        yRange: null,
      },
      starts: [],
      focus: { kind: 'truth' },
      descent: { ...inputs().descent, family: null },
      view: { ...inputs().view, zoom: null },
    } as Inputs),
  );

/** The axes of the slice; choosing the parameter of the other axis swaps them. */
export function chooseAxis(axis: 'x' | 'y', key: string): void {
  const { slice } = inputs();
  const other = axis === 'x' ? 'y' : 'x';
  if (slice[axis] === key) return;
  const swapped = slice[other] === key;
  const next: SliceInputs = swapped
    ? { ...slice, x: slice.y, y: slice.x, xRange: slice.yRange, yRange: slice.xRange }
    : { ...slice, [axis]: key, [`${axis}Range`]: null };
  patch({ slice: next, starts: [], focus: { kind: 'truth' } });
}

export const setSlice = (change: Partial<SliceInputs>): void => void changeSettings('slice', change);

/** Another loss; a learning rate that is the usual one of the last loss becomes that of the new one. */
export function setLoss(loss: LossId): void {
  const { loss: last, descent } = inputs();
  changeSetting(placeOf(null, 'loss'), loss);
  if (descent.learningRate === lossOf(last).descentRate)
    patch({ descent: { ...descent, learningRate: lossOf(loss).descentRate } }, false);
}

/** Refused, with the reason, when the settings are not an instrument. */
export const setInstrument = (change: Partial<Instrument>): string | null =>
  changeSettings('instrument', change);

export const setDescent = (change: Partial<DescentInputs>): void => void changeSettings('descent', change);

/** Switches one of the three settings on or off; the last one stays. */
export function toggleMode(mode: DescentMode, on: boolean): void {
  const modes = ALL_MODES.filter(entry => (entry === mode ? on : inputs().descent.modes.includes(entry)));
  if (modes.length > 0) setDescent({ modes });
  else notify({ id: 'modes', tone: 'info', text: 'At least one of the three descents stays.' });
}

/** Switches the continued path on or off. */
export function toggleContinued(continued: boolean): void {
  const { play } = store.getState();
  if (!continued && play.follow === 'continued') followRun(play.start, play.plain);
  setDescent({ continued });
}

export const setView = (change: Partial<ViewInputs>): void => void changeSettings('view', change);

export const setEngine = (engine: EngineChoice): void => patch({ engine }, false);

/** Points of the slice keep six decimals, as many as a link carries, so that a link repeats the same numbers. */
const rounded = (value: number): number => Number(value.toFixed(6));

/** The current crystal. Not undoable: it follows the pointer. */
export const setFocus = (focus: Focus): void =>
  patch(
    { focus: focus.kind === 'probe' ? { ...focus, x: rounded(focus.x), y: rounded(focus.y) } : focus },
    false,
  );

/** The slice point under the pointer, or none. While a descent plays the pointer does not take over. */
export const setHover = (hover: { readonly x: number; readonly y: number } | null): void =>
  store.setState(({ play }) => ({ hover: play.playing ? null : hover }));

/** Place of the current crystal on the slice; null while there is none. */
export function probePoint(): { x: number; y: number } | null {
  const state = store.getState();
  const slice = askedSlice(state);
  const point = slice && currentPoint(state, slice);
  return point ? projected(slice, point) : null;
}

function projected(slice: Slice, point: ArrayLike<number>): { x: number; y: number } {
  const [px, py] = slicePlaces(slice);
  return { x: point[px]!, y: point[py]! };
}

/** Moves the probe by grid steps, inside the ranges. */
export function moveProbe(stepsX: number, stepsY: number): void {
  const { play } = store.getState();
  const from = probePoint();
  const slice = askedSlice(store.getState());
  if (!slice || !from) return;
  const moved = (value: number, steps: number, [low, high]: readonly [number, number], n: number): number =>
    Math.max(low, Math.min(high, value + (steps * (high - low)) / (n - 1)));
  store.setState({ hover: null, play: { ...play, playing: false } });
  setFocus({
    kind: 'probe',
    x: moved(from.x, stepsX, slice.xRange, slice.nx),
    y: moved(from.y, stepsY, slice.yRange, slice.ny),
  });
}

/** Three descents start at the current crystal. */
export function dropAtProbe(additive: boolean): void {
  const point = probePoint();
  if (point) dropStart(point.x, point.y, additive);
}

/** Ranges of both axes at once, kept inside what a cell can be. A gesture is undone as a whole: its first call counts. */
export function setRanges(
  xRange: readonly [number, number] | null,
  yRange: readonly [number, number] | null,
  undoable: boolean,
): void {
  const asked = askedSlice(store.getState());
  if (!asked) return;
  const next = {
    ...inputs().slice,
    xRange: xRange && allowedRange(sliceParameter(asked, 'x').limits, xRange),
    yRange: yRange && allowedRange(sliceParameter(asked, 'y').limits, yRange),
  };
  patch({ slice: next }, undoable);
}

function allowedRange(
  [least, most]: readonly [number, number],
  [low, high]: readonly [number, number],
): [number, number] {
  const span = Math.max(1e-3, Math.min(high - low, most - least));
  const from = Math.max(least, Math.min(most - span, low));
  return [Number(from.toFixed(5)), Number((from + span).toFixed(5))];
}

/**
 * Three descents start here; `additive` keeps those of earlier starts.
 * @param cell numbers of a start off the slice, whose others are kept
 */
export function dropStart(x: number, y: number, additive: boolean, cell?: Point): void {
  const kept = additive ? inputs().starts : [];
  if (kept.length >= PLACES.starts.codec.most) {
    notify({
      id: 'starts',
      tone: 'warning',
      text: `At most ${PLACES.starts.codec.most} starts are kept. Clear some first.`,
    });
    return;
  }
  const index = kept.length;
  const { plain } = store.getState().play;
  const mode = inputs().descent.modes.includes(plain) ? plain : (inputs().descent.modes[0] ?? 'constrained');
  patch({
    starts: [...kept, movedTo(cell ? { cell } : {}, x, y)],
    focus: { kind: 'step', start: index, mode, step: 0 },
  });
  store.setState(state => ({
    hover: null,
    play: { ...state.play, playing: true, step: 0, start: index, follow: mode, plain: mode },
  }));
}

/** A start elsewhere on the map; the parameters off it stay. */
function movedTo({ cell }: Pick<Start, 'cell'>, x: number, y: number): Start {
  const point = { x: rounded(x), y: rounded(y) };
  const slice = askedSlice(store.getState());
  if (!cell || !slice) return point;
  const moved = Array.from(cell);
  const [px, py] = slicePlaces(slice);
  moved[px] = point.x;
  moved[py] = point.y;
  return { ...point, cell: moved };
}

/** Moves one start; its descents run again. */
export function moveStart(index: number, x: number, y: number, undoable: boolean): void {
  patch(
    { starts: inputs().starts.map((start, i) => (i === index ? movedTo(start, x, y) : start)) },
    undoable,
  );
}

export function clearStarts(): void {
  patch({ starts: [], focus: { kind: 'truth' } });
  store.setState(state => ({
    play: { ...state.play, follow: state.play.plain, playing: false, step: 0, start: 0 },
  }));
}

/** Follows one path: its step is the current crystal. Between the descents and the continued path, at its end. */
export function followRun(start: number, mode: PathMode): void {
  const { play } = store.getState();
  const plain = mode === 'continued' ? play.plain : mode;
  store.setState({ play: { ...play, follow: mode, plain, start } });
  const crosses = (mode === 'continued') !== (play.follow === 'continued');
  scrub(crosses ? lastStep(store.getState()) : play.step, play.playing);
}

/** Puts the player at the step that is the current crystal, so that path, scrubber and numbers agree. */
export function playAtFocus(): void {
  const { focus } = inputs();
  if (focus.kind !== 'step') return;
  const { start, mode, step } = focus;
  const plain = mode === 'continued' ? {} : { plain: mode };
  store.setState(({ play }) => ({ play: { ...play, ...plain, start, follow: mode, step, playing: false } }));
}

/** Scrubs all descents to a step. */
export function scrub(step: number, playing = false): void {
  const { play } = store.getState();
  store.setState({ play: { ...play, step, playing } });
  if (inputs().starts.length > play.start)
    setFocus({ kind: 'step', start: play.start, mode: play.follow, step: Math.round(step) });
}

export const setSpeed = (speed: number): void =>
  store.setState(state => ({ play: { ...state.play, speed } }));
