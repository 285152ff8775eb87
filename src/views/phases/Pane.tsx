import { type ReactNode, useId } from 'react';
import { Info } from '../../ui/Popover.tsx';
import { Prose } from '../../ui/Prose.tsx';
import styles from './Pane.module.css';

export interface PaneProps {
  readonly title: ReactNode;
  /** In the head, after the title. */
  readonly sub?: ReactNode;
  readonly tools?: ReactNode;
  /** In place of tools an (i): the subject of the help, and its paragraphs. */
  readonly about?: string;
  readonly help?: readonly string[];
  readonly className?: string;
  /** The picture is older than the settings. */
  readonly stale?: boolean;
  readonly children: ReactNode;
}

/** One pane of the laboratory: a head with what is shown, and the picture. */
export function Pane(props: PaneProps): ReactNode {
  const { title, sub, tools, about, help, className = '', stale = false, children } = props;
  const id = useId();
  return (
    <section className={`${styles.pane} ${className}`} aria-labelledby={id} aria-busy={stale}>
      <header className={styles.head}>
        <h2 id={id}>
          <Prose text={title} />
        </h2>
        {sub && (
          <p className={styles.sub}>
            <Prose text={sub} />
          </p>
        )}
        {(tools || about) && (
          <span className={styles.tools}>{tools ?? <Info about={about ?? ''} help={help} />}</span>
        )}
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
