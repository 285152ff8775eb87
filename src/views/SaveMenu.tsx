import type { MouseEvent, ReactNode } from 'react';
import { notify } from '../state/core/notices.ts';
import { Icon } from '../ui/Icon.tsx';
import { Popover } from '../ui/Popover.tsx';

/** A file to save: its name in the menu, and what makes and saves it. */
export type SaveItem = readonly [name: string, save: () => unknown];

/** A menu of files; what cannot be saved says why. */
export function SaveMenu({ label, items }: { label: string; items: readonly SaveItem[] }): ReactNode {
  const choose = async ({ currentTarget }: MouseEvent<HTMLElement>, save: () => unknown): Promise<void> => {
    currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
    try {
      await save();
    } catch (error) {
      notify({ id: 'save', tone: 'error', text: `The file was not saved: ${(error as Error).message}` });
    }
  };
  return (
    <Popover label={label} button={<Icon name="download" />} className="button icon small">
      <div className="menu-list">
        {items.map(([name, save]) => (
          <button type="button" key={name} className="button" onClick={event => void choose(event, save)}>
            {name}
          </button>
        ))}
      </div>
    </Popover>
  );
}
