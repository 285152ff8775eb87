import { type State, store } from '../core/store.ts';

/** Time that what a page can do without waits for a map that has begun to show, ms; most maps are through by then. */
export const MAP_PATIENCE = 3000;

/** True where the first map is finished, or none is on its way. */
const settled = ({ job, failure, inputs }: State): boolean =>
  inputs.page !== 'explore' || failure !== null || !['idle', 'computing'].includes(job.status);

/**
 * Resolves once the first map is there: what the page can do without until then starts afterwards, so that neither its
 * code nor its work delays the map.
 * @param patience ms after the first coarse picture of the map at which a long one is no longer waited for; infinite: it
 *   is waited for
 */
export function firstMap(patience: number): Promise<void> {
  return new Promise(resolve => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let stop: (() => void) | null = null;
    const end = (): void => {
      if (timer) clearTimeout(timer);
      stop?.();
      resolve();
    };
    const look = (state: State): void => {
      if (settled(state)) end();
      else if (state.map && !timer && patience < Number.POSITIVE_INFINITY) timer = setTimeout(end, patience);
    };
    stop = store.subscribe(look);
    look(store.getState());
  });
}
