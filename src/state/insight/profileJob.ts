import { isAbort } from '../../engine/engine.ts';
import { profileCells } from '../../landscape/profile.ts';
import { LOSSES } from '../../losses/registry.ts';
import { follow } from '../core/follow.ts';
import { Coalesced } from '../core/latest.ts';
import { chosenFamily, sliceOf } from '../selectors.ts';
import { sharedEngines } from '../sharedEngines.ts';
import { notify, store } from '../store.ts';
import { insightStore } from './insightStore.ts';

/** Points of a profile. */
const POINTS = 241;

/** Keeps the loss along the profile line up to date: of the chosen loss, and of all five while the wall is shown. */
export function followProfile(): void {
  const coalesced = new Coalesced();
  follow(
    state => [
      state.problem,
      state.inputs.insight.line,
      state.inputs.insight.view === 'wall',
      state.inputs.lossWidth,
      state.inputs.slice,
      chosenFamily(state),
    ],
    ([problem, line]) => {
      if (!line) insightStore.setState({ profiles: [] });
      else if (problem) coalesced.request(run);
    },
  );
}

async function run(): Promise<void> {
  const state = store.getState();
  const { problem, structure, inputs } = state;
  const { line, view } = inputs.insight;
  if (!problem || !structure || !line) return;
  const cells = profileCells(sliceOf(inputs, structure.cell, chosenFamily(state)), line, POINTS);
  const ids = view === 'wall' ? LOSSES.map(loss => loss.id) : [inputs.loss];
  try {
    const profiles = await Promise.all(
      ids.map(async loss => {
        const own = { ...problem, loss, lossWidth: inputs.lossWidth };
        const { loss: values } = await sharedEngines().cpu.evaluate(
          loss === problem.loss ? problem : own,
          cells,
        );
        return { line, loss, values };
      }),
    );
    // a line removed meanwhile has no profile
    if (store.getState().inputs.insight.line) insightStore.setState({ profiles });
  } catch (error) {
    if (!isAbort(error)) notify({ id: 'profile', tone: 'error', text: (error as Error).message });
  }
}
