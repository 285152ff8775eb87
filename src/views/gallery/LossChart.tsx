import type { ReactNode } from 'react';
import { type DescentRun, shownStep } from '../../state/descentRun.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { niceTicks } from '../../ui/ticks.ts';
import { lookOf } from '../modeLook.ts';
import { curvePoints, lossSpan } from '../transport/lossCurves.ts';
import { Marker } from './MiniPaths.tsx';

const LEFT = 34;
const BOTTOM = 17;
const ROOM = 7;

/** Loss against step for the descents of a picture, drawn to a share of the longest. */
export function LossChart({
  runs,
  width,
  height,
  share,
}: {
  runs: readonly DescentRun[];
  width: number;
  height: number;
  share: number;
}): ReactNode {
  const begun = runs.filter(run => run.count > 0);
  const last = Math.max(1, ...begun.map(run => run.count - 1));
  const [low, high] = lossSpan(begun);
  const inner = { width: width - LEFT - ROOM, height: height - BOTTOM - ROOM };
  const ticks = niceTicks(low, high, 5);
  const y = (loss: number): number => ROOM + (1 - (loss - low) / (high - low || 1)) * inner.height;
  const step = Math.round(share * last);
  return (
    <svg className="mini-chart" width={width} height={height} aria-hidden="true">
      {ticks.values.map(value => (
        <g key={value}>
          <line className="grid-line" x1={LEFT} x2={width - ROOM} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 5} y={y(value) + 4} textAnchor="end">
            {formatNumber(value, ticks.decimals)}
          </text>
        </g>
      ))}
      {begun.map(run => {
        const look = lookOf(run.mode);
        const shown = shownStep(run, step);
        const points = curvePoints(run.losses, shown + 1, last, [low, high], inner.width);
        const d = points
          .map(
            ([px, py], i) =>
              `${i ? 'L' : 'M'}${(LEFT + px).toFixed(1)} ${(ROOM + py * inner.height).toFixed(1)}`,
          )
          .join('');
        return (
          <g key={`${run.mode} ${run.plan.reading} ${run.plan.learningRate}`}>
            <path
              d={d}
              fill="none"
              stroke={look.line}
              strokeWidth={look.dash === '0.1 6.2' ? 2.2 : 1.8}
              strokeDasharray={look.dash ? (look.marker === 'square' ? '5 3' : '0.1 3.6') : undefined}
              strokeLinecap={look.marker === 'square' ? 'butt' : 'round'}
              strokeLinejoin="round"
            />
            <Marker
              kind={look.marker}
              x={LEFT + (shown / last) * inner.width}
              y={y(run.losses[shown]!)}
              fill={look.line}
            />
          </g>
        );
      })}
      <text x={LEFT - 5} y={height - 3} textAnchor="end">
        loss
      </text>
      <text x={width - ROOM} y={height - 3} textAnchor="end">
        {formatNumber(last, 0)}
        {THIN}steps
      </text>
    </svg>
  );
}
