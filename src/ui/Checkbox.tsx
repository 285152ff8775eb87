import type { ReactNode } from 'react';
import styles from './Checkbox.module.css';

export interface CheckboxProps {
  readonly checked: boolean;
  readonly disabled?: boolean;
  onChange(checked: boolean): void;
  readonly children: ReactNode;
}

export function Checkbox({ checked, disabled, onChange, children }: CheckboxProps): ReactNode {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={event => onChange(event.target.checked)}
      />
      {children}
    </label>
  );
}
