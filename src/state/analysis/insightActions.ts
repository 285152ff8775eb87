import { changeSettings } from '../core/undo.ts';
import type { InsightInputs } from './insightSettings.ts';

/** Changes the settings of the insight tools. */
export const setInsight = (change: Partial<InsightInputs>, undoable?: boolean): void =>
  void changeSettings('insight', change, undoable);
