import type { ReactNode } from 'react';
import { LIBRARY } from '../../crystal/library.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { openPage } from '../../state/explore/actions.ts';
import { EXPERIMENTS } from '../../state/phases/phasesSettings.ts';
import { Button } from '../../ui/Button.tsx';
import { Formula } from '../../ui/Formula.tsx';
import { Prose } from '../../ui/Prose.tsx';
import { Section } from '../Section.tsx';
import styles from './Lesson.module.css';
import { factsOf, LESSONS, type LessonFacts, lessonText, neighbour, openLesson } from './lessons.ts';
import { useLab, useReflection } from './useLab.ts';

/** The lesson of an experiment, step by step; the last step leads to the next experiment. */
export function Lesson(): ReactNode {
  const experiment = useLab('experiment');
  const lessons = LESSONS[experiment];
  const step = Math.min(useLab('step'), lessons.length - 1);
  const facts = useLessonFacts();
  const shownOn = useBraggscape(state => state.inputs.structureId);
  if (!facts) return null;
  const shown = lessons[step]!;
  const go = (by: 1 | -1): void => {
    const to = neighbour(experiment, step, by);
    if (to) openLesson(to, facts);
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
        <Prose text={lessonText(shown, facts)} />
      </p>
      {shown.crystal !== undefined && shown.crystal !== shownOn && (
        <p>
          <Button kind="text" onClick={() => openLesson({ experiment, step }, null, shown.crystal)}>
            <span>
              Show it on <Formula text={LIBRARY.find(({ id }) => id === shown.crystal)!.formula} />
            </span>
          </Button>
        </p>
      )}
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

function useLessonFacts(): LessonFacts | null {
  const structure = useBraggscape(state => state.structure);
  const inputs = useBraggscape(state => state.inputs);
  const phases = useBraggscape(state => state.phases);
  const hkl = useReflection()?.hkl ?? null;
  return structure && factsOf({ inputs, phases }, structure, hkl);
}
