import { type ReactNode, useEffect, useState } from 'react';
import { useBraggscape } from '../state/core/store.ts';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import styles from './App.module.css';
import { FileDrop } from './FileDrop.tsx';
import { Header } from './Header.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { Notices } from './Notices.tsx';
import { PageSlot } from './PageSlot.tsx';
import { startShortcuts } from './shortcuts.ts';

export function App(): ReactNode {
  const [keys, setKeys] = useState(false);
  const [controls, setControls] = useState(false);
  const narrow = useMediaQuery('(max-width: 759px)');
  const bare = useBraggscape(
    ({ inputs: { embed, page, gallery } }) => embed || (page === 'gallery' && gallery.present !== null),
  );
  useEffect(() => startShortcuts(() => setKeys(true)), []);
  return (
    <div className={styles.app} data-bare={bare || undefined}>
      {!bare && <Header onKeys={() => setKeys(true)} onControls={narrow ? () => setControls(true) : null} />}
      <Notices />
      <PageSlot narrow={narrow} controls={controls} onControls={setControls} />
      <FileDrop />
      <KeysDialog open={keys} onClose={() => setKeys(false)} />
    </div>
  );
}
