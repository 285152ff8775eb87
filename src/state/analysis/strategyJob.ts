import { job } from '../core/job.ts';
import type { store } from '../core/store.ts';
import { emptyRun, runDescent } from '../explore/descentRun.ts';
import { chosenFamily, sceneOf } from '../explore/selectors.ts';
import { analysisEngine } from './analysisEngine.ts';
import { analysis, type StrategyRun } from './analysisSlice.ts';
import { chosenStrategy, strategiesIn, strategyCall } from './strategyCalls.ts';

/** Runs the chosen descents beyond the paper from the last start, beside the plain ones. */
export const strategyJob = job({
  select: state => [
    state.problem,
    state.inputs.starts.at(-1),
    state.inputs.descent,
    state.inputs.slice,
    chosenFamily(state),
    ...strategySettings(state.inputs.analysis),
  ],
  args(state) {
    const scene = sceneOf(state);
    const start = state.inputs.starts.at(-1);
    return scene && start && state.inputs.analysis.strategies.length > 0 ? { ...scene, start } : null;
  },
  rest({ analysis: { strategyRuns } }) {
    if (strategyRuns.length) analysis.set({ strategyRuns: [] });
  },
  async run({ inputs, slice, problem, start }, { signal }) {
    const strategies = strategiesIn(inputs, slice);
    const calls = strategies.map(id => strategyCall(inputs, slice, chosenStrategy(inputs, slice, id), start));
    const runs = strategies.map(
      (strategy, i): StrategyRun => ({ ...emptyRun(0, calls[i]!.plan.mode, calls[i]!.plan), strategy }),
    );
    analysis.set({ strategyRuns: runs });
    await Promise.all(
      runs.map(({ strategy }, i) =>
        runDescent(
          signal,
          onChunk => analysisEngine().walk(problem, calls[i]!, signal, onChunk),
          change => {
            if (signal.aborted) return;
            analysis.set(({ strategyRuns }) => ({
              strategyRuns: strategyRuns.map(run => (run.strategy === strategy ? change(run) : run)),
            }));
          },
        ),
      ),
    );
  },
});

/** The settings that descents beyond the paper depend on. */
export const strategySettings = (
  analysis: ReturnType<typeof store.getState>['inputs']['analysis'],
): readonly unknown[] => [
  analysis.strategies,
  analysis.strategyMode,
  analysis.strategyMomentum,
  analysis.strategyStarts,
  analysis.strategyWidth,
  analysis.strategyPull,
  analysis.strategyPullSteps,
  analysis.strategyJitter,
  analysis.seed,
];
