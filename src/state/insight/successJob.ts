import { isAbort } from '../../engine/engine.ts';
import { boxStarts } from '../../landscape/boxStarts.ts';
import { sliceCell } from '../../landscape/slice.ts';
import { seededRng } from '../../num/rng.ts';
import { reachesTruth } from '../../optimise/outcome.ts';
import { follow } from '../core/follow.ts';
import { Latest } from '../core/latest.ts';
import { chosenFamily, sliceOf } from '../selectors.ts';
import { store } from '../store.ts';
import { helpSettings } from './helpJob.ts';
import { insightPool } from './insightEngine.ts';
import { chosenStrategy, strategyCall } from './insightPlans.ts';
import { IDLE, insightStore, type Success } from './insightStore.ts';

/** Starts whose success is counted. */
export const SUCCESS_STARTS = 100;

const latest = new Latest();

/** Results that belong to other settings are taken away. */
export function followSuccess(): void {
  follow(
    state => [
      state.problem,
      state.inputs.descent,
      state.inputs.slice,
      chosenFamily(state),
      ...helpSettings(state.inputs.insight).slice(1),
    ],
    () => {
      latest.cancel();
      insightStore.setState({ successes: [], successJob: IDLE });
    },
  );
}

export function cancelSuccess(): void {
  latest.cancel();
  insightStore.setState(({ successJob }) => ({ successJob: { ...successJob, status: 'cancelled' } }));
}

/** Descends from seeded starts in the ±10 % box: plainly, then in every chosen way. Earlier counts are kept. */
export async function countSuccesses(): Promise<void> {
  const signal = latest.next();
  const state = store.getState();
  const { problem, structure, inputs } = state;
  if (!problem || !structure) return;
  const slice = sliceOf(inputs, structure.cell, chosenFamily(state));
  const points = boxStarts(slice, SUCCESS_STARTS, seededRng(inputs.insight.seed));
  const starts = Float64Array.from(points.flatMap(({ x, y }) => sliceCell(slice, x, y)));
  const kept = insightStore.getState().successes;
  const ids = (['plain', ...inputs.insight.help] as const).filter(
    id => !kept.some(({ strategy }) => strategy === id),
  );
  const total = ids.length * points.length;
  const started = performance.now();
  insightStore.setState({ successJob: { ...IDLE, status: 'computing', total } });
  try {
    for (const [at, id] of ids.entries()) {
      const strategy = chosenStrategy(inputs, slice, id);
      const call = strategyCall(inputs, slice, strategy, points[0] ?? { x: 0, y: 0 });
      const ends = await insightPool().ends(problem, call, starts, {
        signal,
        onProgress: done => {
          if (signal.aborted) return;
          insightStore.setState({
            successJob: { ...IDLE, status: 'computing', done: at * points.length + done, total },
          });
        },
      });
      signal.throwIfAborted();
      const reached = points.filter((_, i) =>
        reachesTruth(ends.cells.subarray(6 * i, 6 * i + 6), slice.base),
      ).length;
      const steps = ends.steps.reduce((sum, n) => sum + n, 0) / points.length;
      const row: Success = { strategy: id, reached, starts: points.length, steps };
      insightStore.setState(({ successes }) => ({ successes: [...successes, row] }));
    }
    const elapsed = performance.now() - started;
    insightStore.setState({ successJob: { ...IDLE, status: 'done', done: total, total, elapsed } });
  } catch (error) {
    if (signal.aborted || isAbort(error)) return;
    insightStore.setState({ successJob: { ...IDLE, status: 'failed', message: (error as Error).message } });
  }
}
