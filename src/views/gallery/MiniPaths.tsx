import { type ReactNode, useMemo } from 'react';
import type { Slice } from '../../landscape/slice.ts';
import { type PathRun, pathKey } from '../../state/explore/descentRun.ts';
import { stepOnTrack, timelineOf } from '../../state/explore/timeline.ts';
import { ModeMarker } from '../ModeMarker.tsx';
import { DescentPath } from '../map/DescentPath.tsx';
import { descentAt, descentPaths } from '../map/descentPaths.ts';
import { type MapFrame, toX, toY } from '../map/mapFrame.ts';
import { modeStyle } from '../modeStyle.ts';

/** Of the line widths and dashes of the large map. */
const SCALE = 0.7;

/** Descents on a small map, each drawn to a share of its steps. */
export function MiniPaths(props: {
  readonly runs: readonly PathRun[];
  readonly slice: Slice;
  readonly frame: MapFrame;
  readonly start: { readonly x: number; readonly y: number } | undefined;
  /** Of the longest run that is drawn, 0 to 1. */
  readonly share: number;
}): ReactNode {
  const { runs, slice, frame, start, share } = props;
  const paths = useMemo(() => descentPaths(runs, frame, slice), [runs, frame, slice]);
  const timeline = timelineOf(paths.map(({ run }) => run));
  const projected = paths.find(({ run }) => /^constrained/.test(run.mode))?.path;
  const [sx, sy] = start ? [toX(frame, start.x), toY(frame, start.y)] : [0, 0];
  return (
    <>
      {start && projected && (
        <line
          {...{ x1: sx, y1: sy, x2: projected.xs[0], y2: projected.ys[0] }}
          stroke="#fff"
          strokeWidth="2.2"
          strokeDasharray="0.1 3.6"
          strokeLinecap="round"
        />
      )}
      {paths.map(entry => {
        const { run } = entry;
        const step = stepOnTrack(timeline, run, share * timeline.length);
        if (step === null) return null;
        const { d, at } = descentAt(entry, frame, slice, step);
        const style = modeStyle(run.mode);
        return (
          <g key={pathKey(run)}>
            <DescentPath d={d} style={style} scale={SCALE} />
            <ModeMarker kind={style.marker} x={at[0]} y={at[1]} fill={style.onMap} stroke="#fff" />
          </g>
        );
      })}
      {projected && <circle cx={projected.xs[0]} cy={projected.ys[0]} r="3" fill="#fff" stroke="#14181d" />}
      {start && <circle cx={sx} cy={sy} r="4.4" fill="#14181d" stroke="#fff" strokeWidth="1.4" />}
    </>
  );
}
