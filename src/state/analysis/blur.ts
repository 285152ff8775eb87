import { store } from '../core/store.ts';
import { setAnalysis } from './analysisSettings.ts';

let wanted: { readonly factor: number; readonly undoable: boolean } | null = null;
let waiting = false;

/**
 * The peak-width factor under a moving slider: the newest value is taken as soon as the first picture of the last one is
 * there, so that every value shown has a map and none holds up the next.
 * @param undoable whether it is the first change of a gesture
 */
export function blurLive(factor: number, undoable: boolean): void {
  wanted = { factor, undoable: undoable || (wanted?.undoable ?? false) };
  if (waiting) return;
  waiting = true;
  take();
}

function take(): void {
  if (wanted === null) {
    waiting = false;
    return;
  }
  const { factor, undoable } = wanted;
  wanted = null;
  setAnalysis({ blur: factor }, undoable);
  const drawn = (): boolean => {
    const { map, problem, job } = store.getState();
    return map?.problem === problem || job.status !== 'computing';
  };
  if (drawn()) {
    // the factor did not change anything, or nothing is computed
    requestAnimationFrame(take);
    return;
  }
  const stop = store.subscribe(() => {
    if (!drawn()) return;
    stop();
    requestAnimationFrame(take);
  });
}
