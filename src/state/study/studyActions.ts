import { changeSettings } from '../core/undo.ts';
import type { StudyInputs } from './studySettings.ts';

/** Changes settings of the study page. */
export const setStudy = (change: Partial<StudyInputs>, undoable?: boolean): void =>
  void changeSettings('study', change, undoable);

/** Changes the kind of noise; levels of one kind mean nothing for the other. */
export const setNoise = (noise: StudyInputs['noise'], undoable?: boolean): void =>
  setStudy({ noise, levels: null, level: noise === 'lattice' ? 0.1 : 0.05 }, undoable);
