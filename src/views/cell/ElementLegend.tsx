import { type ReactNode, useMemo } from 'react';
import { elementData } from '../../crystal/elements.ts';
import { elementsOf, type Structure } from '../../crystal/structure.ts';
import styles from './ElementLegend.module.css';

/** A dot and a name for each element. */
export function ElementLegend({ sites }: { sites: Structure['sites'] }): ReactNode {
  const elements = useMemo(() => elementsOf(sites), [sites]);
  return (
    <span className={styles['legend']} data-legend="">
      {elements.map(element => (
        <span key={element}>
          <span
            className={styles['dot']}
            style={{ backgroundColor: `rgb(${elementData(element).colour.join(' ')})` }}
          />
          {element}
        </span>
      ))}
    </span>
  );
}
