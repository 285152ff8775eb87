import type { ReactNode } from 'react';
import { LIBRARY } from '../../crystal/library.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { openPage } from '../../state/explore/actions.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { EXPERIMENTS } from '../../state/phases/phasesSettings.ts';
import { Button } from '../../ui/Button.tsx';
import { Prose } from '../../ui/Prose.tsx';
import { Section } from '../Section.tsx';
import styles from './Lesson.module.css';
import { LESSONS, type LessonContext, lessonText, neighbour } from './lessons.ts';
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
          <Button small onClick={() => print()}>
            Print questions
          </Button>
        </>
      }
    >
      <p className={styles.text} aria-live="polite">
        <Prose text={lessonText(shown, context)} />
      </p>
      <div className={styles.bars} aria-hidden="true">
        {lessons.map((entry, i) => (
          <span key={entry.title} className={i <= step ? styles.done : undefined} />
        ))}
      </div>
      <div className={styles.buttons}>
        <Button disabled={!neighbour(experiment, step, -1)} onClick={() => go(-1)}>
          Back
        </Button>
        {next ? (
          <Button kind="primary" onClick={() => go(1)}>
            Next:{' '}
            {next.experiment === experiment
              ? nextTitle
              : EXPERIMENTS.find(entry => entry.id === next.experiment)!.label.toLowerCase()}
          </Button>
        ) : (
          <Button kind="primary" onClick={() => openPage('explore')}>
            Next: the rough map
          </Button>
        )}
      </div>
    </Section>
  );
}

function useLessonContext(): LessonContext {
  const donorId = useLab('donor');
  const formula = useBraggscape(state => state.structure?.formula ?? '');
  const conditions = useBraggscape(state => state.phases.waves.value?.conditions ?? NO_CONDITIONS);
  const hkl = useReflection()?.hkl ?? null;
  const donor = LIBRARY.find(entry => entry.id === donorId)?.formula ?? donorId;
  return { formula, donor, hkl, conditions };
}
