import { isAbort } from '../../engine/engine.ts';
import type { PhasingEngine, PhasingMethods } from '../../engine/phasingEngine.ts';
import type { ArgsOf, ResultOf } from '../../engine/protocol.ts';
import { follow } from '../core/follow.ts';
import { Coalesced } from '../core/latest.ts';
import type { State } from '../store.ts';
import { type Live, type PhasesState, phasesStore } from './phasesStore.ts';

/** Results with one method of the worker each. */
type LiveKey = 'waves' | 'pattern' | 'maps' | 'patterson' | 'pair' | 'powder';

/**
 * Keeps a result up to date while it is on screen. Under a moving slider every finished picture is shown and only the
 * newest setting is computed next. Returns the way to stop.
 * @param select what the result depends on
 * @param argsOf arguments for these settings; null where there is nothing to compute
 */
export function followLive<K extends LiveKey, T extends readonly unknown[]>(
  engine: PhasingEngine,
  key: K,
  select: (state: State) => readonly [...T],
  argsOf: (values: readonly [...T]) => ArgsOf<PhasingMethods[K]> | null,
): () => void {
  const coalesced = new Coalesced();
  let stopped = false;
  let newest = 0;
  const set = (change: Partial<Live<ResultOf<PhasingMethods[K]>>>): void =>
    phasesStore.setState(
      state => ({ [key]: { ...state[key], ...change } }) as unknown as Partial<PhasesState>,
    );
  const stop = follow(select, values => {
    const args = argsOf(values);
    newest++;
    if (!args) {
      set({ busy: false });
      return;
    }
    const mine = newest;
    set({ busy: true });
    coalesced.request(async () => {
      if (stopped) return;
      try {
        const value = await engine.run(key, args);
        if (!stopped) set({ value, failure: null, busy: mine !== newest });
      } catch (error) {
        if (!stopped && !isAbort(error)) set({ failure: (error as Error).message, busy: mine !== newest });
      }
    });
  });
  return () => {
    stopped = true;
    stop();
  };
}
