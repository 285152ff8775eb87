import type { ReactNode } from 'react';
import { Chevron } from './Icon.tsx';
import styles from './Select.module.css';

export interface SelectProps<T extends string | number> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  onChange(value: NoInfer<T>): void;
}

/** The platform's own list, dressed. */
export function Select<T extends string | number>(props: SelectProps<T>): ReactNode {
  const { label, value, options, onChange } = props;
  return (
    <span className={styles.select}>
      <select
        aria-label={label}
        value={value}
        onChange={event => onChange(options[event.target.selectedIndex]!.value)}
      >
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Chevron />
    </span>
  );
}
