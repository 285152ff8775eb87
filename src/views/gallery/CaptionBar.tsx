import { type ReactNode, useEffect, useState } from 'react';
import type { Inputs } from '../../state/core/inputs.ts';
import { store, useBraggscape } from '../../state/core/store.ts';
import { setInputs } from '../../state/core/undo.ts';
import { openPage } from '../../state/explore/actions.ts';
import { unwant, want } from '../../state/gallery/galleryQueue.ts';
import type { PresetId } from '../../state/gallery/gallerySettings.ts';
import { cardOf } from '../../state/gallery/gallerySlice.ts';
import type { Preset } from '../../state/gallery/preset.ts';
import { presetLink, presetOf } from '../../state/gallery/presets.ts';
import { pageAddress } from '../../state/linkSync.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Prose } from '../../ui/Prose.tsx';
import styles from './CaptionBar.module.css';
import { findingOf } from './finding.ts';

/** The caption of a picture over the explorer that it opened: its finding, what to see and what to try. */
export function CaptionBar({ id }: { id: PresetId }): ReactNode {
  const preset = presetOf(id);
  const now = useBraggscape(state => state.inputs);
  const [open, setOpen] = useState(true);
  useFigure(id);
  const changed = differs(preset, now);
  return (
    <section className={styles.caption} aria-label="About this picture">
      <div className={styles.head}>
        {preset.figure && <span className={styles.tag}>{preset.figure}</span>}
        <h2>{preset.question}</h2>
        <span className={styles.tools}>
          {changed && (
            <a className={buttonClass({ small: true })} href={presetLink(preset, now)}>
              As it opened
            </a>
          )}
          <Button small aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Less' : 'More'}
          </Button>
          {id === 'homometric' && (
            <a
              className={buttonClass({ small: true })}
              href={pageAddress({ ...now, phases: { ...now.phases, experiment: 'homometric' } }, 'phases')}
            >
              Laboratory
            </a>
          )}
          <Button small onClick={() => openPage('gallery')}>
            Gallery
          </Button>
          <Button
            small
            aria-label="Close the caption"
            onClick={() => setInputs({ ...now, gallery: { ...now.gallery, caption: null } }, false)}
          >
            ✕
          </Button>
        </span>
      </div>
      {open && (
        <div className={styles.body}>
          <p data-testid="caption-finding" role="status">
            <Finding preset={preset} />
            {changed && <span className="quiet"> You have changed the settings since.</span>}
          </p>
          <p>
            <b>See</b> <Prose text={preset.see} />
          </p>
          <p>
            <b>Try</b> <Prose text={preset.attempt} />
          </p>
        </div>
      )}
    </section>
  );
}

function Finding({ preset }: { preset: Preset }): ReactNode {
  const { status, figure, done: share, message } = useBraggscape(state => cardOf(state, preset.id));
  if (status === 'done' && figure) return <Prose text={findingOf(preset, figure)} />;
  if (status === 'failed') return `The figures of this caption could not be computed: ${message}`;
  return status === 'computing'
    ? `Computing the figures of this caption: ${Math.round(100 * share)} %`
    : 'The figures of this caption follow once the map is done.';
}

/** Computes the figures of a caption once the explorer itself has finished its map. */
function useFigure(id: PresetId): void {
  const idle = useBraggscape(
    state => state.job.status !== 'computing' && state.problem !== null && state.map !== null,
  );
  useEffect(() => {
    if (!idle) return;
    want([id]);
    return () => unwant([id]);
  }, [id, idle]);
}

/** True where what the caption is about has been changed: the crystal, the slice, the descents. */
function differs({ inputs }: Preset, now: Inputs): boolean {
  const about = ({ structureId, slice, loss, instrument, descent, starts }: Inputs): string =>
    JSON.stringify([structureId, slice, loss, instrument, descent, starts]);
  return about(inputs) !== about(now) && store.getState().structureId !== null;
}
