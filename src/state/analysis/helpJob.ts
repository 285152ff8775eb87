import { job } from '../core/job.ts';
import type { store } from '../core/store.ts';
import { emptyRun, runDescent } from '../explore/descentRun.ts';
import { chosenFamily, sceneOf } from '../explore/selectors.ts';
import { analysis, type HelpRun } from './analysisSlice.ts';
import { insightPool } from './insightEngine.ts';
import { chosenStrategy, strategyCall } from './insightPlans.ts';

/** Runs the chosen descents beyond the paper from the last start, beside the plain ones. */
export const helpJob = job({
  select: state => [
    state.problem,
    state.inputs.starts.at(-1),
    state.inputs.descent,
    state.inputs.slice,
    chosenFamily(state),
    ...helpSettings(state.inputs.insight),
  ],
  args(state) {
    const scene = sceneOf(state);
    const start = state.inputs.starts.at(-1);
    return scene && start && state.inputs.insight.help.length > 0 ? { ...scene, start } : null;
  },
  rest({ analysis: { helpRuns } }) {
    if (helpRuns.length) analysis.set({ helpRuns: [] });
  },
  async run({ inputs, slice, problem, start }, { signal }) {
    const calls = inputs.insight.help.map(id =>
      strategyCall(inputs, slice, chosenStrategy(inputs, slice, id), start),
    );
    const runs = inputs.insight.help.map(
      (strategy, i): HelpRun => ({ ...emptyRun(0, calls[i]!.plan.mode, calls[i]!.plan), strategy }),
    );
    analysis.set({ helpRuns: runs });
    await Promise.all(
      runs.map(({ strategy }, i) =>
        runDescent(
          signal,
          onChunk => insightPool().walk(problem, calls[i]!, signal, onChunk),
          change => {
            if (signal.aborted) return;
            analysis.set(({ helpRuns }) => ({
              helpRuns: helpRuns.map(run => (run.strategy === strategy ? change(run) : run)),
            }));
          },
        ),
      ),
    );
  },
});

/** The settings that descents beyond the paper depend on. */
export const helpSettings = (
  insight: ReturnType<typeof store.getState>['inputs']['insight'],
): readonly unknown[] => [
  insight.help,
  insight.helpMode,
  insight.helpMomentum,
  insight.helpStarts,
  insight.helpWidth,
  insight.helpPull,
  insight.helpPullSteps,
  insight.helpJitter,
  insight.seed,
];
