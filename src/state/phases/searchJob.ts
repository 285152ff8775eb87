import { isAbort } from '../../engine/engine.ts';
import type { PhasingEngine } from '../../engine/phasingEngine.ts';
import { follow } from '../core/follow.ts';
import { Latest } from '../core/latest.ts';
import { phasesStore } from './phasesStore.ts';

/** Searches for homometric sets whenever circle or number of points change; the newest search wins. */
export function followSearch(engine: PhasingEngine): () => void {
  const latest = new Latest();
  const stop = follow(
    ({ inputs: { phases } }) =>
      [phases.experiment === 'homometric', phases.divisions, phases.points] as const,
    ([here, n, k]) => {
      const signal = latest.next();
      if (!here) return;
      const known = phasesStore.getState().search.value;
      if (known?.n === n && known.k === k) return;
      void search(engine, n, k, signal);
    },
  );
  return () => {
    stop();
    latest.cancel();
  };
}

async function search(engine: PhasingEngine, n: number, k: number, signal: AbortSignal): Promise<void> {
  const set = (change: Partial<ReturnType<typeof phasesStore.getState>>): void => {
    if (!signal.aborted) phasesStore.setState(change);
  };
  const { value: last } = phasesStore.getState().search;
  set({ search: { value: last, busy: true, failure: null }, searching: null });
  try {
    const value = await engine.run(
      'search',
      { n, k },
      { signal, onProgress: searching => set({ searching }) },
    );
    set({ search: { value, busy: false, failure: null }, searching: null });
  } catch (error) {
    if (!isAbort(error))
      set({ search: { value: last, busy: false, failure: (error as Error).message }, searching: null });
  }
}
