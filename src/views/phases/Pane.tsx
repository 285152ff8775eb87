import { type ReactNode, useId } from 'react';
import styles from './Pane.module.css';

export interface PaneProps {
  readonly title: ReactNode;
  /** In the head, after the title. */
  readonly sub?: ReactNode;
  readonly tools?: ReactNode;
  readonly className?: string;
  /** The picture is older than the settings. */
  readonly stale?: boolean;
  readonly children: ReactNode;
}

/** One pane of the laboratory: a head with what is shown, and the picture. */
export function Pane({ title, sub, tools, className = '', stale = false, children }: PaneProps): ReactNode {
  const id = useId();
  return (
    <section className={`${styles.pane} ${className}`} aria-labelledby={id} aria-busy={stale}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {sub && <p className={styles.sub}>{sub}</p>}
        {tools && <span className={styles.tools}>{tools}</span>}
      </header>
      {children}
    </section>
  );
}

/** In place of a picture, the reason why it is not there. */
export function PaneNote({ text, failed = false }: { text: string; failed?: boolean }): ReactNode {
  return (
    <p
      className={failed ? `${styles.note} ${styles.failed}` : styles.note}
      role={failed ? 'alert' : 'status'}
    >
      {text}
    </p>
  );
}

/** Heading of a part of a pane. */
export function PaneHeading({ children }: { children: ReactNode }): ReactNode {
  return <h3 className={styles.heading}>{children}</h3>;
}
