import { type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import { notify } from '../state/core/notices.ts';
import { useBraggscape } from '../state/core/store.ts';
import { shareAddress } from '../state/linkSync.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Popover } from '../ui/Popover.tsx';
import { useLazy } from '../ui/useLazy.ts';
import { CopyField } from './CopyField.tsx';
import header from './Header.module.css';
import styles from './ShareButton.module.css';

/** The address of what is on screen, copied where the browser allows it and shown in any case. */
export function ShareButton(): ReactNode {
  const [address, setAddress] = useState('');
  const [embedding, setEmbedding] = useState(false);
  const [Embed, fetchEmbed] = useLazy(
    async () => (await import('./EmbedDialog.tsx')).EmbedDialog,
    reason => notify({ id: 'embed', tone: 'error', text: `The dialog could not be loaded: ${reason}` }),
  );
  return (
    <>
      <Popover
        label="Share this picture"
        className={`${header.badge} share`}
        onOpen={() => {
          setAddress(shareAddress());
        }}
        button={
          <>
            <Icon name="link" />
            <span className={header.word}>Share</span>
          </>
        }
      >
        <div className={styles.menu}>
          <h3>Link to what is on screen</h3>
          <p className="quiet">
            Crystal, slice, loss, instrument, starts, view: all of it is in the link, own crystals of up to
            about 100 atoms too.
          </p>
          <LeftOut />
          <CopyField label="Link" text={address} />
          <Button
            onClick={() => {
              setEmbedding(true);
              void fetchEmbed();
            }}
          >
            Embed in another page
          </Button>
        </div>
      </Popover>
      {/* Outside of the panel, which closes as the dialog opens. */}
      {Embed && createPortal(<Embed open={embedding} onClose={() => setEmbedding(false)} />, document.body)}
    </>
  );
}

/** Names of what is on this device alone. */
function LeftOut(): ReactNode {
  const { crystals, patterns } = useBraggscape(state => state.inputs.userFiles);
  const names = [...crystals.filter(({ data }) => data === null), ...patterns].map(({ name }) => name);
  if (names.length === 0) return null;
  return (
    <p className={styles.leftOut}>
      Not in the link, because too large for one: {names.join(', ')}. The link opens{' '}
      {names.length > 1 ? 'them' : 'it'} on this device; for another, save a project under Files.
    </p>
  );
}
