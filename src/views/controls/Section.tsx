import { type ReactNode, useId } from 'react';

export interface SectionProps {
  readonly title: string;
  /** Stands at the right of the title. */
  readonly aside?: ReactNode;
  readonly info?: ReactNode;
  readonly children: ReactNode;
}

/** One section of the rail. */
export function Section({ title, aside, info, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <section className="rail-section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {info}
        <span className="spacer" />
        {aside}
      </header>
      {children}
    </section>
  );
}

/** A labelled row; a dot marks what differs from the paper. */
export function Row({
  label,
  differs = false,
  children,
}: {
  label: ReactNode;
  differs?: boolean;
  children: ReactNode;
}): ReactNode {
  return (
    <div className="rail-row">
      <span className="rail-label">
        {label}
        {differs && <Differs />}
      </span>
      <div className="rail-control">{children}</div>
    </div>
  );
}

const Differs = (): ReactNode => (
  <span className="differs-dot">
    <span className="visually-hidden">differs from the paper</span>
  </span>
);

/** How many settings differ from the paper's, and the way back. */
export function DiffersNote({ count, onReset }: { count: number; onReset(): void }): ReactNode {
  if (count === 0) return <span className="quiet">as in the paper</span>;
  return (
    <span className="differs-note">
      <span className="differs-dot" aria-hidden="true" />
      {count} {count === 1 ? 'differs' : 'differ'} from the paper{' '}
      <button type="button" className="button text" onClick={onReset}>
        Reset
      </button>
    </span>
  );
}
