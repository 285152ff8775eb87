import { changeSettings } from '../core/undo.ts';
import type { StudyInputs } from './studySettings.ts';

/** Changes settings of the study page. */
export const setStudy = (change: Partial<StudyInputs>, undoable?: boolean): void =>
  void changeSettings('study', change, undoable);
