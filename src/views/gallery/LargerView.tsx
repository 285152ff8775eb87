import { type ReactNode, useEffect } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { resume, unwant, want } from '../../state/gallery/galleryQueue.ts';
import { cardOf } from '../../state/gallery/gallerySlice.ts';
import { type Preset, presetLink } from '../../state/gallery/presets.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Formula } from '../../ui/Formula.tsx';
import card from './Card.module.css';
import { MovingParameters, openLarger } from './Card.tsx';
import { findingOf } from './finding.ts';
import page from './GalleryPage.module.css';
import { LargerRows } from './LargerRows.tsx';
import styles from './LargerView.module.css';
import { LargerWall } from './LargerWall.tsx';
import { Words } from './Words.tsx';

/** One figure on a page of its own, with a link of its own, made to be printed. */
export function LargerView({ preset }: { preset: Preset }): ReactNode {
  const { status, done: share, figure, message } = useBraggscape(state => cardOf(state, preset.id));
  const now = useBraggscape(state => state.inputs);
  const { id } = preset;
  useEffect(() => {
    want([id]);
    return () => unwant([id]);
  }, [id]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) openLarger(null);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <main className={`${page.page} ${styles.larger}`}>
      <div className={page.head}>
        <div>
          <h2>{preset.question}</h2>
          <p>
            {preset.figure && <span className={card.tag}>{preset.figure}</span>}{' '}
            <Formula text={preset.inputs.structureId} />, <MovingParameters preset={preset} />
          </p>
        </div>
        <div className={styles.tools}>
          <Button onClick={() => openLarger(null)}>Back to the gallery</Button>
          <Button onClick={() => print()}>Print</Button>
          <a className={buttonClass()} href={presetLink(preset, now)}>
            Open in the explorer
          </a>
        </div>
      </div>
      <p className={styles.finding} role="status">
        {status === 'done' && figure ? (
          <Words text={findingOf(preset, figure)} />
        ) : status === 'failed' ? (
          `This picture could not be computed: ${message}`
        ) : (
          `Computing: ${Math.round(100 * share)} %`
        )}
        {(status === 'failed' || status === 'cancelled') && (
          <Button small onClick={() => resume([id])}>
            Compute
          </Button>
        )}
      </p>
      {figure &&
        (preset.kind === 'wall' ? (
          <LargerWall preset={preset} figure={figure} />
        ) : (
          <LargerRows figure={figure} />
        ))}
      <p className={styles.words}>
        <Words text={preset.see} />
      </p>
      <p className={styles.words}>
        <Words text={preset.attempt} />
      </p>
    </main>
  );
}
