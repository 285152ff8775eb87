import { lazy, type ReactNode, Suspense } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { AnalysisSection } from '../analysis/AnalysisSection.tsx';
import rail from '../Section.module.css';
import { useHidden } from '../Section.tsx';
import { DescentSection } from './DescentSection.tsx';
import { InstrumentSection } from './InstrumentSection.tsx';
import { LossSection } from './LossSection.tsx';
import { SliceSection } from './SliceSection.tsx';
import { StructureSection } from './StructureSection.tsx';

/** The groups of the rail. */
const GROUPS = ['structure', 'measured', 'slice', 'loss', 'descent', 'analysis', 'instrument'] as const;

/** Tells whether the link leaves anything of the rail. */
export const useRail = (): boolean =>
  useBraggscape(
    ({ inputs: { hide, measured } }) =>
      !hide.includes('controls') &&
      GROUPS.some(group => !hide.includes(group) && (group !== 'measured' || measured.id !== null)),
  );

/** All controls, top to bottom in the order in which they matter. */
export function Rail(): ReactNode {
  const noAnalysis = useHidden('analysis');
  return (
    <div className={rail.rail}>
      <StructureSection />
      <MeasuredSlot />
      <SliceSection />
      <LossSection />
      <DescentSection />
      {!noAnalysis && <AnalysisSection />}
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
