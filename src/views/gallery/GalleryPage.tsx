import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { stopAll, unwant, want } from '../../state/gallery/galleryQueue.ts';
import { PRESET_IDS, type PresetId } from '../../state/gallery/gallerySettings.ts';
import { groupsOf, PRESETS, presetOf } from '../../state/gallery/presets.ts';
import { Button } from '../../ui/Button.tsx';
import { SettingInput } from '../SettingRow.tsx';
import { TourList } from '../tours/TourList.tsx';
import { Card } from './Card.tsx';
import styles from './GalleryPage.module.css';
import { LargerView } from './LargerView.tsx';
import { PresentView, startPresenting } from './PresentView.tsx';

/** The figures of the paper, computed here, each a way into the explorer. */
export function GalleryPage(): ReactNode {
  const { larger, present } = useBraggscape(state => state.inputs.gallery);
  if (present) return <PresentView id={present} />;
  return larger ? <LargerView key={larger} preset={presetOf(larger)} /> : <Cards />;
}

function Cards(): ReactNode {
  const filter = useBraggscape(state => state.inputs.gallery.filter);
  const root = useRef<HTMLElement>(null);
  const { figures, wayDown, failures, parameters } = groupsOf(filter);
  const shown = [...figures, ...wayDown, ...parameters, ...failures];
  useVisibleCards(
    root,
    shown.map(({ id }) => id),
  );
  return (
    <main className={`${styles.page} printed-as-shown`} ref={root}>
      <div className={styles.head}>
        <div>
          <h2>Gallery</h2>
          <p>
            The figures of the paper, computed again in this page. Point at one to replay it, open it to
            change anything.
          </p>
        </div>
        <Status />
        {shown[0] && <Button onClick={() => startPresenting(shown[0]!.id)}>Present</Button>}
        <SettingInput of="gallery.filter" undoable={false} />
      </div>
      <TourList />
      <div className={styles.cards}>
        {figures.map(preset => (
          <Card key={preset.id} preset={preset} compact={false} />
        ))}
      </div>
      {wayDown.length > 0 && (
        <section aria-labelledby="way-down">
          <div className={styles.section}>
            <h2 id="way-down">And the way down</h2>
            <p>Beyond the paper: the same starts, with peaks that are wide at first.</p>
          </div>
          <div className={styles.cards}>
            {wayDown.map(preset => (
              <Card key={preset.id} preset={preset} compact={false} />
            ))}
          </div>
        </section>
      )}
      {parameters.length > 0 && (
        <section aria-labelledby="beyond-cell">
          <div className={styles.section}>
            <h2 id="beyond-cell">Atoms, and all else that a pattern depends on</h2>
            <p>Beyond the cell: what the data sees of it, and what it does not.</p>
          </div>
          <div className={styles.cards}>
            {parameters.map(preset => (
              <Card key={preset.id} preset={preset} compact={false} />
            ))}
          </div>
        </section>
      )}
      {failures.length > 0 && (
        <section aria-labelledby="failures">
          <div className={styles.section}>
            <h2 id="failures">{filter === 'all' ? 'Six ways a descent fails' : 'Ways a descent fails'}</h2>
            <p>Each opens at the step where it goes wrong.</p>
          </div>
          <div className={`${styles.cards} ${styles.compact}`}>
            {failures.map(preset => (
              <Card key={preset.id} preset={preset} compact />
            ))}
          </div>
        </section>
      )}
    </main>
  );
}

/** The picture that is being computed, and the way to stop it. */
function Status(): ReactNode {
  const running = useBraggscape(
    state => PRESETS.find(({ id }) => state.gallery[id]?.status === 'computing')?.id ?? null,
  );
  const done = useBraggscape(
    state => PRESETS.filter(({ id }) => state.gallery[id]?.status === 'done').length,
  );
  return (
    <div className={styles.status}>
      <span role="status">
        {running ? `Computing “${presetOf(running).question}” ${done} of ${PRESETS.length} done.` : ''}
      </span>
      {running && (
        <Button small onClick={stopAll}>
          Stop
        </Button>
      )}
    </div>
  );
}

/** A card counts as in view a little before it is. */
const MARGIN = '80px';

/** Computes the pictures of the cards that are in view, those that came last first. */
function useVisibleCards(root: RefObject<HTMLElement | null>, shown: readonly PresetId[]): void {
  const key = shown.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: other cards are other elements
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const seen = new Set<PresetId>();
    const observer = new IntersectionObserver(
      entries => {
        const came: PresetId[] = [];
        const left: PresetId[] = [];
        for (const { target, isIntersecting } of entries) {
          const id = PRESET_IDS.find(entry => entry === (target as HTMLElement).dataset.preset);
          if (id && isIntersecting) came.push(id);
          else if (id) left.push(id);
        }
        for (const id of came) seen.add(id);
        unwant(left.filter(id => seen.delete(id)));
        want(came);
      },
      { root: element, rootMargin: MARGIN },
    );
    for (const card of element.querySelectorAll('[data-preset]')) observer.observe(card);
    return () => {
      observer.disconnect();
      unwant([...seen]);
    };
  }, [key]);
}
