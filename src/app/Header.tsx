import type { ReactNode } from 'react';
import { IN_NAVIGATION, PAGES } from '../state/core/pages.ts';
import { useBraggscape } from '../state/core/store.ts';
import { redo, undo } from '../state/core/undo.ts';
import { openPage } from '../state/explore/actions.ts';
import { pageAddress } from '../state/linkSync.ts';
import { Button } from '../ui/Button.tsx';
import { Chevron, Icon, IconButton } from '../ui/Icon.tsx';
import { Popover } from '../ui/Popover.tsx';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import { StructurePicker } from '../views/controls/StructurePicker.tsx';
import { EngineBadge } from './EngineBadge.tsx';
import { FilesButton } from './FilesButton.tsx';
import styles from './Header.module.css';
import { PAGE_TABLE } from './pages.ts';
import { ShareButton } from './ShareButton.tsx';
import { toggleTheme, useTheme } from './theme.ts';

export function Header(props: { onKeys(): void; readonly onControls: (() => void) | null }): ReactNode {
  const { onKeys, onControls } = props;
  const theme = useTheme();
  const canUndo = useBraggscape(state => state.past.length > 0);
  const bar = PAGE_TABLE[useBraggscape(state => state.inputs.page)].bar;
  const hidden = useBraggscape(state => state.inputs.hide.includes('structure'));
  const canRedo = useBraggscape(state => state.future.length > 0);
  const page = useBraggscape(state => state.inputs.page);
  const crowded = useMediaQuery('(max-width: 1023px)');
  const narrow = onControls !== null;
  const undoing = bar.undo && (
    <>
      <IconButton
        name="undo"
        label={canUndo ? 'Undo' : 'Undo: nothing to undo'}
        onClick={undo}
        disabled={!canUndo}
      />
      <IconButton
        name="redo"
        label={canRedo ? 'Redo' : 'Redo: nothing to redo'}
        onClick={redo}
        disabled={!canRedo}
      />
    </>
  );
  const rest = (
    <>
      {narrow && undoing}
      <FilesButton />
      {(narrow || !crowded) && <ShareButton />}
      <IconButton
        name={theme === 'dark' ? 'moon' : 'sun'}
        label={theme === 'dark' ? 'Use the light theme' : 'Use the dark theme'}
        onClick={toggleTheme}
      />
      <Button kind="icon" aria-label="Keys" title="Keys" onClick={onKeys}>
        <kbd>?</kbd>
      </Button>
    </>
  );
  return (
    <header className={styles.bar}>
      <h1>
        <Logo />
        <span className={styles.wordmark}>Braggscape</span>
      </h1>
      {narrow ? (
        <Popover
          label={`Page: ${PAGES.find(({ id }) => id === page)?.label}. Others`}
          className={styles.badge}
          button={
            <>
              <b>{PAGES.find(({ id }) => id === page)?.label}</b>
              <Chevron />
            </>
          }
        >
          <Navigation />
        </Popover>
      ) : (
        <Navigation />
      )}
      <span className="spacer" />
      {bar.structure && !hidden && <StructurePicker />}
      {!crowded && <EngineBadge />}
      {!narrow && undoing}
      {!crowded && rest}
      {crowded && !narrow && <ShareButton />}
      {crowded && (
        <Popover label="More: engine, files, theme" kind="icon" button={<Icon name="more" />}>
          <div className={styles.more}>
            <EngineBadge />
            {rest}
          </div>
        </Popover>
      )}
      {onControls && bar.controls && (
        <Button kind="icon" aria-label="Controls" title="Controls" onClick={onControls}>
          <Icon name="menu" />
        </Button>
      )}
    </header>
  );
}

/** Links, so that a page can be opened in a tab of its own; a plain click stays in this one. */
function Navigation(): ReactNode {
  const inputs = useBraggscape(state => state.inputs);
  return (
    <nav className={`${styles.pages} sideways`} aria-label="Pages">
      {IN_NAVIGATION.map(({ id, label }) => (
        <a
          key={id}
          href={pageAddress(inputs, id)}
          aria-current={inputs.page === id ? 'page' : undefined}
          onClick={event => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
            event.preventDefault();
            openPage(id);
          }}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}

/** Concentric Debye rings around a primary spot. */
function Logo(): ReactNode {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" aria-hidden="true">
      <circle cx="10" cy="10" r="1.8" fill="currentColor" stroke="none" />
      <circle cx="10" cy="10" r="4.6" strokeWidth="1.5" />
      <circle cx="10" cy="10" r="8.2" strokeWidth="1" strokeDasharray="2.2 1.6" />
    </svg>
  );
}
