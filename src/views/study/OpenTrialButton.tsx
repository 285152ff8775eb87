import type { ReactNode } from 'react';
import { notify } from '../../state/core/notices.ts';
import { loadStructure } from '../../state/files/loadStructure.ts';
import { openTrial } from '../../state/study/openTrial.ts';
import { Button } from '../../ui/Button.tsx';
import { useSelected } from './shown.ts';

/** Opens the trial that is looked at in the explorer, at its seed and last step. */
export function OpenTrialButton(): ReactNode {
  const selected = useSelected();
  const moves = selected?.trial.noise === 'coordinates';
  const open = async (): Promise<void> => {
    if (!selected) return;
    const { trial, study } = selected;
    try {
      openTrial(trial, await loadStructure(trial.structure, new AbortController().signal), study.conditions);
    } catch (error) {
      notify({ id: 'study', tone: 'error', text: `The trial cannot be opened: ${(error as Error).message}` });
    }
  };
  return (
    <>
      {moves && <span className="quiet">The explorer moves cells, not atoms.</span>}
      <Button small disabled={!selected || moves} onClick={() => void open()}>
        Open in Explore
      </Button>
    </>
  );
}
