import type { ReactNode } from 'react';
import styles from './InputBox.module.css';

export interface InputBoxProps {
  /** The input itself. */
  readonly children: ReactNode;
  /** Shown inside the box in front of the input, e.g. an italic U. */
  readonly prefix?: ReactNode;
  readonly unit?: string;
  /** Controls behind the unit. */
  readonly behind?: ReactNode;
  /** Why what was typed is refused; the input names it by `id`. */
  readonly message: string | null;
  readonly id: string;
}

/** The box around a typed value: prefix, unit, and why it is refused. */
export function InputBox({ children, prefix, unit, behind, message, id }: InputBoxProps): ReactNode {
  return (
    <div className={styles.field}>
      <div className={message ? `${styles.box} ${styles.invalid}` : styles.box}>
        {prefix && (
          <span className={styles.prefix} aria-hidden="true">
            {prefix}
          </span>
        )}
        {children}
        <span className={styles.unit} aria-hidden="true">
          {unit}
        </span>
        {behind}
      </div>
      {message && (
        <FieldMessage id={id} role="alert">
          {message}
        </FieldMessage>
      )}
    </div>
  );
}

/** A refusal under what it is about. */
export function FieldMessage(props: {
  id?: string;
  role: 'alert' | 'status';
  children: ReactNode;
}): ReactNode {
  return <p className={styles.message} {...props} />;
}
