import { type Slice, sliceParameter, slicePoint } from '../../landscape/slice.ts';
import type { RankedReflections } from '../../peakspace/model/rankedReflections.ts';
import { job } from '../core/job.ts';
import { notify } from '../core/notices.ts';
import { registerFields, store } from '../core/store.ts';
import type { CurrentCrystal } from './exploreState.ts';
import { knownTruth, sceneOf } from './selectors.ts';
import { sharedEngines } from './sharedEngines.ts';

/** The reflections that drive the loss at a crystal, along the axes of its slice. */
export interface RankedAt extends RankedReflections {
  readonly of: CurrentCrystal;
  readonly slice: Slice;
  /** Times this, intensities are in per cent of the highest point of the target, or of the strongest line. */
  readonly scale: number;
}

declare module '../core/store.ts' {
  interface State {
    readonly ranked: RankedAt | null;
  }
}

registerFields({ ranked: null });

/** Keeps the ranked reflections of the current crystal while they are shown and it rests. */
export const rankedJob = job({
  calm: 200,
  coalesce: true,
  select: state => [
    state.inputs.view.ranked && state.inputs.page === 'explore',
    state.current,
    state.play.playing,
    state.inputs.slice,
  ],
  args(state) {
    const { current, play, inputs } = state;
    const scene = sceneOf(state);
    const wanted = inputs.view.ranked && inputs.page === 'explore' && !play.playing;
    // the coordinates of an override are none of the problem's
    if (!wanted || !scene || current?.problem !== scene.problem || current.of.kind === 'override')
      return null;
    const { family } = scene.structure;
    return { current, slice: scene.slice, family, truth: knownTruth(state) && scene.slice.base };
  },
  rest({ inputs, ranked }) {
    if (!inputs.view.ranked && ranked) store.setState({ ranked: null });
  },
  async run({ current, slice, family, truth }, { signal }) {
    const { problem, point } = current;
    const axes = (['x', 'y'] as const).map(axis => wayAlong(slice, axis));
    const { cpu } = sharedEngines();
    const found = await cpu.rankedReflections(problem, { point, truth, family, axes }, signal);
    if (signal.aborted) return;
    const highest = truth
      ? problem.target.reduce((most, value) => Math.max(most, value), 0)
      : current.peaks.intensity.reduce((most, value) => Math.max(most, value), 0);
    store.setState({ ranked: { ...found, of: current, slice, scale: 100 / highest } });
  },
  failed: text => notify({ id: 'ranked', tone: 'error', text }),
});

/** The way through the space of points from one end of an axis to the other. */
function wayAlong(slice: Slice, axis: 'x' | 'y'): number[] {
  const { x, y } = { x: sliceParameter(slice, 'x').value, y: sliceParameter(slice, 'y').value };
  const [low, high] = slice[`${axis}Range`];
  const end = (value: number) => (axis === 'x' ? slicePoint(slice, value, y) : slicePoint(slice, x, value));
  const [from, to] = [end(low), end(high)];
  return to.map((value, i) => value - from[i]!);
}
