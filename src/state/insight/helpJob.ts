import { isAbort } from '../../engine/engine.ts';
import type { StrategyId } from '../../optimise/strategy.ts';
import { follow } from '../core/follow.ts';
import { Latest } from '../core/latest.ts';
import { appended } from '../descentRun.ts';
import { chosenFamily, sliceOf } from '../selectors.ts';
import { store } from '../store.ts';
import { insightPool } from './insightEngine.ts';
import { chosenStrategy, strategyCall } from './insightPlans.ts';
import { type HelpRun, insightStore } from './insightStore.ts';

/** Runs the chosen descents beyond the paper from the last start, beside the plain ones. */
export function followHelp(): void {
  const latest = new Latest();
  follow(
    state => [
      state.problem,
      state.inputs.starts.at(-1),
      state.inputs.descent,
      state.inputs.slice,
      chosenFamily(state),
      ...helpSettings(state.inputs.insight),
    ],
    () => {
      const signal = latest.next();
      const state = store.getState();
      const { problem, structure, inputs } = state;
      const start = inputs.starts.at(-1);
      if (!problem || !structure || !start || inputs.insight.help.length === 0) {
        if (insightStore.getState().helpRuns.length) insightStore.setState({ helpRuns: [] });
        return;
      }
      const slice = sliceOf(inputs, structure.cell, chosenFamily(state));
      const calls = inputs.insight.help.map(id => ({
        id,
        call: strategyCall(inputs, slice, chosenStrategy(inputs, slice, id), start),
      }));
      insightStore.setState({ helpRuns: calls.map(({ id, call }) => emptyRun(id, call.plan)) });
      for (const { id, call } of calls) void run(id, call, signal);
    },
  );
}

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

const emptyRun = (strategy: StrategyId, plan: HelpRun['plan']): HelpRun => ({
  strategy,
  start: 0,
  mode: plan.mode,
  plan,
  count: 0,
  cells: new Float64Array(0),
  losses: new Float64Array(0),
  status: 'running',
  end: null,
  message: null,
});

async function run(
  id: StrategyId,
  call: ReturnType<typeof strategyCall>,
  signal: AbortSignal,
): Promise<void> {
  const { problem } = store.getState();
  if (!problem) return;
  const update = (change: (run: HelpRun) => HelpRun): void => {
    if (!signal.aborted)
      insightStore.setState(({ helpRuns }) => ({
        helpRuns: helpRuns.map(entry => (entry.strategy === id ? change(entry) : entry)),
      }));
  };
  try {
    const end = await insightPool().walk(problem, call, signal, chunk =>
      update(entry => ({ ...entry, ...appended(entry, chunk.cells, chunk.losses) })),
    );
    update(entry => ({ ...entry, status: 'done', end }));
  } catch (error) {
    if (!isAbort(error)) update(entry => ({ ...entry, status: 'failed', message: (error as Error).message }));
  }
}
