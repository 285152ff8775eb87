import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { setView } from '../../state/explore/actions.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import styles from './CellMenu.module.css';

export interface CellMenuProps {
  onView(axis: 0 | 1 | 2): void;
}

/** Choices of content and view. */
export function CellMenu({ onView }: CellMenuProps): ReactNode {
  const repeat = useBraggscape(state => state.inputs.view.supercell);
  const projection = useBraggscape(state => state.inputs.view.projection);
  const bonds = useBraggscape(state => state.inputs.view.bonds);
  const ghost = useBraggscape(state => state.inputs.view.ghost);
  return (
    <Popover label="Cell display" button={<Icon name="layers" />} className="button icon small">
      <div className={styles['menu']}>
        <span id="cell-along">Look along</span>
        <fieldset className={styles['along']} aria-labelledby="cell-along">
          {(['a', 'b', 'c'] as const).map((axis, i) => (
            <button
              key={axis}
              type="button"
              className="button small"
              aria-label={`Look along ${axis}`}
              onClick={() => onView(i as 0 | 1 | 2)}
            >
              <i>{axis}</i>
            </button>
          ))}
        </fieldset>
        <span>Cells</span>
        <Segmented
          small
          label="Cells along each axis"
          value={repeat}
          options={[1, 2, 3].map(value => ({
            value,
            label: `${value}³`,
            title: value === 1 ? 'One cell' : `${value} × ${value} × ${value} cells`,
          }))}
          onChange={supercell => setView({ supercell })}
        />
        <span>Projection</span>
        <Segmented
          small
          label="Projection"
          value={projection}
          options={[
            { value: 'orthographic', label: 'Parallel', title: 'Parallel (orthographic)' },
            { value: 'perspective', label: 'Perspective', title: 'Perspective' },
          ]}
          onChange={value => setView({ projection: value })}
        />
        <Checkbox checked={bonds} onChange={value => setView({ bonds: value })}>
          Bonds
        </Checkbox>
        <Checkbox checked={ghost} onChange={value => setView({ ghost: value })}>
          True cell, dashed
        </Checkbox>
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
