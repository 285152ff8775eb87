import { type ReactNode, useMemo } from 'react';
import { cellIndex } from '../../crystal/cell.ts';
import type { Slice } from '../../landscape/slice.ts';
import { type DescentRun, shownStep } from '../../state/descentRun.ts';
import { ModeMarker } from '../ModeMarker.tsx';
import { type MapFrame, pathUpTo, pixelPath, toX, toY } from '../map/mapFrame.ts';
import { lookOf } from '../modeLook.ts';

/** Coinciding paths both show: a dashed one lies over a solid one. */
const ORDER = ['unconstrained', 'constrained', 'constrainedStart'] as const;
/** Of the line widths and dashes of the large map. */
const SCALE = 0.7;

/** Descents on a small map, each drawn to a share of its steps. */
export function MiniPaths({
  runs,
  slice,
  frame,
  start,
  share,
}: {
  runs: readonly DescentRun[];
  slice: Slice;
  frame: MapFrame;
  start: { readonly x: number; readonly y: number } | undefined;
  /** Of the longest run that is drawn, 0 to 1. */
  share: number;
}): ReactNode {
  const [xi, yi] = [cellIndex(slice.x), cellIndex(slice.y)];
  const paths = useMemo(
    () =>
      runs
        .filter(run => run.count > 0)
        .map(run => ({ run, path: pixelPath(frame, run.cells, run.count, xi, yi) }))
        .sort((p, q) => ORDER.indexOf(p.run.mode) - ORDER.indexOf(q.run.mode)),
    [runs, frame, xi, yi],
  );
  const last = Math.max(1, ...paths.map(({ run }) => run.count - 1));
  const step = Math.round(share * last);
  const projected = paths.find(({ run }) => run.mode !== 'unconstrained');
  return (
    <>
      {start && projected && (
        <line
          x1={toX(frame, start.x)}
          y1={toY(frame, start.y)}
          x2={projected.path.xs[0]}
          y2={projected.path.ys[0]}
          stroke="#fff"
          strokeWidth="2.2"
          strokeDasharray="0.1 3.6"
          strokeLinecap="round"
        />
      )}
      {paths.map(({ run, path }) => {
        const at = 6 * shownStep(run, step);
        const [x, y] = [toX(frame, run.cells[at + xi]!), toY(frame, run.cells[at + yi]!)];
        const look = lookOf(run.mode);
        const d = pathUpTo(path, step, [x, y]);
        const common = { d, fill: 'none', strokeLinejoin: 'round', strokeLinecap: 'round' } as const;
        const dash = look.dash
          .split(' ')
          .map(length => Number(length) * SCALE)
          .join(' ');
        return (
          <g key={`${run.mode} ${run.plan.reading}`}>
            <path {...common} stroke="#0b0f14" strokeOpacity="0.38" strokeWidth="4" />
            <path {...common} stroke="#fff" strokeOpacity="0.94" strokeWidth="3.2" />
            <path
              {...common}
              stroke={look.onMap}
              strokeWidth={look.width * SCALE}
              strokeDasharray={look.dash ? dash : undefined}
              strokeLinecap={look.marker === 'square' ? 'butt' : 'round'}
            />
            <ModeMarker kind={look.marker} x={x} y={y} fill={look.onMap} stroke="#fff" />
          </g>
        );
      })}
      {projected && (
        <circle
          cx={projected.path.xs[0]}
          cy={projected.path.ys[0]}
          r="3"
          fill="#fff"
          stroke="#14181d"
          strokeWidth="1"
        />
      )}
      {start && (
        <circle
          cx={toX(frame, start.x)}
          cy={toY(frame, start.y)}
          r="4.4"
          fill="#14181d"
          stroke="#fff"
          strokeWidth="1.4"
        />
      )}
    </>
  );
}
