import type { CellKey } from '../crystal/cell.ts';
import { type Instrument, instrumentProblem } from '../diffraction/instrument.ts';
import type { LossId } from '../losses/loss.ts';
import type { DescentMode } from '../optimise/modes.ts';
import {
  DEFAULT_INPUTS,
  type DescentInputs,
  type EngineChoice,
  type Focus,
  type Inputs,
  LIMITS,
  type SliceInputs,
  type ViewInputs,
} from './inputs.ts';
import { notify, store } from './store.ts';

/** What a user can do. Each action replaces the inputs; the jobs bring the results up to date. */

const UNDO_DEPTH = 100;

/** Replaces the inputs; `undoable` puts the previous ones on the undo stack. */
export function setInputs(next: Inputs, undoable = true): void {
  store.setState(state => {
    if (next === state.inputs) return {};
    if (!undoable) return { inputs: next };
    return { inputs: next, past: [...state.past, state.inputs].slice(-UNDO_DEPTH), future: [] };
  });
}

const inputs = (): Inputs => store.getState().inputs;
const patch = (change: Partial<Inputs>, undoable = true): void =>
  setInputs({ ...inputs(), ...change }, undoable);

export function undo(): void {
  store.setState(({ past, inputs: now, future }) => {
    const previous = past.at(-1);
    return previous ? { inputs: previous, past: past.slice(0, -1), future: [now, ...future] } : {};
  });
}

export function redo(): void {
  store.setState(({ past, inputs: now, future }) => {
    const [next, ...rest] = future;
    return next ? { inputs: next, past: [...past, now], future: rest } : {};
  });
}

/** A new crystal starts with its own ranges and without the starts of the last one. */
export const chooseStructure = (structureId: string): void =>
  patch({
    structureId,
    slice: { ...inputs().slice, xRange: null, yRange: null },
    starts: [],
    focus: { kind: 'truth' },
    descent: { ...inputs().descent, family: null },
    view: { ...inputs().view, zoom: null },
  });

/** The axes of the slice; choosing the parameter of the other axis swaps them. */
export function chooseAxis(axis: 'x' | 'y', key: CellKey): void {
  const { slice } = inputs();
  const other = axis === 'x' ? 'y' : 'x';
  if (slice[axis] === key) return;
  const swapped = slice[other] === key;
  const next: SliceInputs = swapped
    ? { ...slice, x: slice.y, y: slice.x, xRange: slice.yRange, yRange: slice.xRange }
    : { ...slice, [axis]: key, [`${axis}Range`]: null };
  patch({ slice: next, starts: [], focus: { kind: 'truth' } });
}

export const setSlice = (change: Partial<SliceInputs>): void =>
  patch({ slice: { ...inputs().slice, ...change } });

/** A pair of axes at once, as from a list of the fifteen. */
export const choosePair = (x: CellKey, y: CellKey): void =>
  patch({
    slice: { ...inputs().slice, x, y, xRange: null, yRange: null },
    starts: [],
    focus: { kind: 'truth' },
  });

export const setLoss = (loss: LossId): void => patch({ loss, view: { ...inputs().view, colourRange: null } });

/** Refused, with the reason, when the settings are not an instrument. */
export function setInstrument(change: Partial<Instrument>): string | null {
  const instrument = { ...inputs().instrument, ...change };
  const problem = instrumentProblem(instrument);
  if (problem === null) patch({ instrument });
  return problem;
}

export const resetInstrument = (): void => patch({ instrument: DEFAULT_INPUTS.instrument });

export const setDescent = (change: Partial<DescentInputs>): void =>
  patch({ descent: { ...inputs().descent, ...change } });

export const resetDescent = (): void => patch({ descent: DEFAULT_INPUTS.descent });

export const setView = (change: Partial<ViewInputs>): void =>
  patch({ view: { ...inputs().view, ...change } }, false);

export const setEngine = (engine: EngineChoice): void => patch({ engine }, false);

/** The current crystal. Not undoable: it follows the pointer. */
export const setFocus = (focus: Focus): void => patch({ focus }, false);

/** The slice point under the pointer, or none. */
export const setHover = (hover: { readonly x: number; readonly y: number } | null): void =>
  store.setState({ hover });

/** Three descents start here; `additive` keeps those of earlier starts. */
export function dropStart(x: number, y: number, additive: boolean): void {
  const kept = additive ? inputs().starts : [];
  if (kept.length >= LIMITS.starts) {
    notify({
      id: 'starts',
      tone: 'warning',
      text: `At most ${LIMITS.starts} starts are kept. Clear some first.`,
    });
    return;
  }
  const index = kept.length;
  const follow = store.getState().play.follow;
  const mode = inputs().descent.modes.includes(follow)
    ? follow
    : (inputs().descent.modes[0] ?? 'constrained');
  patch({ starts: [...kept, { x, y }], focus: { kind: 'step', start: index, mode, step: 0 } });
  store.setState(state => ({
    play: { ...state.play, playing: true, step: 0, start: index, follow: mode },
  }));
}

export function clearStarts(): void {
  patch({ starts: [], focus: { kind: 'truth' } });
  store.setState(state => ({ play: { ...state.play, playing: false, step: 0, start: 0 } }));
}

/** Follows one descent: its step is the current crystal. */
export function followRun(start: number, mode: DescentMode): void {
  const { play } = store.getState();
  store.setState({ play: { ...play, follow: mode, start } });
  setFocus({ kind: 'step', start, mode, step: play.step });
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
