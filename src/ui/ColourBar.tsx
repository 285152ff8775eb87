import type { ReactNode } from 'react';
import styles from './ColourBar.module.css';
import { COLOUR_MAPS, type ColourMapId } from './colourMaps.ts';

/** The colours from low to high between the words at their ends. */
export function ColourBar(props: {
  readonly colourMap: ColourMapId;
  readonly low: string;
  readonly high: string;
  /** Pixels. */
  readonly width: number;
  /** For those who do not see it, in place of the words. */
  readonly label?: string;
}): ReactNode {
  const { colourMap, low, high, width, label } = props;
  const background = `linear-gradient(90deg, ${COLOUR_MAPS[colourMap].join(', ')})`;
  return (
    <span className={styles.bar} {...(label && { role: 'img', 'aria-label': label })}>
      <span>{low}</span>
      <span className={styles.colours} style={{ width, background }} />
      <span>{high}</span>
    </span>
  );
}

/** The same colours for an SVG, from the foot up or from left to right. */
export function ColourGradient(props: {
  readonly id: string;
  readonly colourMap: ColourMapId;
  readonly upright: boolean;
}): ReactNode {
  const { id, colourMap, upright } = props;
  return (
    <linearGradient id={id} x1="0" y1={upright ? 1 : 0} x2={upright ? 0 : 1} y2="0">
      {COLOUR_MAPS[colourMap].map((colour, i, all) => (
        <stop key={colour} offset={i / (all.length - 1)} stopColor={colour} />
      ))}
    </linearGradient>
  );
}
