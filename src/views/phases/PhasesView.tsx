import { type ComponentType, type ReactNode, useEffect } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { startPhasesJobs } from '../../state/phases/phasesJobs.ts';
import type { ExperimentId } from '../../state/phases/phasesSettings.ts';
import { useHidden } from '../Section.tsx';
import { ExperimentTabs } from './ExperimentTabs.tsx';
import { FlipExperiment } from './FlipExperiment.tsx';
import { HomometricExperiment } from './HomometricExperiment.tsx';
import { PaneNote } from './Pane.tsx';
import { PattersonExperiment } from './PattersonExperiment.tsx';
import styles from './PhasesView.module.css';
import { PowderExperiment } from './PowderExperiment.tsx';
import { PrintSheet } from './PrintSheet.tsx';
import { SwapExperiment } from './SwapExperiment.tsx';
import { useLab } from './useLab.ts';
import { WavesExperiment } from './WavesExperiment.tsx';

const SHOWN: Readonly<Record<ExperimentId, ComponentType<{ structure: Structure }>>> = {
  waves: WavesExperiment,
  swap: SwapExperiment,
  patterson: PattersonExperiment,
  homometric: HomometricExperiment,
  powder: PowderExperiment,
  flipping: FlipExperiment,
};

/** The phase-problem laboratory: one experiment at a time on the crystal that the explorer shows. */
export function PhasesView(): ReactNode {
  const structure = useBraggscape(state => state.structure);
  const failure = useBraggscape(state => state.failure);
  const experiment = useLab('experiment');
  const noTabs = useHidden('experiments');
  useEffect(() => startPhasesJobs(), []);
  const Shown = SHOWN[experiment];
  const labelled = noTabs ? {} : { role: 'tabpanel', 'aria-labelledby': `lab-tab-${experiment}` };
  return (
    <main className={styles.phases}>
      <ExperimentTabs />
      <div className={styles.experiment} id="lab-experiment" {...labelled}>
        {structure ? (
          <Shown key={experiment} structure={structure} />
        ) : (
          <PaneNote text={failure ?? 'The crystal is being read.'} failed={failure !== null} />
        )}
      </div>
      {structure && <PrintSheet structure={structure} />}
    </main>
  );
}
