import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { cardOf } from '../../state/gallery/gallerySlice.ts';
import type { PresetKind } from '../../state/gallery/preset.ts';
import { useMediaQuery } from '../../ui/useMediaQuery.ts';
import styles from './CardPicture.module.css';
import { DescentsPicture, ReadingsPicture } from './DescentsPicture.tsx';
import { MinimaPicture } from './MinimaPicture.tsx';
import type { PictureProps } from './pictureProps.ts';
import { RowsPicture } from './RowsPicture.tsx';
import { WallPicture } from './WallPicture.tsx';
import { WayDownPicture } from './WayDownPicture.tsx';

const PICTURES: Readonly<Record<PresetKind, ComponentType<PictureProps>>> = {
  minima: MinimaPicture,
  descents: DescentsPicture,
  failure: DescentsPicture,
  readings: ReadingsPicture,
  rows: RowsPicture,
  wall: WallPicture,
  wayDown: WayDownPicture,
  nudged: MinimaPicture,
};

/** The picture of a figure: the stored one at once, over all of the box around it, and the live one when it is computed. */
export function CardPicture(props: Omit<PictureProps, 'figure'>): ReactNode {
  const { preset, width } = props;
  const { status, figure } = useBraggscape(state => cardOf(state, preset.id));
  const [missing, setMissing] = useState(false);
  const Picture = PICTURES[preset.kind];
  if (width <= 40) return null;
  if (figure && (status === 'done' || missing)) return <Picture {...props} figure={figure} />;
  if (missing) return null;
  // Two: the theme is a choice of the page, not of the browser; the hidden one is not fetched.
  return (['light', 'dark'] as const).map(theme => (
    <img
      key={theme}
      className={styles[theme]}
      src={`gallery/${preset.id}-${theme}.webp`}
      alt=""
      loading="lazy"
      onError={() => setMissing(true)}
    />
  ));
}

/** A replay takes this long, ms. */
const DURATION = 2800;

/** Share of a replay, 0 to 1, running from the beginning whenever it becomes active; 1 while it does not. */
export function useReplay(active: boolean): number {
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  const [share, setShare] = useState(1);
  useEffect(() => {
    if (!active || still) return;
    let begin: number | null = null;
    let frame = requestAnimationFrame(function tick(now) {
      begin ??= now;
      const done = Math.min(1, (now - begin) / DURATION);
      setShare(done);
      if (done < 1) frame = requestAnimationFrame(tick);
    });
    return () => {
      cancelAnimationFrame(frame);
      setShare(1);
    };
  }, [active, still]);
  return share;
}
