import { lazy, type ReactNode, Suspense } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { AnalysisSection } from '../analysis/AnalysisSection.tsx';
import rail from '../Section.module.css';
import { DescentSection } from './DescentSection.tsx';
import { InstrumentSection } from './InstrumentSection.tsx';
import { LossSection } from './LossSection.tsx';
import { SliceSection } from './SliceSection.tsx';
import { StructureSection } from './StructureSection.tsx';

/** All controls, top to bottom in the order in which they matter. */
export function Rail(): ReactNode {
  return (
    <div className={rail.rail}>
      <StructureSection />
      <MeasuredSlot />
      <SliceSection />
      <LossSection />
      <DescentSection />
      <AnalysisSection />
      <InstrumentSection />
    </div>
  );
}

const MeasuredSection = lazy(async () => ({
  default: (await import('../files/MeasuredSection.tsx')).MeasuredSection,
}));

/** The section of the measured target, where there is one; its code is fetched with the first. */
function MeasuredSlot(): ReactNode {
  const shown = useBraggscape(state => state.inputs.measured.id !== null);
  return shown ? (
    <Suspense fallback={null}>
      <MeasuredSection />
    </Suspense>
  ) : null;
}
