import { type ReactNode, useRef } from 'react';
import { store, useBraggscape } from '../../state/core/store.ts';
import { setInputs } from '../../state/core/undo.ts';
import { stopAll } from '../../state/gallery/galleryQueue.ts';
import { FAILURE_IDS, GALLERY, type GalleryFilter } from '../../state/gallery/gallerySettings.ts';
import { PRESETS, presetOf } from '../../state/gallery/presets.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Card } from './Card.tsx';
import styles from './GalleryPage.module.css';
import { LargerView } from './LargerView.tsx';
import { useVisibleCards } from './useVisibleCards.ts';

const FILTER_NAMES: Readonly<Record<GalleryFilter, string>> = {
  all: 'All',
  landscapes: 'Landscapes',
  descents: 'Descents',
  patterns: 'Patterns',
};

/** The figures of the paper, computed here, each a way into the explorer. */
export function GalleryPage(): ReactNode {
  const larger = useBraggscape(state => state.inputs.gallery.larger);
  return larger ? <LargerView key={larger} preset={presetOf(larger)} /> : <Cards />;
}

function Cards(): ReactNode {
  const filter = useBraggscape(state => state.inputs.gallery.filter);
  const root = useRef<HTMLElement>(null);
  const shown = PRESETS.filter(({ topic }) => filter === 'all' || topic === filter);
  useVisibleCards(
    root,
    shown.map(({ id }) => id),
  );
  const failures = shown.filter(({ id }) => FAILURE_IDS.includes(id));
  const figures = shown.filter(entry => !failures.includes(entry));
  return (
    <main className={styles.page} ref={root}>
      <div className={styles.head}>
        <div>
          <h2>Gallery</h2>
          <p>
            The figures of the paper, computed again in this page. Point at one to replay it, open it to
            change anything.
          </p>
        </div>
        <Status />
        <Segmented
          label="Kind of picture"
          value={filter}
          options={GALLERY.filter.codec.choices.map(value => ({ value, label: FILTER_NAMES[value] }))}
          onChange={value => {
            const { inputs } = store.getState();
            setInputs({ ...inputs, gallery: { ...inputs.gallery, filter: value } }, false);
          }}
        />
      </div>
      <div className={styles.cards}>
        {figures.map(preset => (
          <Card key={preset.id} preset={preset} compact={false} />
        ))}
      </div>
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
