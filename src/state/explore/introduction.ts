import { DEFAULT_INPUTS } from '../core/inputs.ts';
import { store } from '../core/store.ts';
import { setInputs } from '../core/undo.ts';
import { dropStart } from './actions.ts';
import { firstMap } from './firstMap.ts';

/** Over a and c of U2Ti: all three descents of the paper fail from here, and the continued one arrives. */
export const INTRODUCTION = { x: 4.5, y: 3.08 } as const;

/** What a device remembers: that the introduction has played on it. */
const KEY = 'braggscape-introduced';
const INPUTS = ['pointerdown', 'keydown', 'wheel'] as const;

/** Calls once at the next input of any kind. Returns the way to stop listening. */
function onInput(told: () => void): () => void {
  const stop = (): void => {
    for (const kind of INPUTS) removeEventListener(kind, heard, true);
  };
  const heard = (): void => {
    stop();
    told();
  };
  for (const kind of INPUTS) addEventListener(kind, heard, { capture: true, passive: true });
  return stop;
}

/** Plays the introduction from the settings that a page begins with; any input stops it, and leaves what is there. */
export function playIntroduction(): void {
  const { inputs } = store.getState();
  setInputs({ ...DEFAULT_INPUTS, tour: null, engine: inputs.engine }, true);
  dropStart(INTRODUCTION.x, INTRODUCTION.y, false);
  store.setState({ introduced: true });
  onInput(() => {
    const { play } = store.getState();
    if (play.playing) store.setState({ introduced: false, play: { ...play, playing: false } });
  });
}

/** Plays it once on a device, when the first map is there and nothing has been touched. */
export function introduceOnce(): void {
  try {
    if (localStorage.getItem(KEY)) return;
    localStorage.setItem(KEY, '1');
  } catch {
    // What cannot be remembered would play again and again.
    return;
  }
  const { inputs } = store.getState();
  let touched = false;
  const stop = onInput(() => {
    touched = true;
  });
  void firstMap(Number.POSITIVE_INFINITY).then(() => {
    stop();
    if (!touched && store.getState().inputs === inputs) playIntroduction();
  });
}
