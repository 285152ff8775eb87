import { changeSettings } from '../core/undo.ts';
import type { AnalysisInputs } from './analysisSettings.ts';

/** Changes the settings of the analysis tools. */
export const setAnalysis = (change: Partial<AnalysisInputs>, undoable?: boolean): void =>
  void changeSettings('analysis', change, undoable);
