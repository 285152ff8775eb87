import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { SettingInput } from '../SettingRow.tsx';
import styles from './CellMenu.module.css';

/** Choices of content and view. */
export function CellMenu({ onView }: { onView(axis: 0 | 1 | 2): void }): ReactNode {
  return (
    <Popover label="Cell display" button={<Icon name="layers" />} kind="icon" small>
      <div className={styles['menu']}>
        <span id="cell-along">Look along</span>
        <fieldset className={styles['along']} aria-labelledby="cell-along">
          {(['a', 'b', 'c'] as const).map((axis, i) => (
            <Button key={axis} small aria-label={`Look along ${axis}`} onClick={() => onView(i as 0 | 1 | 2)}>
              <i>{axis}</i>
            </Button>
          ))}
        </fieldset>
        <span>Cells</span>
        <SettingInput of="view.supercell" small />
        <span>Projection</span>
        <SettingInput of="view.projection" small />
        <SettingInput of="view.bonds" />
        <SettingInput of="view.ghost" />
        <p className={styles['note']}>
          A bond is drawn below the sum of the covalent radii plus 0.4{'\u202f'}Å, between metals only where
          there is no non-metal. Spheres are smaller than the atoms.
        </p>
        <p className={styles['note']}>
          <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd> turn, <kbd>+</kbd> <kbd>−</kbd> zoom,{' '}
          <kbd>0</kbd> reset, <kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd> along <i>a b c</i>, <kbd>,</kbd>{' '}
          <kbd>.</kbd> next atom, <kbd>↵</kbd> measure
        </p>
      </div>
    </Popover>
  );
}
