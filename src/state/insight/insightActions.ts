import { setInputs } from '../actions.ts';
import { store } from '../store.ts';
import type { InsightInputs } from './insightSettings.ts';

/** Changes the settings of the insight tools. */
export function setInsight(change: Partial<InsightInputs>, undoable = true): void {
  const { inputs } = store.getState();
  setInputs({ ...inputs, insight: { ...inputs.insight, ...change } }, undoable);
}
