import type { ReactNode } from 'react';
import { cellIndex } from '../../crystal/cell.ts';
import { formatNumber } from '../../ui/format.ts';
import { placeBadges } from '../map/badges.ts';
import { toX, toY } from '../map/mapFrame.ts';
import { MiniMap, Star } from './MiniMap.tsx';
import { PatternStrip } from './PatternStrip.tsx';
import type { PictureProps } from './pictureProps.ts';
import { shownRange } from './shownRange.ts';

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
  return (
    <div className="picture-row">
      {map && (
        <MiniMap map={map} side={side}>
          {frame => {
            const at = minima.map(({ minimum }) => [toX(frame, minimum.x), toY(frame, minimum.y)] as const);
            const { base, x, y } = map.slice;
            const truth = [base[cellIndex(x)]!, base[cellIndex(y)]!] as const;
            const places = placeBadges(frame, at, [[toX(frame, truth[0]), toY(frame, truth[1])]]);
            return minima.map(({ number }, i) => (
              <Badge key={number} number={number} at={places[i]!} chosen={number === chosen} />
            ));
          }}
        </MiniMap>
      )}
      <svg className="mini-chart" width={right} height={side} aria-hidden="true">
        {[null, ...shown].map((entry, row) => {
          const each = side / 4;
          const range = shownRange(targetPeaks, problem.instrument, SPAN);
          return (
            <g key={entry?.number ?? 'truth'} transform={`translate(0 ${row * each})`}>
              {entry ? (
                <Badge number={entry.number} at={[11, each - 14]} chosen={entry.number === chosen} plain />
              ) : (
                <Star x={11} y={each - 14} />
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
              <text x={right} y={each - 10} textAnchor="end" className="row-number">
                {formatNumber(entry ? -entry.crystal.loss : 1, 3)}
              </text>
            </g>
          );
        })}
      </svg>
      <span className="picture-foot" aria-hidden="true">
        similarity; 2θ {shownRange(targetPeaks, problem.instrument, SPAN).join('–')}°
      </span>
    </div>
  );
}

/** The number of a minimum. */
function Badge({
  number,
  at: [x, y],
  chosen,
  plain = false,
}: {
  number: number;
  at: readonly [number, number];
  chosen: boolean;
  /** Beside the map, not on it. */
  plain?: boolean;
}): ReactNode {
  const [fill, ink] = chosen ? ['#14181d', '#fff'] : ['#fff', '#14181d'];
  return (
    <g>
      <circle cx={x} cy={y} r="7.5" fill={fill} stroke={plain ? '#656f79' : ink} strokeWidth="1.1" />
      <text className="badge-number" x={x} y={y + 3.4} textAnchor="middle" style={{ fill: ink }}>
        {number}
      </text>
    </g>
  );
}
