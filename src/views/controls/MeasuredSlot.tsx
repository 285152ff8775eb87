import { lazy, type ReactNode, Suspense } from 'react';
import { useBraggscape } from '../../state/core/store.ts';

const MeasuredSection = lazy(async () => ({
  default: (await import('../files/MeasuredSection.tsx')).MeasuredSection,
}));

/** The section of the measured target, where there is one; its code is fetched with the first. */
export function MeasuredSlot(): ReactNode {
  const shown = useBraggscape(state => state.inputs.measured.id !== null);
  return shown ? (
    <Suspense fallback={null}>
      <MeasuredSection />
    </Suspense>
  ) : null;
}
