import type { ReactNode } from 'react';
import { type PathRun, pathKey } from '../state/explore/descentRun.ts';
import { placeOnTrack, stepOnTrack, type Timeline } from '../state/explore/timeline.ts';
import { Chart, type ChartAxis, type ChartFrame, type ChartLine } from '../ui/Chart.tsx';
import { ModeMarker } from './ModeMarker.tsx';
import { modeStyle } from './modeStyle.ts';

export interface DescentChartProps {
  /** Those that have begun. */
  readonly runs: readonly PathRun[];
  readonly timeline: Timeline;
  /** Step up to which the lines go. */
  readonly at: number;
  readonly width?: number;
  readonly height: number;
  readonly margin: Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>>;
  readonly steps?: ReactNode;
  readonly loss?: Omit<ChartAxis, 'range'>;
  children?(frame: ChartFrame): ReactNode;
}

/** Loss against step for several paths, each with the marker of its setting at its end; the continued one follows the others. */
export function DescentChart(props: DescentChartProps): ReactNode {
  const { runs, timeline, at, steps, loss, children, ...box } = props;
  const begun = runs.flatMap(run => {
    const step = stepOnTrack(timeline, run, at);
    return step === null ? [] : [{ run, step, x: placeOnTrack(timeline, run.mode, step) }];
  });
  return (
    <Chart
      {...box}
      x={{ range: [0, Math.max(1, timeline.length)], ticks: [], title: steps }}
      y={{ ...loss, range: lossSpan(runs) }}
      lines={begun.flatMap(({ run, step }) => linesOf(run, step, timeline))}
    >
      {frame => (
        <>
          {begun.map(({ run, step, x }) => {
            const { marker, line } = modeStyle(run.mode);
            return (
              <ModeMarker
                key={pathKey(run)}
                kind={marker}
                x={frame.x(x)}
                y={frame.y(run.losses[step]!)}
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

/** A path up to a step; two lines, one inside the other, where its style has a core. */
function linesOf(run: PathRun, step: number, timeline: Timeline): ChartLine[] {
  const { line, dash, marker, core } = modeStyle(run.mode);
  const ys = run.losses.subarray(0, step + 1);
  const plain: ChartLine = {
    key: pathKey(run),
    ys,
    colour: line,
    width: core ? 3.2 : marker === 'circle' ? 2.2 : 1.8,
    dash: dash && (marker === 'circle' ? '0.1 3.6' : '5 3'),
    cap: marker === 'circle' ? 'round' : 'butt',
  };
  if (!core) return [plain];
  const outer = { ...plain, xs: ys.map((_, i) => placeOnTrack(timeline, run.mode, i)) };
  return [outer, { ...outer, key: `${outer.key} core`, colour: core, width: 1.1 }];
}

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
