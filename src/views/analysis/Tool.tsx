import type { ReactNode } from 'react';
import { Info } from '../../ui/Popover.tsx';
import rail from '../Section.module.css';
import tools from './AnalysisPanel.module.css';

/** One tool of the panel: its name with what explains it, and controls at the end of the row. */
export function Tool(props: {
  readonly title: string;
  readonly about: string;
  readonly help: readonly string[];
  /** Beside the name, and at the end of its row. */
  readonly note?: ReactNode;
  readonly aside?: ReactNode;
  readonly testId?: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className={tools.tool} data-testid={props.testId}>
      <div className={tools.row}>
        <span className={rail.label}>
          {props.title} <Info about={props.about} help={props.help} />
        </span>
        {props.note}
        <span className="spacer" />
        {props.aside}
      </div>
      {props.children}
    </div>
  );
}
