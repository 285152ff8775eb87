import { store } from '../core/store.ts';
import { scrub } from './actions.ts';
import { lastStep } from './selectors.ts';

/** At 1× the longest descent plays in this time, ms: fast enough to watch all of it, slow enough to see it turn. */
const FULL_PLAY = 6000;

/**
 * One frame of the player: moves the global step on while it plays. Descents that are still computing are followed to
 * their newest step; playing stops at the end.
 * @param elapsed ms since the last frame
 */
export function advance(elapsed: number): void {
  const state = store.getState();
  const { play, runs } = state;
  if (!play.playing) return;
  const last = lastStep(state);
  const running = runs.some(run => run.status === 'computing');
  const rate = (Math.max(last, 200) / FULL_PLAY) * play.speed;
  const step = Math.min(last, play.step + Math.max(elapsed * rate, 0.02));
  const finished = step >= last && !running;
  scrub(step, !finished);
}

/** Plays from where the scrubber is, or from the beginning when it stands at the end; pauses when playing. */
export function togglePlay(): void {
  const state = store.getState();
  if (state.runs.length === 0) return;
  const { play } = state;
  if (play.playing) scrub(play.step, false);
  else scrub(play.step >= lastStep(state) ? 0 : play.step, true);
}

export const stepBy = (steps: number): void => {
  const state = store.getState();
  const now = Math.round(state.play.step);
  scrub(Math.max(0, Math.min(lastStep(state), now + steps)), false);
};
