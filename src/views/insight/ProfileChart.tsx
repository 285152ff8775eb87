import type { ReactNode } from 'react';
import { isLength } from '../../crystal/cell.ts';
import { fieldRange } from '../../landscape/minima.ts';
import type { Slice } from '../../landscape/slice.ts';
import { SYMBOLS } from '../../landscape/symmetryLines.ts';
import type { ProfileResult } from '../../state/insight/insightStore.ts';
import { useBraggscape } from '../../state/store.ts';
import { formatNumber } from '../../ui/format.ts';
import { niceTicks } from '../../ui/ticks.ts';

const WIDTH = 252;
const HEIGHT = 128;
const MARGIN = { left: 40, right: 8, top: 8, bottom: 30 };

/** The loss along a line as a chart; its axis runs along the parameter that changes more. */
export function ProfileChart({ profile, slice }: { profile: ProfileResult; slice: Slice }): ReactNode {
  const lossRange = fieldRange(profile.values);
  const hover = useBraggscape(state => state.hover);
  const { line, values } = profile;
  const spanX = Math.abs(line[2] - line[0]) / (slice.xRange[1] - slice.xRange[0]);
  const spanY = Math.abs(line[3] - line[1]) / (slice.yRange[1] - slice.yRange[0]);
  const key = spanX >= spanY ? slice.x : slice.y;
  const [from, to] = spanX >= spanY ? [line[0], line[2]] : [line[1], line[3]];
  const [low, high] = lossRange[0] < lossRange[1] ? lossRange : [lossRange[0] - 0.5, lossRange[0] + 0.5];
  const [w, h] = [WIDTH - MARGIN.left - MARGIN.right, HEIGHT - MARGIN.top - MARGIN.bottom];
  const px = (t: number): number => MARGIN.left + t * w;
  const py = (value: number): number => MARGIN.top + (1 - (value - low) / (high - low)) * h;
  const ticks = niceTicks(Math.min(from, to), Math.max(from, to), 4);
  const lossTicks = niceTicks(low, high, 3);
  const share = (value: number): number => (to === from ? 0 : (value - from) / (to - from));
  const near = hover && nearestShare(line, slice, hover);
  return (
    <svg
      className="profile-chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Loss along the line, from ${formatNumber(low, 3)} to ${formatNumber(high, 3)}`}
      data-testid="profile"
    >
      {lossTicks.values.map(value => (
        <g key={value}>
          <line
            className="grid-line"
            x1={MARGIN.left}
            x2={WIDTH - MARGIN.right}
            y1={py(value)}
            y2={py(value)}
          />
          <text x={MARGIN.left - 4} y={py(value) + 4} textAnchor="end">
            {formatNumber(value, lossTicks.decimals)}
          </text>
        </g>
      ))}
      {ticks.values.map(value => (
        <text key={value} x={px(share(value))} y={HEIGHT - 16} textAnchor="middle">
          {formatNumber(value, ticks.decimals)}
        </text>
      ))}
      <line
        className="axis-line"
        x1={MARGIN.left}
        x2={WIDTH - MARGIN.right}
        y1={MARGIN.top + h}
        y2={MARGIN.top + h}
      />
      <path className="profile-line" d={profilePath(values, px, py)} />
      {near !== null && near !== undefined && (
        <line className="profile-cursor" x1={px(near)} x2={px(near)} y1={MARGIN.top} y2={MARGIN.top + h} />
      )}
      <text x={WIDTH - MARGIN.right} y={HEIGHT - 3} textAnchor="end">
        <tspan fontStyle={isLength(key) ? 'italic' : undefined}>{SYMBOLS[key]}</tspan> /{' '}
        {isLength(key) ? 'Å' : '°'}
      </text>
      <text x={2} y={HEIGHT - 3}>
        loss
      </text>
    </svg>
  );
}

/** SVG path of a profile; a missing cell is a gap. */
export function profilePath(
  values: Float64Array,
  px: (share: number) => number,
  py: (value: number) => number,
): string {
  let text = '';
  let pen = 'M';
  for (const [i, value] of values.entries()) {
    if (!Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    text += `${pen}${px(i / (values.length - 1)).toFixed(1)} ${py(value).toFixed(1)}`;
    pen = 'L';
  }
  return text;
}

/** Where along the line the point nearest to a point of the slice lies, both axes in units of their range. */
function nearestShare(
  [x0, y0, x1, y1]: ProfileResult['line'],
  { xRange, yRange }: Slice,
  point: { readonly x: number; readonly y: number },
): number {
  const [sx, sy] = [xRange[1] - xRange[0], yRange[1] - yRange[0]];
  const [dx, dy] = [(x1 - x0) / sx, (y1 - y0) / sy];
  const along = ((point.x - x0) / sx) * dx + ((point.y - y0) / sy) * dy;
  return Math.max(0, Math.min(1, along / (dx * dx + dy * dy || 1)));
}
