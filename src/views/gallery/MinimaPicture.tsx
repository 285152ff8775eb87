import type { ReactNode } from 'react';
import { slicePlaces } from '../../landscape/slice.ts';
import { formatNumber } from '../../ui/format.ts';
import { placeBadges } from '../map/badges.ts';
import { MiniMap } from '../map/MiniMap.tsx';
import { toX, toY } from '../map/mapFrame.ts';
import { NumberBadge, Star } from '../map/marks.tsx';
import { PatternStrip } from './PatternStrip.tsx';
import styles from './Picture.module.css';
import type { PictureProps } from './pictureProps.ts';
import { shownRange } from './rowScene.ts';

/** 2θ degrees of the small patterns. */
const SPAN = 44;
const NUMBER_ROOM = 26;
const LOSS_ROOM = 44;

/** The map with its false minima, and the patterns of the most prominent under the target's. */
export function MinimaPicture({ figure, width, height, share, active }: PictureProps): ReactNode {
  const { map, minima, shown, problem, targetPeaks } = figure;
  const side = Math.min(height - 24, Math.round(0.46 * width));
  const chosen = active && share < 1 ? shown[Math.floor(share * shown.length)]?.number : undefined;
  const right = width - side - 46;
  const range = shownRange(targetPeaks, problem.instrument, SPAN);
  const badge = (number: number, x: number, y: number, rim?: string): ReactNode => {
    const [paper, ink] = number === chosen ? ['#14181d', '#fff'] : ['#fff', '#14181d'];
    return <NumberBadge key={number} {...{ number, x, y, ink, paper }} radius={7.5} rim={rim ?? ink} />;
  };
  return (
    <div className={styles.row}>
      {map && (
        <MiniMap map={map} side={side}>
          {frame => {
            const at = minima.map(({ minimum }) => [toX(frame, minimum.x), toY(frame, minimum.y)] as const);
            const { base } = map.slice;
            const [px, py] = slicePlaces(map.slice);
            const truth = [toX(frame, base[px]!), toY(frame, base[py]!)] as const;
            const places = placeBadges(frame, at, [truth]);
            return minima.map(({ number }, i) => badge(number, ...places[i]!));
          }}
        </MiniMap>
      )}
      <svg className={styles.chart} width={right} height={side} aria-hidden="true">
        {[null, ...shown].map((entry, row) => {
          const each = side / 4;
          return (
            <g key={entry?.number ?? 'truth'} transform={`translate(0 ${row * each})`}>
              {entry ? (
                badge(entry.number, 11, each - 14, '#656f79')
              ) : (
                <Star x={11} y={each - 14} radius={8} />
              )}
              <g transform={`translate(${NUMBER_ROOM} 4)`}>
                <PatternStrip
                  instrument={problem.instrument}
                  target={problem.target}
                  pattern={entry?.crystal.pattern ?? null}
                  range={range}
                  width={right - NUMBER_ROOM - LOSS_ROOM}
                  height={each - 8}
                  line={entry?.number === chosen ? 'var(--current)' : 'var(--ink)'}
                />
              </g>
              <text x={right} y={each - 10} textAnchor="end" className={styles.number}>
                {formatNumber(entry ? -entry.crystal.loss : 1, 3)}
              </text>
            </g>
          );
        })}
      </svg>
      <span className={styles.foot} aria-hidden="true">
        similarity; 2θ {range.join('–')}°
      </span>
    </div>
  );
}
