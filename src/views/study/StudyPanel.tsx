import { type ReactNode, useId } from 'react';
import { Info } from '../../ui/Popover.tsx';
import { Prose } from '../../ui/Prose.tsx';
import styles from './StudyPanel.module.css';

export interface StudyPanelProps {
  readonly title: ReactNode;
  /** Subject of the explanation behind the (i), and its text. */
  readonly about: string;
  readonly help: readonly string[];
  /** In the head: beside the title, and at its end. */
  readonly note?: ReactNode;
  readonly tools?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** One panel of the results: a head that explains itself, and what it shows. */
export function StudyPanel(props: StudyPanelProps): ReactNode {
  const id = useId();
  return (
    <section className={`${styles.panel} ${props.className ?? ''}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{props.title}</h2>
        <Info about={props.about} help={props.help} />
        {props.note && (
          <span className="quiet">
            <Prose text={props.note} />
          </span>
        )}
        <span className="spacer" />
        {props.tools}
      </header>
      {props.children}
    </section>
  );
}

/** Small print of a panel. */
export function PanelNote({ children }: { children: ReactNode }): ReactNode {
  return <p className={styles.note}>{children}</p>;
}
