import type { ReactNode } from 'react';
import styles from './Checkbox.module.css';

export interface CheckboxProps {
  readonly checked: boolean;
  onChange(checked: boolean): void;
  readonly children: ReactNode;
}

export function Checkbox({ checked, onChange, children }: CheckboxProps): ReactNode {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} onChange={event => onChange(event.target.checked)} />
      {children}
    </label>
  );
}
