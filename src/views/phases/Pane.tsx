import { type ReactNode, useId } from 'react';

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
    <section
      className={`lab-pane ${className} ${stale ? 'stale' : ''}`}
      aria-labelledby={id}
      aria-busy={stale}
    >
      <header className="lab-head">
        <h2 id={id}>{title}</h2>
        {sub && <p className="lab-sub">{sub}</p>}
        {tools && <span className="lab-tools">{tools}</span>}
      </header>
      {children}
    </section>
  );
}

/** Where a picture should be: why it is not there. */
export function PaneNote({ text, failed = false }: { text: string; failed?: boolean }): ReactNode {
  return (
    <p className={failed ? 'lab-note failed' : 'lab-note'} role={failed ? 'alert' : 'status'}>
      {text}
    </p>
  );
}
