import type { ReactNode } from 'react';
import { LIBRARY } from '../../crystal/library.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { openPage } from '../../state/explore/actions.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { EXPERIMENTS } from '../../state/phases/phasesSettings.ts';
import { Prose } from '../../ui/Prose.tsx';
import { Section } from '../Section.tsx';
import styles from './Lesson.module.css';
import { LESSONS, type LessonContext, neighbour } from './lessons.ts';
import { useLab, useReflection } from './useLab.ts';

const NO_CONDITIONS: LessonContext['conditions'] = [];

/** The lesson of an experiment, step by step; the last step leads to the next experiment. */
export function Lesson(): ReactNode {
  const experiment = useLab('experiment');
  const lessons = LESSONS[experiment];
  const step = Math.min(useLab('step'), lessons.length - 1);
  const context = useLessonContext();
  const shown = lessons[step]!;
  const go = (by: 1 | -1): void => {
    const next = neighbour(experiment, step, by);
    if (next) setPhases({ ...next, ...LESSONS[next.experiment][next.step]!.begin?.(context) });
  };
  const next = neighbour(experiment, step, 1);
  const nextTitle = next && LESSONS[next.experiment][next.step]!.title;
  return (
    <Section
      group="lesson"
      title="Lesson"
      aside={
        <>
          <span className="quiet">
            {step + 1} of {lessons.length}
          </span>
          <button type="button" className="button small" onClick={() => print()}>
            Print questions
          </button>
        </>
      }
    >
      <p className={styles.text} aria-live="polite">
        <Prose text={shown.text(context)} />
      </p>
      <div className={styles.bars} aria-hidden="true">
        {lessons.map((entry, i) => (
          <span key={entry.title} className={i <= step ? styles.done : undefined} />
        ))}
      </div>
      <div className={styles.buttons}>
        <button
          type="button"
          className="button"
          disabled={!neighbour(experiment, step, -1)}
          onClick={() => go(-1)}
        >
          Back
        </button>
        {next ? (
          <button type="button" className="button primary" onClick={() => go(1)}>
            Next:{' '}
            {next.experiment === experiment
              ? nextTitle
              : EXPERIMENTS.find(entry => entry.id === next.experiment)!.label.toLowerCase()}
          </button>
        ) : (
          <button type="button" className="button primary" onClick={() => openPage('explore')}>
            Next: the rough map
          </button>
        )}
      </div>
    </Section>
  );
}

function useLessonContext(): LessonContext {
  const lenderId = useLab('lender');
  const formula = useBraggscape(state => state.structure?.formula ?? '');
  const conditions = useBraggscape(state => state.phases.waves.value?.conditions ?? NO_CONDITIONS);
  const hkl = useReflection()?.hkl ?? null;
  const lender = LIBRARY.find(entry => entry.id === lenderId)?.formula ?? lenderId;
  return { formula, lender, hkl, conditions };
}
