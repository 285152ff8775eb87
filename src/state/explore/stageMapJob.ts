import { recoveryEngine } from '../../engine/recoveryEngine.ts';
import type { Slice } from '../../landscape/slice.ts';
import { job, type RunContext } from '../core/job.ts';
import { type State, store } from '../core/store.ts';
import type { ContinuedRun } from './continuedRun.ts';
import type { StageMap } from './exploreState.ts';
import { continuedOf, type Scene, sceneOf } from './selectors.ts';
import { stageMapOf, stagePoints } from './stageMap.ts';

/** Widths of the smoothed stages of the continued path that is followed, wide first. */
const widthsOf = (state: State): readonly number[] =>
  continuedOf(state)?.widths.filter(width => width > 0) ?? [];

/** True where a map of a stage is of this problem and slice. */
const isOf = (map: StageMap, { problem, slice }: Scene): boolean =>
  map.problem === problem && JSON.stringify(map.slice) === JSON.stringify({ ...slice, ...sizeOf(map) });

const sizeOf = ({ slice: { nx, ny } }: StageMap): Pick<Slice, 'nx' | 'ny'> => ({ nx, ny });

/**
 * Keeps the maps of the stages up to date with the continued path that is followed, once the map itself is finished.
 * Those of the same problem, slice and width are kept.
 */
export const stageMapJob = job({
  select: state => [
    state.problem,
    state.map,
    state.inputs.slice,
    state.inputs.page === 'explore',
    widthsOf(state).join(),
    continuedOf(state)?.background,
    state.inputs.descent.continued && state.inputs.starts.length > 0,
  ],
  args(state) {
    const scene = sceneOf(state);
    const widths = widthsOf(state);
    const { map } = state;
    const settled = map?.final && map.problem === state.problem;
    return scene && settled && state.inputs.page === 'explore' && widths.length > 0
      ? {
          ...scene,
          widths,
          smoothing: continuedOf(state)!.smoothing,
          background: continuedOf(state)!.background,
        }
      : null;
  },
  rest({ inputs: { descent, starts }, stageMaps }) {
    if (stageMaps.length > 0 && !(descent.continued && starts.length > 0)) store.setState({ stageMaps: [] });
  },
  run,
  into: stageJob => store.setState({ stageJob }),
});

async function run(
  scene: Scene & Pick<ContinuedRun, 'widths' | 'smoothing' | 'background'>,
  { signal, report }: RunContext,
): Promise<void> {
  const { problem, slice, smoothing, background } = scene;
  const known = store.getState().stageMaps;
  const missing = scene.widths.filter(
    width => !known.some(map => map.width === width && map.background === background && isOf(map, scene)),
  );
  report({ total: missing.reduce((sum, width) => sum + stagePoints(width, smoothing), 0) });
  let before = 0;
  for (const width of missing) {
    const map = await stageMapOf(
      recoveryEngine(),
      problem,
      slice,
      { width, smoothing, background },
      {
        signal,
        onProgress: done => report({ done: before + done }),
      },
    );
    signal.throwIfAborted();
    before += stagePoints(width, smoothing);
    store.setState(({ stageMaps }) => ({ stageMaps: [...stageMaps.filter(at => at.width !== width), map] }));
  }
  store.setState(({ stageMaps }) => ({
    stageMaps: stageMaps.filter(map => scene.widths.includes(map.width)),
  }));
}
