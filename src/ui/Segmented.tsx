import { type ReactNode, useId } from 'react';
import styles from './Segmented.module.css';

export interface SegmentedProps<T extends string | number> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: ReactNode; readonly title?: string }[];
  onChange(value: NoInfer<T>): void;
  readonly small?: boolean;
}

/** One of a few: a radio group drawn as a bar. */
export function Segmented<T extends string | number>(props: SegmentedProps<T>): ReactNode {
  const { label, value, options, onChange, small = false } = props;
  const name = useId();
  return (
    <div
      className={small ? `${styles.segmented} ${styles.small}` : styles.segmented}
      role="radiogroup"
      aria-label={label}
    >
      {options.map(option => (
        <label key={option.value} title={option.title}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            aria-label={option.title}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
