import type { MouseEvent, ReactNode } from 'react';
import { notify } from '../state/core/notices.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Popover } from '../ui/Popover.tsx';
import styles from './SaveMenu.module.css';

/** A file to save: its name in the menu, and what makes and saves it. */
export type SaveItem = readonly [name: string, save: () => unknown];

/** A menu of files; what cannot be saved says why. */
export function SaveMenu(props: {
  readonly label: string;
  readonly items: readonly SaveItem[];
  readonly small?: boolean;
}): ReactNode {
  const { label, items, small = true } = props;
  const choose = async ({ currentTarget }: MouseEvent<HTMLElement>, save: () => unknown): Promise<void> => {
    currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
    try {
      await save();
    } catch (error) {
      notify({ id: 'save', tone: 'error', text: `The file was not saved: ${(error as Error).message}` });
    }
  };
  return (
    <Popover label={label} button={<Icon name="download" />} kind="icon" small={small}>
      <div className={styles.list}>
        {items.map(([name, save]) => (
          <Button key={name} onClick={event => void choose(event, save)}>
            {name}
          </Button>
        ))}
      </div>
    </Popover>
  );
}
