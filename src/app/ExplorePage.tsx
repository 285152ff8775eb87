import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useBraggscape } from '../state/core/store.ts';
import { dropAtProbe } from '../state/explore/actions.ts';
import { advance } from '../state/explore/playback.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import { Rail } from '../views/controls/Rail.tsx';
import styles from './ExplorePage.module.css';
import { Frame, useFramed } from './Frame.tsx';
import type { PageProps } from './pageProps.ts';
import { Stack } from './Stack.tsx';
import { Workbench } from './Workbench.tsx';

/** The explorer: map, descents, pattern and cell, linked. */
export function ExplorePage({ narrow, controls, onControls }: PageProps): ReactNode {
  usePlayer();
  const framed = useFramed();
  if (framed)
    return (
      <main className={`${styles.captioned} printed-as-shown`}>
        <Caption />
        <Frame />
      </main>
    );
  if (!narrow)
    return (
      <main className={`${styles.captioned} printed-as-shown`}>
        <Caption />
        <Workbench />
      </main>
    );
  return (
    <>
      <main className={`${styles.captioned} printed-as-shown`}>
        <Caption />
        <Stack />
      </main>
      <div className={styles.phone}>
        <Button onClick={() => onControls(true)}>Controls</Button>
        <Button kind="primary" onClick={() => dropAtProbe(false)}>
          Start at probe
        </Button>
      </div>
      <Dialog title="Controls" open={controls} onClose={() => onControls(false)}>
        <Rail />
      </Dialog>
    </>
  );
}

const CaptionBar = lazy(async () => ({
  default: (await import('../views/gallery/CaptionBar.tsx')).CaptionBar,
}));

/** Caption of a picture of the gallery, over the explorer that it opened. */
function Caption(): ReactNode {
  const shown = useBraggscape(state => state.inputs.gallery.caption);
  return (
    shown && (
      <Suspense>
        <CaptionBar id={shown} />
      </Suspense>
    )
  );
}

/** Moves the player on, one frame at a time, while it plays. */
function usePlayer(): void {
  const playing = useBraggscape(state => state.play.playing);
  const last = useRef(0);
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  useEffect(() => {
    if (!playing) return;
    let frame = requestAnimationFrame(function tick(now) {
      // Who asks for less motion sees where the descents have got to, not the way.
      advance(still ? Number.POSITIVE_INFINITY : Math.min(500, now - (last.current || now)));
      last.current = now;
      frame = requestAnimationFrame(tick);
    });
    return () => {
      cancelAnimationFrame(frame);
      last.current = 0;
    };
  }, [playing, still]);
}
