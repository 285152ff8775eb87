import { store } from '../core/store.ts';
import { energy } from './energySlice.ts';

/** Shows a step in every pane (map, cell, pattern, numbers); null gives them back. */
export function showRelaxStep(step: number | null): void {
  const run = energy.get().relaxation;
  energy.set({ shownStep: step });
  if (!run || step === null || run.count === 0) {
    if (store.getState().guest) store.setState({ guest: null });
    return;
  }
  const n = run.sites.length;
  const at = run.cells.subarray(6 * step, 6 * step + 6);
  store.setState({
    guest: {
      cell: [at[0]!, at[1]!, at[2]!, at[3]!, at[4]!, at[5]!],
      sites: run.sites.map((site, i) => ({
        ...site,
        fract: [0, 1, 2].map(k => run.fracts[3 * (n * step + i) + k]!) as unknown as typeof site.fract,
      })),
    },
  });
}
