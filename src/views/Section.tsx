import { type ReactNode, useId } from 'react';
import type { ControlGroup } from '../state/core/controlGroups.ts';
import { useBraggscape } from '../state/core/store.ts';
import { Button } from '../ui/Button.tsx';
import { Info } from '../ui/Popover.tsx';
import rail from './Section.module.css';

export interface SectionProps {
  /** By which a link can hide the section. */
  readonly group?: ControlGroup;
  readonly title: string;
  /** Stands at the right of the title. */
  readonly aside?: ReactNode;
  /** An (i) of its own; or the subject of the help, and its paragraphs. */
  readonly info?: ReactNode;
  readonly about?: string;
  readonly help?: readonly string[];
  readonly children: ReactNode;
}

/** One section of the rail; nothing where the link hides its group. */
export function Section(props: SectionProps): ReactNode {
  const { group, title, aside, info, about, help, children } = props;
  const id = useId();
  const hidden = useHidden(group);
  if (hidden) return null;
  return (
    <section className={rail.section} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {info}
        {about && <Info about={about} help={help} />}
        <span className="spacer" />
        {aside}
      </header>
      {children}
    </section>
  );
}

/** Tells whether the link hides a group of controls. */
export const useHidden = (group: ControlGroup | undefined): boolean =>
  useBraggscape(state => group !== undefined && state.inputs.hide.includes(group));

/** A labelled row; a dot marks what differs from the paper. */
export function Row(props: {
  readonly label: ReactNode;
  readonly differs?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { label, differs = false, children } = props;
  return (
    <div className={rail.row}>
      <span className={rail.label}>
        {label}
        {differs && <Differs />}
      </span>
      <div className={rail.control}>{children}</div>
    </div>
  );
}

/** The dot of what differs from the paper. */
export const Differs = (): ReactNode => (
  <span className={rail.dot}>
    <span className="visually-hidden">differs from the paper</span>
  </span>
);

/** The number of settings that differ from the paper's, and the way back. */
export function DiffersNote({ count, onReset }: { count: number; onReset(): void }): ReactNode {
  if (count === 0) return <span className="quiet">as in the paper</span>;
  return (
    <span className={rail.differs}>
      <span className={rail.dot} aria-hidden="true" />
      {count} {count === 1 ? 'differs' : 'differ'} from the paper{' '}
      <Button kind="text" onClick={onReset}>
        Reset
      </Button>
    </span>
  );
}
