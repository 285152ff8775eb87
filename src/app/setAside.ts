import { DEFAULT_INPUTS } from '../state/core/inputs.ts';
import type { PageId } from '../state/core/pages.ts';
import { setInputs } from '../state/core/undo.ts';
import { saveFile } from '../ui/download.ts';

/**
 * Saves to a file what a page is drawn from, then lets go of it: the results that this device keeps of a study, on other
 * pages all settings with the own crystals and patterns.
 */
export async function setAside(page: PageId): Promise<void> {
  if (page === 'study') {
    const [{ keptStudyText }, { forgetStudy }] = await Promise.all([
      import('../state/study/studyDb.ts'),
      import('../state/study/studyFiles.ts'),
    ]);
    saveFile('braggscape-study-set-aside.jsonl', await keptStudyText());
    await forgetStudy();
  } else {
    const { currentProject } = await import('../state/project/projectActions.ts');
    saveFile('braggscape-set-aside.json', await currentProject(), 'application/json');
    setInputs({ ...DEFAULT_INPUTS, page });
  }
}
