import { type ComponentType, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { openPage } from '../../state/explore/actions.ts';
import { pageAddress } from '../../state/linkSync.ts';
import { startPhasesJobs } from '../../state/phases/phasesJobs.ts';
import { EXPERIMENTS, type ExperimentId } from '../../state/phases/phasesSettings.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { useHidden } from '../Section.tsx';
import { FlipExperiment } from './FlipExperiment.tsx';
import { HomometricExperiment } from './HomometricExperiment.tsx';
import { openLesson } from './lessons.ts';
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

/** The experiments, and at the end of the row the way back to the loss landscape of the same crystal. */
function ExperimentTabs(): ReactNode {
  const chosen = useLab('experiment');
  const inputs = useBraggscape(state => state.inputs);
  const list = useRef<HTMLDivElement>(null);
  const [noTabs, noLandscape] = [useHidden('experiments'), useHidden('landscape')];
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = EXPERIMENTS.findIndex(entry => entry.id === chosen);
    const next = (at + by + EXPERIMENTS.length) % EXPERIMENTS.length;
    openLesson({ experiment: EXPERIMENTS[next]!.id, step: 0 }, null);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  if (noTabs && noLandscape) return null;
  return (
    <div className={`${styles.tabs} sideways`}>
      {!noTabs && (
        <div ref={list} className={styles.list} role="tablist" aria-label="Experiments" onKeyDown={onKeyDown}>
          {EXPERIMENTS.map(({ id, label, short }, i) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`lab-tab-${id}`}
              aria-selected={id === chosen}
              aria-controls="lab-experiment"
              tabIndex={id === chosen ? 0 : -1}
              onClick={() => openLesson({ experiment: id, step: 0 }, null)}
            >
              <span className={styles.number}>{i + 1}</span> <span className={styles.long}>{label}</span>
              <span className={styles.short}>{short}</span>
            </button>
          ))}
        </div>
      )}
      <span className="spacer" />
      {!noLandscape && (
        <a
          className={buttonClass({ small: true })}
          href={pageAddress(inputs, 'explore')}
          title="Phases fixed by the model, the problem becomes the rough map"
          onClick={event => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
            event.preventDefault();
            openPage('explore');
          }}
        >
          <span className={styles.number}>7</span> Back to the landscape
        </a>
      )}
    </div>
  );
}
