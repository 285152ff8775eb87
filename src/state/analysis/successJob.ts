import { boxStarts } from '../../landscape/boxStarts.ts';
import { slicePoint, strideOf } from '../../landscape/slice.ts';
import { seededRng } from '../../num/rng.ts';
import { follow } from '../core/follow.ts';
import { job } from '../core/job.ts';
import { reachesPoint } from '../explore/reached.ts';
import { chosenFamily, sceneOf } from '../explore/selectors.ts';
import { analysisEngine } from './analysisEngine.ts';
import { analysis, type Success } from './analysisSlice.ts';
import { chosenStrategy, strategiesIn, strategyCall } from './strategyCalls.ts';
import { strategySettings } from './strategyJob.ts';

/** Starts whose success is counted. */
export const SUCCESS_STARTS = 100;

/** Descends from seeded starts in the ±10 % box: plainly, then in every chosen way. Earlier counts are kept. */
export const successJob = job({
  args: sceneOf,
  async run({ inputs, slice, problem }, { signal, report }) {
    const points = boxStarts(slice, SUCCESS_STARTS, seededRng(inputs.analysis.seed));
    const starts = Float64Array.from(points.flatMap(({ x, y }) => slicePoint(slice, x, y)));
    const stride = strideOf(slice);
    const known = analysis.get().successes;
    const ids = (['plain', ...strategiesIn(inputs, slice)] as const).filter(
      id => !known.some(({ strategy }) => strategy === id),
    );
    report({ total: ids.length * points.length });
    for (const [at, id] of ids.entries()) {
      const strategy = chosenStrategy(inputs, slice, id);
      const call = strategyCall(inputs, slice, strategy, points[0] ?? { x: 0, y: 0 });
      const ends = await analysisEngine().ends(problem, call, starts, {
        signal,
        onProgress: done => report({ done: at * points.length + done }),
      });
      signal.throwIfAborted();
      const reached = points.filter((_, i) =>
        reachesPoint(slice, problem.sites, ends.cells.subarray(stride * i, stride * (i + 1))),
      ).length;
      const steps = ends.steps.reduce((sum, n) => sum + n, 0) / points.length;
      const row: Success = { strategy: id, reached, starts: points.length, steps };
      analysis.set(({ successes }) => ({ successes: [...successes, row] }));
    }
  },
  into: successJob => analysis.set({ successJob }),
});

/** Takes counts that belong to other settings away. Returns the way to stop. */
export const followSuccess = (): (() => void) =>
  follow(
    state => [
      state.problem,
      state.inputs.descent,
      state.inputs.slice,
      chosenFamily(state),
      ...strategySettings(state.inputs.analysis).slice(1),
    ],
    () => {
      successJob.reset();
      analysis.set({ successes: [] });
    },
  );
