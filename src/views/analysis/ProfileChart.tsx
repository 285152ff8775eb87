import type { ReactNode } from 'react';
import { isLength } from '../../crystal/cell.ts';
import { fieldRange } from '../../landscape/minima.ts';
import type { Slice } from '../../landscape/slice.ts';
import { SYMBOLS } from '../../landscape/symmetryLines.ts';
import type { ProfileResult } from '../../state/analysis/analysisSlice.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Chart } from '../../ui/Chart.tsx';
import { formatNumber } from '../../ui/format.ts';

/** The loss along a line as a chart; its axis runs along the parameter that changes more. */
export function ProfileChart({ profile, slice }: { profile: ProfileResult; slice: Slice }): ReactNode {
  const hover = useBraggscape(state => state.hover);
  const { line, values } = profile;
  const spanX = Math.abs(line[2] - line[0]) / (slice.xRange[1] - slice.xRange[0]);
  const spanY = Math.abs(line[3] - line[1]) / (slice.yRange[1] - slice.yRange[0]);
  const key = spanX >= spanY ? slice.x : slice.y;
  const [from, to] = spanX >= spanY ? [line[0], line[2]] : [line[1], line[3]];
  const [least, most] = fieldRange(values);
  const [low, high] = least < most ? [least, most] : [least - 0.5, least + 0.5];
  const at = (share: number): number => from + share * (to - from);
  const near = hover && at(nearestShare(line, slice, hover));
  return (
    <div data-testid="profile">
      <Chart
        label={`Loss along the line, from ${formatNumber(low, 3)} to ${formatNumber(high, 3)}`}
        height={128}
        margin={{ left: 40, right: 8, top: 8, bottom: 30 }}
        x={{
          range: [from, to],
          ticks: 4,
          title: (
            <>
              <tspan fontStyle={isLength(key) ? 'italic' : undefined}>{SYMBOLS[key]}</tspan> /{' '}
              {isLength(key) ? 'Å' : '°'}
            </>
          ),
        }}
        y={{ range: [low, high], ticks: 3, title: 'loss' }}
        lines={[
          {
            key: 'loss',
            xs: Float64Array.from(values, (_, i) => at(i / (values.length - 1))),
            ys: values,
            colour: 'var(--ink)',
            width: 1.4,
          },
        ]}
        rules={near === null ? [] : [{ key: 'pointer', x: near, colour: 'var(--current)' }]}
      />
    </div>
  );
}

/** Share of the line at the point nearest to a point of the slice, both axes in units of their range. */
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
