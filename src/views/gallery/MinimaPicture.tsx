import type { ReactNode } from 'react';
import { EQUAL } from '../../landscape/falseMinima.ts';
import { truthsOf } from '../../landscape/slice.ts';
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

/** The map with its marked places, and the patterns of some under the target's. */
export function MinimaPicture({ figure, width, height, share, active }: PictureProps): ReactNode {
  const { map, minima, equal, shown, problem, targetPeaks } = figure;
  const side = Math.min(height - 24, Math.round(0.46 * width));
  const chosen = active && share < 1 ? Math.floor(share * shown.length) : -1;
  const right = width - side - 46;
  const range = shownRange(targetPeaks, problem.instrument, SPAN);
  const badge = (mark: string, isChosen: boolean, x: number, y: number, rim?: string): ReactNode => {
    const [paper, ink] = isChosen ? ['#14181d', '#fff'] : ['#fff', '#14181d'];
    return (
      <NumberBadge
        key={`${mark} ${x} ${y}`}
        number={mark}
        {...{ x, y, ink, paper }}
        radius={7.5}
        rim={rim ?? ink}
      />
    );
  };
  const marks = [
    ...equal.map(({ minimum }) => ({ mark: EQUAL, ...minimum })),
    ...minima.map(({ number, minimum }) => ({ mark: String(number), ...minimum })),
    ...(minima.length + equal.length === 0 ? shown : []),
  ];
  return (
    <div className={styles.row}>
      {map && (
        <MiniMap map={map} side={side}>
          {frame => {
            const at = marks.map(({ x, y }) => [toX(frame, x), toY(frame, y)] as const);
            const truths = truthsOf(map.slice).map(([x, y]) => [toX(frame, x), toY(frame, y)] as const);
            const places = placeBadges(frame, at, truths);
            const look = shown[chosen];
            return marks.map(({ mark, x, y }, i) =>
              badge(mark, look?.mark === mark && look.x === x && look.y === y, ...places[i]!),
            );
          }}
        </MiniMap>
      )}
      <svg className={styles.chart} width={right} height={side} aria-hidden="true">
        {[null, ...shown].map((entry, row) => {
          const each = side / 4;
          const isChosen = row - 1 === chosen;
          return (
            <g
              key={entry ? `${entry.mark} ${entry.x} ${entry.y}` : 'truth'}
              transform={`translate(0 ${row * each})`}
            >
              {entry ? (
                badge(entry.mark, isChosen, 11, each - 14, '#656f79')
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
                  line={isChosen ? 'var(--current)' : 'var(--ink)'}
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
