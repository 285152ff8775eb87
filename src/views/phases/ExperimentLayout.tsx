import type { ReactNode } from 'react';
import rails from '../Section.module.css';
import { useHidden } from '../Section.tsx';
import styles from './ExperimentLayout.module.css';
import { Lesson } from './Lesson.tsx';

export interface ExperimentLayoutProps {
  readonly rail: ReactNode;
  readonly main: ReactNode;
  readonly side: ReactNode;
  readonly lower: ReactNode;
}

/** Rail, main picture, side and the pane below; one under the other on a phone. */
export function ExperimentLayout({ rail, main, side, lower }: ExperimentLayoutProps): ReactNode {
  const [noRail, noSide, noLower] = [useHidden('controls'), useHidden('side'), useHidden('lower')];
  return (
    <div className={styles.body}>
      {!noRail && (
        <aside className={`${rails.rail} ${styles.rail}`} aria-label="Controls of the experiment">
          <div className={styles.controls}>{rail}</div>
          <Lesson />
        </aside>
      )}
      <div className={styles.main} data-testid="experiment">
        {main}
      </div>
      {!noSide && <div className={styles.side}>{side}</div>}
      {!noLower && <div className={styles.lower}>{lower}</div>}
    </div>
  );
}

/** Two panes in one place: of equal height, side by side, the second low, or the first no taller than it needs. */
export function TwoPanes(props: {
  readonly as?: 'abreast' | 'low' | 'short' | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return <div className={`${styles.two} ${props.as ? styles[props.as] : ''}`}>{props.children}</div>;
}
