import { type ReactNode, useEffect } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { changeSettings } from '../../state/core/undo.ts';
import { unwant, want } from '../../state/gallery/galleryQueue.ts';
import type { PresetId } from '../../state/gallery/gallerySettings.ts';
import { cardOf } from '../../state/gallery/gallerySlice.ts';
import { groupsOf, presetLink, presetOf } from '../../state/gallery/presets.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Formula } from '../../ui/Formula.tsx';
import { IconButton } from '../../ui/Icon.tsx';
import { Prose } from '../../ui/Prose.tsx';
import { useSize } from '../../ui/useSize.ts';
import { MovingParameters, sentence } from './Card.tsx';
import { CardPicture, useReplay } from './CardPicture.tsx';
import { findingOf } from './finding.ts';
import styles from './PresentView.module.css';

const present = (id: PresetId | null): void => void changeSettings('gallery', { present: id }, false);

/** Shows a picture alone, on the full screen where the browser allows it. */
export function startPresenting(id: PresetId): void {
  present(id);
  document.documentElement.requestFullscreen?.().catch(() => {});
}

function stopPresenting(): void {
  present(null);
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
}

/** Steps by key: arrows, space, and what presenter remotes send. */
const KEYS: Readonly<Record<string, number>> = {
  ...{ ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1 },
  ...{ ArrowLeft: -1, ArrowUp: -1, PageUp: -1 },
  ...{ Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY },
};

/** A picture is drawn at this width and enlarged as a whole, so that its letters can be read from the last row. */
const DRAWN = 560;

/** One picture of the gallery in large type, in the order in which the filter lists them. */
export function PresentView({ id }: { id: PresetId }): ReactNode {
  const filter = useBraggscape(state => state.inputs.gallery.filter);
  const now = useBraggscape(state => state.inputs);
  const { status, figure, message, done: share } = useBraggscape(state => cardOf(state, id));
  const inFilter = Object.values(groupsOf(filter)).flat();
  const listed = inFilter.some(entry => entry.id === id) ? inFilter : Object.values(groupsOf('all')).flat();
  const at = listed.findIndex(entry => entry.id === id);
  const [ref, size] = useSize<HTMLDivElement>();
  const done = status === 'done' && figure;
  const preset = presetOf(id);
  const replay = useReplay(status === 'done' && preset.kind !== 'wall');
  const follower = listed[at + 1]?.id;
  useEffect(() => {
    const ids = follower ? [id, follower] : [id];
    want(ids);
    return () => unwant(ids);
  }, [id, follower]);
  const go = (by: number): void => present(listed[Math.max(0, Math.min(listed.length - 1, at + by))]!.id);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const by = KEYS[event.key];
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') stopPresenting();
      else if (by === undefined || (event.key === ' ' && event.target !== document.body)) return;
      else go(by);
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
  const scale = Math.max(0.5, Math.min(size.width / DRAWN, size.height / 240));
  const drawn = { width: Math.round(size.width / scale), height: Math.round(size.height / scale) };
  return (
    <main className={styles.present}>
      <div className={styles.head}>
        <h2>{preset.question}</h2>
        <p>
          {preset.figure && `${preset.figure}: `}
          <Formula text={preset.inputs.structureId} />, <MovingParameters preset={preset} />
        </p>
      </div>
      <div className={styles.picture} ref={ref}>
        <div key={id} style={{ ...drawn, transform: `scale(${scale})` }}>
          <CardPicture
            preset={preset}
            width={drawn.width - 16}
            height={drawn.height - 24}
            share={replay}
            active={false}
          />
        </div>
      </div>
      <p className={styles.finding} role="status">
        {done ? <Prose text={findingOf(preset, figure)} /> : sentence(status, message)}
        {status === 'computing' && ` ${Math.round(100 * share)} %`}
      </p>
      <div className={styles.foot}>
        <IconButton name="previous" label="Previous picture" disabled={at === 0} onClick={() => go(-1)} />
        <span>
          {at + 1} of {listed.length}
        </span>
        <IconButton
          name="next"
          label="Next picture"
          disabled={at === listed.length - 1}
          onClick={() => go(1)}
        />
        <span className="spacer" />
        <a className={buttonClass()} href={presetLink(preset, now)}>
          Open in the explorer
        </a>
        <IconButton name="close" label="End the presentation" onClick={stopPresenting} />
      </div>
    </main>
  );
}
