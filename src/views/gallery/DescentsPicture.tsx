import type { ReactNode } from 'react';
import { PROJECTOR_READINGS } from '../../optimise/modes.ts';
import type { PathRun } from '../../state/explore/descentRun.ts';
import { timelineOf } from '../../state/explore/timeline.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { DescentChart } from '../DescentChart.tsx';
import { MiniMap } from '../map/MiniMap.tsx';
import { MiniPaths } from './MiniPaths.tsx';
import styles from './Picture.module.css';
import type { PictureProps } from './pictureProps.ts';

/** The descents on their map, and loss against step beside it. */
export function DescentsPicture({ preset, figure, width, height, share }: PictureProps): ReactNode {
  const { map, runs, contrast } = figure;
  const narrow = width < 260;
  const side = narrow ? Math.min(height - 26, width - 16) : Math.min(height - 24, Math.round(0.46 * width));
  const drawn = [...contrast, ...runs];
  return (
    <div className={styles.row}>
      {map && (
        <MiniMap map={map} side={side}>
          {frame => (
            <MiniPaths
              runs={drawn}
              slice={map.slice}
              frame={frame}
              start={preset.inputs.starts[0]}
              share={share}
            />
          )}
        </MiniMap>
      )}
      {runs.length > 0 && !narrow && (
        <Losses runs={drawn} width={width - side - 40} height={height} share={share} />
      )}
    </div>
  );
}

/** Loss against step, drawn to a share of the longest descent. */
export function Losses(props: {
  runs: readonly PathRun[];
  width: number;
  height: number;
  share: number;
}): ReactNode {
  const runs = props.runs.filter(run => run.count > 0);
  const timeline = timelineOf(runs);
  return (
    <DescentChart
      runs={runs}
      timeline={timeline}
      at={Math.round(props.share * timeline.length)}
      width={props.width}
      height={props.height}
      margin={{ left: 34, right: 7, top: 7, bottom: 17 }}
      loss={{ title: 'loss', ticks: 5 }}
      steps={`${formatNumber(timeline.descents, 0)}${THIN}steps`}
    />
  );
}

const READING_NAMES = {
  full: 'with the true c',
  movedOnly: 'a and b alone',
  tied: 'c follows',
} as const;

/** The same start under the three readings of the projector, side by side. */
export function ReadingsPicture({ preset, figure, width, height, share }: PictureProps): ReactNode {
  const { map, runs } = figure;
  const side = Math.min(height - 44, Math.floor((width - 36) / 3));
  return (
    <div className={`${styles.row} ${styles.readings}`}>
      {map &&
        PROJECTOR_READINGS.map(reading => (
          <div key={reading}>
            <MiniMap map={map} side={side}>
              {frame => (
                <MiniPaths
                  runs={runs.filter(run => run.plan.reading === reading)}
                  slice={map.slice}
                  frame={frame}
                  start={preset.inputs.starts[0]}
                  share={share}
                />
              )}
            </MiniMap>
            <span className={styles.reading} aria-hidden="true">
              {READING_NAMES[reading]}
            </span>
          </div>
        ))}
    </div>
  );
}
