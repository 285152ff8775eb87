import { type ReactNode, useEffect } from 'react';
import { placeOf } from '../../state/core/settings.ts';
import { store, useBraggscape } from '../../state/core/store.ts';
import { TOUR_IDS, type TourId, type TourPlace } from '../../state/core/tourSettings.ts';
import { changeSetting } from '../../state/core/undo.ts';
import { openLink, shareAddress } from '../../state/linkSync.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/Icon.tsx';
import { Prose } from '../../ui/Prose.tsx';
import sheet from '../phases/PrintSheet.module.css';
import styles from './TourBar.module.css';
import { TOURS, type TourStep } from './tours.ts';

/** Where each tour was left, in this browser. */
const KEPT = 'braggscape-tours';

/** Private windows may refuse storage, and others write to it: then tours begin at their beginning. */
export function keptStep(id: TourId): number {
  try {
    const step = Number(JSON.parse(localStorage.getItem(KEPT) ?? '{}')[id]);
    return step >= 1 && step <= TOURS[id].steps.length + 1 ? step : 1;
  } catch {
    return 1;
  }
}

function keep({ id, step }: TourPlace): void {
  try {
    const kept = Object.fromEntries(TOUR_IDS.map(one => [one, keptStep(one)]));
    localStorage.setItem(KEPT, JSON.stringify({ ...kept, [id]: step }));
  } catch {
    // Refused: nothing to remember it in.
  }
}

/** The link that a step opens with; the frame and the engine stay. */
export function stepLink({ id, step }: TourPlace): string {
  const { steps } = TOURS[id];
  const { embed, hide, engine } = store.getState().inputs;
  const frame = `${embed ? '&embed=1' : ''}${hide.length ? `&hide=${hide}` : ''}${engine === 'auto' ? '' : `&engine=${engine}`}`;
  return `v=1&${steps[Math.min(step, steps.length) - 1]!.link}${frame}&tour=${id}~${step}`;
}

const leave = (): void => void changeSetting(placeOf(null, 'tour'), null, false);

/** The step of a guided tour over the page that it speaks of; after the last one its question. */
export function TourBar({ place }: { place: TourPlace }): ReactNode {
  const { id } = place;
  const { title, steps, question, answer } = TOURS[id];
  const step = Math.min(place.step, steps.length + 1);
  const asked = step > steps.length;
  useEffect(() => keep({ id, step }), [id, step]);
  const go = (to: number): void => {
    if (to >= 1 && to <= steps.length + 1) openLink(stepLink({ id, step: to }));
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const by = { PageDown: 1, PageUp: -1 }[event.key];
      if (!by || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      go(step + by);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
  return (
    <section className={styles.bar} aria-label="Guided tour">
      <div className={styles.head}>
        <h2>{title}</h2>
        <span className="quiet">{asked ? 'Question' : `${step} of ${steps.length}`}</span>
        <span className="spacer" />
        <Button small onClick={() => print()}>
          Print worksheet
        </Button>
        <IconButton name="close" small label="Leave the tour" onClick={leave} />
      </div>
      <div className={styles.body}>
        <div className={styles.words} aria-live="polite">
          {asked ? (
            <>
              <p>
                <Prose text={question} />
              </p>
              <details key={id}>
                <summary>Answer</summary>
                <p>
                  <Prose text={answer} />
                </p>
              </details>
            </>
          ) : (
            <p data-testid="tour-text">
              <Words step={steps[step - 1]!} />
            </p>
          )}
        </div>
        <div className={styles.buttons}>
          <Button disabled={step === 1} onClick={() => go(step - 1)}>
            Back
          </Button>
          <Button kind="primary" onClick={() => (asked ? leave() : go(step + 1))}>
            {asked ? 'Done' : step === steps.length ? 'Question' : 'Next'}
          </Button>
        </div>
      </div>
      <Worksheet id={id} />
    </section>
  );
}

function Words({ step: { text } }: { step: TourStep }): ReactNode {
  const said = useBraggscape(state => (typeof text === 'string' ? text : text(state)));
  return said === null ? <span className="quiet">The map is being computed.</span> : <Prose text={said} />;
}

/** The tour on paper: its steps, and its question with room for the answer. Not on screen. */
function Worksheet({ id }: { id: TourId }): ReactNode {
  const { title, steps, question } = TOURS[id];
  return (
    <div className={sheet.sheet} aria-hidden="true">
      <h2>{title}</h2>
      <ol>
        {steps.map(step => (
          <li key={step.link}>
            <Words step={step} />
            <span className={styles.notes} />
          </li>
        ))}
        <li>
          <b>
            <Prose text={question} />
          </b>
          <span className={sheet.lines} />
          <span className={sheet.lines} />
        </li>
      </ol>
      <p className={sheet.link}>{shareAddress()}</p>
    </div>
  );
}
