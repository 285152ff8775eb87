import { type ReactNode, useId, useState } from 'react';
import { catalogueEntry } from '../../crystal/catalogue.ts';
import type { SliceModel } from '../../landscape/slice.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { changeSettings } from '../../state/core/undo.ts';
import { resume } from '../../state/gallery/galleryQueue.ts';
import { GALLERY, type LargerId } from '../../state/gallery/gallerySettings.ts';
import { cardOf } from '../../state/gallery/gallerySlice.ts';
import type { Preset } from '../../state/gallery/preset.ts';
import { presetLink } from '../../state/gallery/presets.ts';
import { Button } from '../../ui/Button.tsx';
import { Formula } from '../../ui/Formula.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Prose } from '../../ui/Prose.tsx';
import { useSize } from '../../ui/useSize.ts';
import { namedById, ParameterSymbol } from '../CellParameter.tsx';
import styles from './Card.module.css';
import { CardPicture, useReplay } from './CardPicture.tsx';
import { findingOf } from './finding.ts';

export const largerOf = (preset: Preset): LargerId | null =>
  GALLERY.larger.codec.choices.find(id => id === preset.id) ?? null;

export const openLarger = (larger: LargerId | null): void =>
  void changeSettings('gallery', { larger }, false);

/** A living figure: picture, question, one finding. The whole card is the link to the explorer in that state. */
export function Card({ preset, compact }: { preset: Preset; compact: boolean }): ReactNode {
  const { status, done: share, figure, message } = useBraggscape(state => cardOf(state, preset.id));
  const now = useBraggscape(state => state.inputs);
  const [active, setActive] = useState(false);
  const [ref, size] = useSize<HTMLDivElement>();
  const done = status === 'done';
  const replay = useReplay(active && done && preset.kind !== 'wall');
  const finding = useId();
  const larger = largerOf(preset);
  return (
    <article
      className={compact ? `${styles.card} ${styles.compact}` : styles.card}
      data-preset={preset.id}
      data-status={status}
      onPointerEnter={() => setActive(true)}
      onPointerLeave={() => setActive(false)}
      onFocus={() => setActive(true)}
      onBlur={() => setActive(false)}
    >
      <div className={styles.picture} data-part="picture" ref={ref}>
        <CardPicture
          preset={preset}
          width={size.width}
          height={compact ? 196 : 206}
          share={replay}
          active={active}
        />
        {larger && done && (
          <Button
            kind="icon"
            className={styles.larger}
            aria-label={`Larger view of “${preset.question}”`}
            title="Larger view"
            onClick={() => openLarger(larger)}
          >
            <Icon name="expand" />
          </Button>
        )}
      </div>
      <div className={styles.rule} aria-hidden="true">
        {active && done && replay < 1 && <div style={{ width: `${100 * replay}%` }} />}
        {status === 'computing' && <div className={styles.computing} style={{ width: `${100 * share}%` }} />}
      </div>
      <h3>
        <a href={presetLink(preset, now)} aria-describedby={finding}>
          {preset.question}
        </a>
      </h3>
      <p className={styles.finding} id={finding} data-testid={`finding-${preset.id}`}>
        {done && figure ? (
          <Prose text={findingOf(preset, figure)} />
        ) : (
          <span className="quiet">{sentence(status, message)}</span>
        )}
      </p>
      <div className={styles.foot}>
        {preset.figure && <span className={styles.tag}>{preset.figure}</span>}
        <span className={styles.crystal}>
          <Formula text={catalogueEntry(preset.inputs.structureId)?.name ?? preset.inputs.structureId} />,{' '}
          <MovingParameters preset={preset} model={figure?.model} />
        </span>
        {(status === 'cancelled' || status === 'failed') && (
          <Button small onClick={() => resume([preset.id])}>
            Compute
          </Button>
        )}
        <span className={styles.open} aria-hidden="true">
          Open <kbd>↵</kbd>
        </span>
      </div>
    </article>
  );
}

/** The parameters that move. */
export function MovingParameters({
  preset: { kind, inputs },
  model,
}: {
  preset: Preset;
  /** Once its names are known. */
  model?: SliceModel | null | undefined;
}): ReactNode {
  if (kind === 'rows' || inputs.descent.space === 'full') return 'all six parameters';
  if (kind === 'wall') return 'all 15 slices, false minima counted';
  return (
    <>
      <ParameterSymbol of={model?.x ?? namedById(inputs.slice.x)} /> and{' '}
      <ParameterSymbol of={model?.y ?? namedById(inputs.slice.y)} />
    </>
  );
}

/** Words under a picture that is not computed. */
export function sentence(status: string, message: string | null): string {
  if (status === 'failed') return `This picture could not be computed: ${message ?? 'no reason is known'}`;
  if (status === 'cancelled') return 'Stopped before it was done.';
  return status === 'computing'
    ? 'Stored picture; it is being computed anew.'
    : 'Stored picture; computed anew when it is in view and the others are done.';
}
