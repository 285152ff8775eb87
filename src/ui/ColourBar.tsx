import type { ReactNode } from 'react';
import styles from './ColourBar.module.css';
import { COLOUR_MAPS, type ColourMapId } from './colourMaps.ts';

/** The colours from low to high between the words at their ends. */
export function ColourBar({
  colourMap,
  low,
  high,
  width,
  label,
}: {
  colourMap: ColourMapId;
  low: string;
  high: string;
  /** Pixels. */
  width: number;
  /** For those who do not see it, in place of the words. */
  label?: string;
}): ReactNode {
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
export function ColourGradient({
  id,
  colourMap,
  upright,
}: {
  id: string;
  colourMap: ColourMapId;
  upright: boolean;
}): ReactNode {
  return (
    <linearGradient id={id} x1="0" y1={upright ? 1 : 0} x2={upright ? 0 : 1} y2="0">
      {COLOUR_MAPS[colourMap].map((colour, i, all) => (
        <stop key={colour} offset={i / (all.length - 1)} stopColor={colour} />
      ))}
    </linearGradient>
  );
}
