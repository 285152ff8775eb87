import type { CellReflections } from '../../diffraction/crystalPattern.ts';
import { cellAt } from '../../landscape/slice.ts';
import { job } from '../core/job.ts';
import { store } from '../core/store.ts';
import { tooDear } from '../files/cost.ts';
import { type PathRun, pointOfStep } from './descentRun.ts';
import { pathsOf, sceneOf } from './selectors.ts';
import { sharedEngines } from './sharedEngines.ts';

/** Paths rest for so long before their ends are looked at, ms. */
const CALM = 150;

/** Keeps the reflections where each path has come to an end: what lies under what there is why it stopped. */
export const endsJob = job({
  select: state => [state.problem, state.runs, state.continued],
  calm: CALM,
  args(state) {
    const scene = sceneOf(state);
    if (!scene) return null;
    const stride = scene.slice.base.length;
    const ended = pathsOf(state).filter(
      run => run.status === 'done' && run.count > 0 && run.stride === stride,
    );
    return ended.length === state.ends.size && ended.every(run => state.ends.has(run))
      ? null
      : { ...scene, ended };
  },
  async run({ problem, structure, ended }, { signal }) {
    const known = store.getState().ends;
    const ends = new Map<PathRun, CellReflections>();
    for (const run of ended) {
      const point = pointOfStep(run, run.count - 1);
      const crystal = { cell: cellAt(point), sites: structure.sites };
      if (tooDear(crystal, problem.instrument, store.getState().structureId)) continue;
      const peaks =
        known.get(run) ?? (await sharedEngines().cpu.crystalAt(problem, Array.from(point), signal)).peaks;
      ends.set(run, peaks);
    }
    if (!signal.aborted) store.setState({ ends });
  },
});
