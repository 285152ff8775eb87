import { type ReactNode, useEffect, useRef, useState } from 'react';
import { dropAtProbe } from '../state/actions.ts';
import { advance } from '../state/playback.ts';
import { useBraggscape } from '../state/store.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import { Rail } from '../views/controls/Rail.tsx';
import { Header } from './Header.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { Notices } from './Notices.tsx';
import { Stack } from './Stack.tsx';
import { startShortcuts } from './shortcuts.ts';
import { Workbench } from './Workbench.tsx';

export function App(): ReactNode {
  const [keys, setKeys] = useState(false);
  const [controls, setControls] = useState(false);
  const narrow = useMediaQuery('(max-width: 759px)');
  useEffect(() => startShortcuts(() => setKeys(true)), []);
  usePlayer();
  return (
    <div className={narrow ? 'app narrow' : 'app'}>
      <Header onKeys={() => setKeys(true)} onControls={narrow ? () => setControls(true) : null} />
      <Notices />
      <main>{narrow ? <Stack /> : <Workbench />}</main>
      {narrow && (
        <div className="phone-bar">
          <button type="button" className="button" onClick={() => setControls(true)}>
            Controls
          </button>
          <button type="button" className="button primary" onClick={() => dropAtProbe(false)}>
            Start at probe
          </button>
        </div>
      )}
      {narrow && (
        <Dialog title="Controls" open={controls} onClose={() => setControls(false)}>
          <Rail />
        </Dialog>
      )}
      <KeysDialog open={keys} onClose={() => setKeys(false)} />
    </div>
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
