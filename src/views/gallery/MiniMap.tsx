import { type ReactNode, useId, useMemo } from 'react';
import { cellIndex, isLength } from '../../crystal/cell.ts';
import { fieldRange } from '../../landscape/minima.ts';
import { SYMBOLS, symmetryLines } from '../../landscape/symmetryLines.ts';
import type { MapState } from '../../state/store.ts';
import { Heatmap, Isolines } from '../../ui/Heatmap.tsx';
import { isolinePaths } from '../../ui/isolinePaths.ts';
import { type MapFrame, toX, toY } from '../map/mapFrame.ts';

/** Isoline step of small maps, in the unit of a cosine loss. */
const ISOLINE = 0.1;

export interface MiniMapProps {
  readonly map: MapState;
  readonly side: number;
  /** Null: the range of the map. */
  readonly range?: readonly [number, number] | null;
  readonly lines?: boolean;
  /** Names at the axes, and the truth as a star. */
  readonly marks?: boolean;
  /** What lies over the map, drawn in its pixels. */
  children?(frame: MapFrame): ReactNode;
}

/** Pixels of a small map: the plot area is the whole. */
export const miniFrame = ({ slice }: MapState, side: number): MapFrame => ({
  left: 0,
  top: 0,
  width: side,
  height: side,
  xRange: slice.xRange,
  yRange: slice.yRange,
});

/** A small map: the field on a canvas, everything else in an SVG over it. */
export function MiniMap(props: MiniMapProps): ReactNode {
  const { map, side, range = null, lines = true, marks = true, children } = props;
  const clip = useId();
  const frame = useMemo(() => miniFrame(map, side), [map, side]);
  const colours = range ?? fieldRange(map.values);
  const [low, high] = colours;
  const paths = useMemo(
    () => (lines ? isolinePaths(map, frame, [low, high], { step: ISOLINE }) : []),
    [map, frame, low, high, lines],
  );
  const { x, y, base } = map.slice;
  const [tx, ty] = [toX(frame, base[cellIndex(x)]!), toY(frame, base[cellIndex(y)]!)];
  return (
    <div className="mini-map" style={{ width: side, height: side }}>
      <Heatmap field={map} area={frame} range={colours} colourMap="viridis" smooth />
      <Isolines paths={paths} area={frame} />
      <svg width={side} height={side} viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
        <clipPath id={clip}>
          <rect width={side} height={side} />
        </clipPath>
        <g clipPath={`url(#${clip})`}>
          {marks &&
            symmetryLines(map.slice).map(line => (
              <line
                key={line.label}
                className="symmetry-line"
                x1={toX(frame, line.from[0])}
                y1={toY(frame, line.from[1])}
                x2={toX(frame, line.to[0])}
                y2={toY(frame, line.to[1])}
              />
            ))}
          {children?.(frame)}
        </g>
        {marks && <Star x={tx} y={ty} />}
      </svg>
      {marks && (
        <>
          <span className="mini-x" aria-hidden="true" style={isLength(x) ? { fontStyle: 'italic' } : {}}>
            {SYMBOLS[x]}
          </span>
          <span className="mini-y" aria-hidden="true" style={isLength(y) ? { fontStyle: 'italic' } : {}}>
            {SYMBOLS[y]}
          </span>
        </>
      )}
    </div>
  );
}

/** A star of five points around the origin. */
const POINTS = Array.from({ length: 10 }, (_, i) => {
  const radius = i % 2 === 0 ? 8 : 3.4;
  const angle = -Math.PI / 2 + (i * Math.PI) / 5;
  return `${(radius * Math.cos(angle)).toFixed(2)},${(radius * Math.sin(angle)).toFixed(2)}`;
}).join(' ');

/** The truth. */
export const Star = ({ x, y }: { x: number; y: number }): ReactNode => (
  <polygon
    transform={`translate(${x} ${y})`}
    points={POINTS}
    fill="#fff"
    stroke="#14181d"
    strokeWidth="1.4"
    strokeLinejoin="round"
  />
);
