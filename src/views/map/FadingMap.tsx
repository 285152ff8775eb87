import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { Heatmap, type HeatmapProps } from '../../ui/Heatmap.tsx';
import styles from './MapSurface.module.css';

/** The map of the last stage over that of the next one until it has faded away: the map is seen to sharpen. */
export function FadingMap({
  heat,
  width,
}: {
  heat: HeatmapProps | null;
  /** Of the smoothing; null: none. */
  width: number | null;
}): ReactNode {
  const last = useRef({ heat, width });
  const [fading, setFading] = useState<typeof last.current | null>(null);
  useLayoutEffect(() => {
    if (last.current.width !== width) setFading(last.current);
    last.current = { heat, width };
  }, [heat, width]);
  return (
    fading?.heat && (
      <div key={fading.width} className={styles.fading} onAnimationEnd={() => setFading(null)}>
        <Heatmap {...fading.heat} />
      </div>
    )
  );
}
