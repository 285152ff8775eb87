import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useBraggscape } from '../state/core/store.ts';
import { Button } from '../ui/Button.tsx';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import styles from './App.module.css';
import { FileDrop } from './FileDrop.tsx';
import { Header } from './Header.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { Notices } from './Notices.tsx';
import { PageSlot } from './PageSlot.tsx';
import { Printed } from './Printed.tsx';
import { startShortcuts } from './shortcuts.ts';

/** The first stop of Tab: past the bar and the controls, to the picture of the page or to the page where it has none. */
function SkipLink(): ReactNode {
  const skip = (): void => {
    const main = document.querySelector<HTMLElement>('main');
    const target = main?.querySelector<HTMLElement>('[role="application"]') ?? main;
    if (!target) return;
    if (!target.hasAttribute('tabindex')) target.tabIndex = -1;
    target.focus();
  };
  return (
    <Button className={styles.skip} onClick={skip}>
      Skip to the picture
    </Button>
  );
}

const TourBar = lazy(async () => ({ default: (await import('../views/tours/TourBar.tsx')).TourBar }));

export function App(): ReactNode {
  const [keys, setKeys] = useState(false);
  const [controls, setControls] = useState(false);
  const narrow = useMediaQuery('(max-width: 759px)');
  const bare = useBraggscape(
    ({ inputs: { embed, page, gallery } }) => embed || (page === 'gallery' && gallery.present !== null),
  );
  const tour = useBraggscape(state => state.inputs.tour);
  useEffect(() => startShortcuts(() => setKeys(true)), []);
  return (
    <div className={styles.app} data-bare={bare || undefined}>
      {!bare && <SkipLink />}
      {!bare && <Header onKeys={() => setKeys(true)} onControls={narrow ? () => setControls(true) : null} />}
      <Notices />
      {tour && (
        <Suspense>
          <TourBar place={tour} />
        </Suspense>
      )}
      <PageSlot narrow={narrow} controls={controls} onControls={setControls} />
      <Printed />
      <FileDrop />
      <KeysDialog open={keys} onClose={() => setKeys(false)} />
    </div>
  );
}
