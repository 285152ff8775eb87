import { type ReactNode, useRef, useState } from 'react';
import { useBraggscape } from '../state/core/store.ts';
import { shareAddress } from '../state/linkSync.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Popover } from '../ui/Popover.tsx';
import header from './Header.module.css';
import styles from './ShareButton.module.css';

/** The address of what is on screen, copied where the browser allows it and shown in any case. */
export function ShareButton(): ReactNode {
  const [address, setAddress] = useState('');
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(true);
    } catch {
      // Not allowed here: the address is selected for the user's own copy key.
      field.current?.select();
    }
  };
  return (
    <Popover
      label="Share this picture"
      className={`${header.badge} share`}
      onOpen={() => {
        setAddress(shareAddress());
        setCopied(false);
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
        <div className={styles.row}>
          <input
            ref={field}
            type="text"
            readOnly
            value={address}
            aria-label="Link"
            onFocus={event => event.target.select()}
          />
          <Button onClick={() => void copy()}>{copied ? 'Copied' : 'Copy'}</Button>
        </div>
        <p className="visually-hidden" aria-live="polite">
          {copied ? 'The link is copied.' : ''}
        </p>
      </div>
    </Popover>
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
