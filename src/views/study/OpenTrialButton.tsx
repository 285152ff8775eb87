import type { ReactNode } from 'react';
import { notify } from '../../state/core/notices.ts';
import { loadStructure } from '../../state/files/loadStructure.ts';
import { openTrial } from '../../state/study/openTrial.ts';
import { Button } from '../../ui/Button.tsx';
import { useSelected } from './shown.ts';

/** Opens the trial that is looked at in the explorer, at its start and last step. */
export function OpenTrialButton(): ReactNode {
  const selected = useSelected();
  const open = async (): Promise<void> => {
    if (!selected) return;
    const { trial, study } = selected;
    try {
      const structure = await loadStructure(trial.structure, new AbortController().signal);
      await openTrial(trial, structure, study.conditions);
    } catch (error) {
      notify({ id: 'study', tone: 'error', text: `The trial cannot be opened: ${(error as Error).message}` });
    }
  };
  return (
    <Button small disabled={!selected} onClick={() => void open()}>
      Open in Explore
    </Button>
  );
}
