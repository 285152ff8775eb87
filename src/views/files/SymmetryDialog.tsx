import { type ReactNode, useState } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { chooseStructure } from '../../state/explore/actions.ts';
import { addCrystal } from '../../state/files/userFileActions.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import dialog from './IncomingDialog.module.css';
import { SymmetryPanel } from './SymmetryPanel.tsx';

/** Symmetry of the crystal on screen, and the way into another of its cells. */
export function SymmetryDialog({ open, onClose }: { open: boolean; onClose(): void }): ReactNode {
  const structure = useBraggscape(state => state.structure);
  const [next, setNext] = useState<{ structure: Structure; notes: readonly string[] } | null>(null);
  return (
    <Dialog title={`Symmetry of ${structure?.formula ?? 'the crystal'}`} open={open} onClose={onClose}>
      {structure && (
        <div className={dialog.incoming}>
          <SymmetryPanel
            structure={structure}
            onStructure={(found, notes) => setNext({ structure: found, notes })}
          />
          {next?.notes.map(note => (
            <p key={note} className="quiet">
              {note}.
            </p>
          ))}
          <div className={dialog.buttons}>
            <Button
              kind="primary"
              disabled={next === null}
              onClick={() =>
                next &&
                void addCrystal(next.structure).then(id => {
                  if (id === null) return;
                  chooseStructure(id);
                  onClose();
                })
              }
            >
              Use this cell and symmetry
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
