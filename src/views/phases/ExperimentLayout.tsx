import type { ReactNode } from 'react';
import { Lesson } from './Lesson.tsx';

export interface ExperimentLayoutProps {
  readonly rail: ReactNode;
  readonly main: ReactNode;
  readonly side: ReactNode;
  readonly lower: ReactNode;
}

/** Rail, main picture, side and the pane below; one under the other on a phone. */
export function ExperimentLayout({ rail, main, side, lower }: ExperimentLayoutProps): ReactNode {
  return (
    <div className="lab-body">
      <aside className="rail lab-rail" aria-label="Controls of the experiment">
        <div className="lab-controls">{rail}</div>
        <Lesson />
      </aside>
      <div className="lab-main">{main}</div>
      <div className="lab-side">{side}</div>
      <div className="lab-lower">{lower}</div>
    </div>
  );
}
