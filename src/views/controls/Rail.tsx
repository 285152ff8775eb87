import type { ReactNode } from 'react';
import { AnalysisSection } from '../analysis/AnalysisSection.tsx';
import rail from '../Section.module.css';
import { DescentSection } from './DescentSection.tsx';
import { InstrumentSection } from './InstrumentSection.tsx';
import { LossSection } from './LossSection.tsx';
import { MeasuredSlot } from './MeasuredSlot.tsx';
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
