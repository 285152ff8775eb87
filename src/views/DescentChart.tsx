import type { ReactNode } from 'react';
import { type DescentRun, shownStep } from '../state/explore/descentRun.ts';
import { Chart, type ChartAxis, type ChartFrame } from '../ui/Chart.tsx';
import { ModeMarker } from './ModeMarker.tsx';
import { modeStyle } from './modeStyle.ts';

export interface DescentChartProps {
  /** Those that have begun. */
  readonly runs: readonly DescentRun[];
  /** Steps along the axis, and how far the lines go. */
  readonly last: number;
  readonly step: number;
  readonly width?: number;
  readonly height: number;
  readonly margin: Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>>;
  readonly steps?: ReactNode;
  readonly loss?: Omit<ChartAxis, 'range'>;
  children?(frame: ChartFrame): ReactNode;
}

/** Loss against step for several descents, each with the marker of its setting at its end. */
export function DescentChart(props: DescentChartProps): ReactNode {
  const { runs, last, step, steps, loss, children, ...box } = props;
  return (
    <Chart
      {...box}
      x={{ range: [0, Math.max(1, last)], ticks: [], title: steps }}
      y={{ ...loss, range: lossSpan(runs) }}
      lines={runs.map(run => {
        const { line, dash, marker } = modeStyle(run.mode);
        return {
          key: keyOf(run),
          ys: run.losses.subarray(0, shownStep(run, step) + 1),
          colour: line,
          width: marker === 'circle' ? 2.2 : 1.8,
          dash: dash && (marker === 'circle' ? '0.1 3.6' : '5 3'),
          cap: marker === 'circle' ? 'round' : 'butt',
        };
      })}
    >
      {frame => (
        <>
          {runs.map(run => {
            const at = shownStep(run, step);
            const { marker, line } = modeStyle(run.mode);
            return (
              <ModeMarker
                key={keyOf(run)}
                kind={marker}
                x={frame.x(at)}
                y={frame.y(run.losses[at]!)}
                fill={line}
              />
            );
          })}
          {children?.(frame)}
        </>
      )}
    </Chart>
  );
}

const keyOf = ({ mode, plan }: DescentRun): string => `${mode} ${plan.reading} ${plan.learningRate}`;

/** Lowest and highest finite loss over several descents; a unit span where there is none. */
export function lossSpan(
  runs: readonly { readonly losses: Float64Array; readonly count: number }[],
): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { losses, count } of runs)
    for (let i = 0; i < count; i++) {
      low = Math.min(low, losses[i]!);
      high = Math.max(high, losses[i]!);
    }
  if (!(low <= high)) return [-1, 0];
  return high > low ? [low, high] : [low, low + 1e-3];
}
