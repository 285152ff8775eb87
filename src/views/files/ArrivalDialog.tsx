import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { type Arrival, nextArrival } from '../../state/files/arrivals.ts';
import { openProject } from '../../state/project/projectActions.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import arrivals from './ArrivalDialog.module.css';
import { CrystalArrival } from './CrystalArrival.tsx';
import { PatternArrival } from './PatternArrival.tsx';

/** Dialog about a file: what it is, what was assumed in reading it, and what to do with it. */
export function ArrivalDialog(): ReactNode {
  const arrival = useBraggscape(({ arrivals: { queue } }) => queue[0] ?? null);
  const more = useBraggscape(({ arrivals: { queue } }) => Math.max(0, queue.length - 1));
  const reading = useBraggscape(state => state.arrivals.reading);
  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {reading ? `Reading ${reading}.` : ''}
      </p>
      <Dialog
        title={arrival ? (arrival.kind === 'refused' ? 'Not opened' : `Open ${arrival.name}`) : 'Open'}
        open={arrival !== null}
        onClose={() => {
          // Closing by Escape is an answer too; closing after a choice finds the queue moved on.
          if (arrival) nextArrival();
        }}
      >
        {arrival && <Content key={arrival.name + more} arrival={arrival} />}
        {more > 0 && <p className="quiet">{more} more after this one.</p>}
      </Dialog>
    </>
  );
}

function Content({ arrival }: { arrival: Arrival }): ReactNode {
  if (arrival.kind === 'crystals') return <CrystalArrival arrival={arrival} />;
  if (arrival.kind === 'scans') return <PatternArrival arrival={arrival} />;
  if (arrival.kind === 'refused')
    return (
      <div className={arrivals.arrival}>
        {arrival.messages.map(message => (
          <p key={message} role="alert" className={arrivals.refused}>
            {message}
          </p>
        ))}
        <p className="quiet">What is on screen stays as it is.</p>
        <div className={arrivals.buttons}>
          <Button onClick={nextArrival}>Close</Button>
        </div>
      </div>
    );
  const { crystals, patterns } = arrival.project;
  return (
    <div className={arrivals.arrival}>
      <p>
        A project with {crystals.length} own {crystals.length === 1 ? 'crystal' : 'crystals'} and{' '}
        {patterns.length} measured {patterns.length === 1 ? 'pattern' : 'patterns'}. It replaces what is on
        screen; undo brings that back.
      </p>
      <div className={arrivals.buttons}>
        <Button
          kind="primary"
          onClick={() => {
            void openProject(arrival.project);
            nextArrival();
          }}
        >
          Open the project
        </Button>
        <Button onClick={nextArrival}>Cancel</Button>
      </div>
    </div>
  );
}
