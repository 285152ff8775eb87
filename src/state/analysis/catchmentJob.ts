import { endsOnGpu, type GpuShare, type PartTaker } from '../../engine/endsOnGpu.ts';
import { refinementLevels } from '../../landscape/refinement.ts';
import { type Slice, slicePlaces, slicePoints, strideOf } from '../../landscape/slice.ts';
import { type Job, job, type RunContext } from '../core/job.ts';
import { reachesPoint } from '../explore/reached.ts';
import { chosenFamily, type Scene, sceneOf } from '../explore/selectors.ts';
import { sharedEngines } from '../explore/sharedEngines.ts';
import { placeWalkers } from '../explore/walkers.ts';
import { analysisEngine } from './analysisEngine.ts';
import { analysis, type Catchment, type CatchmentProgress } from './analysisSlice.ts';
import { chosenStrategy, strategyCall } from './strategyCalls.ts';

/** Keeps the catchment map up to date while it is asked for, from coarse to fine. Cancelled, what is known stays. */
export const catchmentJob: Job = job({
  select: state => [
    state.problem,
    state.inputs.slice,
    state.inputs.descent,
    state.inputs.analysis.catchment,
    state.inputs.analysis.catchmentSide,
    state.inputs.analysis.catchmentSteps,
    state.inputs.page === 'explore',
    chosenFamily(state),
    state.inputs.engine,
  ],
  args: state =>
    state.inputs.analysis.catchment === 'off' || state.inputs.page !== 'explore' ? null : sceneOf(state),
  rest({ inputs }) {
    if (inputs.analysis.catchment !== 'off') return;
    analysis.set({ catchment: null, catchmentHow: null });
    catchmentJob.reset();
  },
  run,
  into: catchmentJob => analysis.set({ catchmentJob }),
});

async function run(scene: Scene, { signal, report }: RunContext<CatchmentProgress>): Promise<void> {
  const { problem, inputs } = scene;
  const { catchment: mode, catchmentSide: side, catchmentSteps } = inputs.analysis;
  if (mode === 'off') return;
  const slice: Slice = { ...scene.slice, nx: side, ny: side };
  const order = refinementLevels(side, side).flatMap(level => [...level.indices]);
  const total = order.length;
  const settings = { ...inputs, descent: { ...inputs.descent, maxIterations: catchmentSteps } };
  const strategy = { ...chosenStrategy(settings, slice, 'plain'), mode };
  const call = strategyCall(settings, slice, strategy, { x: slice.xRange[0], y: slice.yRange[0] });
  const [xi, yi] = slicePlaces(slice);
  const stride = strideOf(slice);
  let found: Catchment = {
    slice,
    side,
    known: new Uint8Array(total),
    x: new Float64Array(total),
    y: new Float64Array(total),
    truth: new Uint8Array(total),
    bouncing: new Uint8Array(total),
  };
  let done = 0;
  analysis.set({ catchment: found, catchmentHow: null });
  report({ total });
  const take: PartTaker = (positions, part) => {
    if (signal.aborted) return;
    found = {
      ...found,
      known: found.known.slice(),
      x: found.x.slice(),
      y: found.y.slice(),
      truth: found.truth.slice(),
      bouncing: found.bouncing.slice(),
    };
    for (let k = 0; k < part.losses.length; k++) {
      const at = order[positions[k]!]!;
      // a start that is no cell reaches nothing
      if (!Number.isFinite(part.losses[k]!)) continue;
      const point = part.cells.subarray(stride * k, stride * (k + 1));
      found.known[at] = 1;
      found.x[at] = point[xi]!;
      found.y[at] = point[yi]!;
      found.truth[at] = +reachesPoint(slice, problem.sites, point);
      found.bouncing[at] = part.bouncing[k]!;
    }
    done += part.losses.length;
    analysis.set({ catchment: found });
    report({ done });
  };
  const engines = sharedEngines();
  const { where, reason } = await placeWalkers(engines, problem, slice, total, signal);
  signal.throwIfAborted();
  analysis.set({ catchmentHow: reason });
  const starts = slicePoints(slice, order);
  const gpu = where === 'gpu' ? engines.walkersOnGpu : null;
  if (gpu) {
    const share = await endsOnGpu(gpu, analysisEngine(), problem, call, starts, {
      signal,
      onPart: take,
      onStep: (walkers, steps) => report({ together: { walkers, steps } }),
    });
    if (share.failure && !signal.aborted)
      analysis.set({ catchmentHow: sharedBy(share, total, engines.cpu.device) });
  } else
    await analysisEngine().ends(problem, call, starts, {
      signal,
      onPart: (first, part) =>
        take(
          Array.from(part.losses, (_, k) => first + k),
          part,
        ),
    });
}

/** Sentence about a map whose descents did not all end on the GPU. */
const sharedBy = ({ onGpu, failure }: GpuShare, total: number, pool: string): string =>
  `WebGL, float32, for ${onGpu} of ${total} descents, until it failed (${failure}); ${pool}, float64, for the rest.`;
