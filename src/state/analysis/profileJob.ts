import { profilePoints } from '../../landscape/profile.ts';
import { LOSSES } from '../../losses/registry.ts';
import { job } from '../core/job.ts';
import { notify } from '../core/notices.ts';
import { store } from '../core/store.ts';
import { chosenFamily, lossWidthsOf, sceneOf } from '../explore/selectors.ts';
import { sharedEngines } from '../explore/sharedEngines.ts';
import { analysis } from './analysisSlice.ts';

/** Points of a profile. */
const POINTS = 241;

/** Keeps the loss along the profile line up to date: of the chosen loss, and of all while the wall is shown. */
export const profileJob = job({
  coalesce: true,
  select: state => [
    state.problem,
    state.inputs.analysis.line,
    state.inputs.analysis.view === 'wall',
    state.inputs.lossWidth,
    state.inputs.lossAlpha,
    state.inputs.slice,
    chosenFamily(state),
  ],
  args(state) {
    const scene = sceneOf(state);
    const { line } = state.inputs.analysis;
    return scene && line ? { ...scene, line } : null;
  },
  rest({ inputs }) {
    if (!inputs.analysis.line) analysis.set({ profiles: [] });
  },
  async run({ inputs, slice, problem, line }, { signal }) {
    const cells = profilePoints(slice, line, POINTS);
    const ids = inputs.analysis.view === 'wall' ? LOSSES.map(loss => loss.id) : [inputs.loss];
    const profiles = await Promise.all(
      ids.map(async loss => {
        const own = loss === problem.loss ? problem : { ...problem, loss, lossWidths: lossWidthsOf(inputs) };
        return { line, loss, values: (await sharedEngines().cpu.evaluate(own, cells, { signal })).loss };
      }),
    );
    // a line removed meanwhile has no profile
    if (store.getState().inputs.analysis.line) analysis.set({ profiles });
  },
  failed: text => notify({ id: 'profile', tone: 'error', text }),
});
