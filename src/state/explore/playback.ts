import { store } from '../core/store.ts';
import { followRun, scrub } from './actions.ts';
import type { PathRun } from './descentRun.ts';
import type { PathMode } from './exploreSettings.ts';
import { continuedOf, lastDescentStep, lastStep, playsContinued } from './selectors.ts';

/** At 1× the longest descent plays in this time, ms: fast enough to watch all of it, slow enough to see it turn. */
const FULL_PLAY = 6000;
/** The continued path after it, ms. */
const CONTINUED_PLAY = 5000;

/**
 * One frame of the player: moves the global step on while it plays. Descents that are still computing are followed to
 * their newest step; where they have ended the continued path follows, stage by stage; at its end playing stops.
 * @param elapsed ms since the last frame
 */
export function advance(elapsed: number): void {
  const state = store.getState();
  const { play, runs, continued } = state;
  if (!play.playing) return;
  const last = lastStep(state);
  const after = playsContinued(state);
  const rate = (after ? last / CONTINUED_PLAY : Math.max(last, 200) / FULL_PLAY) * play.speed;
  const step = Math.min(last, play.step + Math.max(elapsed * rate, 0.02));
  if (after) {
    scrub(step, step < last);
    return;
  }
  const more = continued.some(run => run.start === play.start && run.status === 'computing');
  const running = more || runs.some(run => run.status === 'computing');
  if (step >= last && !running && continuedOf(state)) goTo('continued', 0, true);
  else scrub(step, step < last || running);
}

/** Plays from where the scrubber is, or from the beginning when it stands at the end; pauses when playing. */
export function togglePlay(): void {
  const state = store.getState();
  if (state.runs.length === 0) return;
  const { play } = state;
  if (play.playing) scrub(play.step, false);
  else if (play.step < lastStep(state)) scrub(play.step, true);
  else if (!playsContinued(state) && continuedOf(state)) goTo('continued', 0, true);
  else goTo(play.plain, 0, true);
}

/** Steps on or back; from the last step of the descents on into the continued path, and from its first one back. */
export function stepBy(steps: number): void {
  const state = store.getState();
  // A link may name a step beyond the end.
  const next = Math.round(Math.min(lastStep(state), state.play.step)) + steps;
  const after = playsContinued(state);
  if (after && next < 0) goTo(state.play.plain, lastDescentStep(state) + next + 1);
  else if (!after && next > lastDescentStep(state) && continuedOf(state)) goTo('continued', 0);
  else scrub(Math.max(0, Math.min(lastStep(state), next)), false);
}

/** Follows a path of the start on screen at a step. */
export function goTo(mode: PathMode, step: number, playing = false): void {
  followRun(store.getState().play.start, mode);
  scrub(step, playing);
}

/** Follows a path at its last step. */
export function goToEnd({ start, mode, count }: Pick<PathRun, 'start' | 'mode' | 'count'>): void {
  followRun(start, mode);
  scrub(Math.max(0, count - 1));
}
