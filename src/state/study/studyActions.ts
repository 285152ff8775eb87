import { setInputs } from '../actions.ts';
import { store } from '../store.ts';
import type { StudyInputs } from './studySettings.ts';

/** Changes settings of the study page. */
export function setStudy(change: Partial<StudyInputs>, undoable = true): void {
  const { inputs } = store.getState();
  setInputs({ ...inputs, study: { ...inputs.study, ...change } }, undoable);
}
