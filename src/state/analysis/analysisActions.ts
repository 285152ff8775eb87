import { changeSettings } from '../core/undo.ts';
import type { AnalysisInputs } from './analysisSettings.ts';

/** Changes the settings of &. */
export const setAnalysis = (change: Partial<AnalysisInputs>, undoable?: boolean): void =>
  void changeSettings('analysis', change, undoable);
