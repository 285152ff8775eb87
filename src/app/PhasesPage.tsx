import type { ReactNode } from 'react';
import { PhasesView } from '../views/phases/PhasesView.tsx';

/** The phase-problem laboratory. */
export function PhasesPage(): ReactNode {
  return (
    <main className="phases">
      <PhasesView />
    </main>
  );
}
