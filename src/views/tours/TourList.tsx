import type { ReactNode } from 'react';
import { TOUR_IDS } from '../../state/core/tourSettings.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { keptStep, stepLink } from './TourBar.tsx';
import styles from './TourList.module.css';
import { TOURS } from './tours.ts';

/** The guided tours as links, each to where it was left. */
export function TourList(): ReactNode {
  return (
    <nav className={styles.tours} aria-label="Guided tours">
      <b>Guided tours</b>
      {TOUR_IDS.map(id => {
        const step = keptStep(id);
        return (
          <a key={id} className={buttonClass({ small: true })} href={`#${stepLink({ id, step })}`}>
            {step > 1 ? `${TOURS[id].title}, go on at ${step}` : TOURS[id].title}
          </a>
        );
      })}
    </nav>
  );
}
