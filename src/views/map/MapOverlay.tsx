import { lazy, type ReactNode, Suspense } from 'react';
import { cellIndex, isLength } from '../../crystal/cell.ts';
import { symmetryLines } from '../../landscape/symmetryLines.ts';
import { insightOnMap } from '../../state/insight/insightUsed.ts';
import { useBraggscape } from '../../state/store.ts';
import { formatNumber } from '../../ui/format.ts';
import { niceTicks } from '../../ui/ticks.ts';
import { axisTitle } from '../CellParameter.tsx';
import { insideFrame, type MapFrame, toX, toY } from './mapFrame.ts';
import { symmetryNames } from './symmetryNames.ts';
import { Trajectories } from './Trajectories.tsx';
import { useBadges } from './useBadges.ts';
import type { MapScene } from './useMapScene.ts';

/** Fetched when one of the insight tools draws. */
const InsightOverlay = lazy(async () => ({
  default: (await import('../insight/InsightOverlay.tsx')).InsightOverlay,
}));

/** Everything on the map that is not the field: axes, symmetry lines, minima, truth, descents, the probe. */
export function MapOverlay({
  scene,
  width,
  height,
  clip,
}: {
  scene: MapScene;
  width: number;
  height: number;
  /** Id of the clip path of this map: unique on the page. */
  clip: string;
}): ReactNode {
  const view = useBraggscape(state => state.inputs.view);
  const insight = useBraggscape(state => insightOnMap(state.inputs.insight));
  const { frame, slice } = scene;
  return (
    <svg className="map-overlay" data-part="map-overlay" width={width} height={height} aria-hidden="true">
      <clipPath id={clip}>
        <rect x={frame.left} y={frame.top} width={frame.width} height={frame.height} />
      </clipPath>
      <Axes frame={frame} scene={scene} />
      <g clipPath={`url(#${clip})`}>
        {insight && (
          <Suspense fallback={null}>
            <InsightOverlay scene={scene} />
          </Suspense>
        )}
        {view.symmetry &&
          symmetryLines(slice).map(line => (
            <line
              key={line.label}
              className="symmetry-line"
              x1={toX(frame, line.from[0])}
              y1={toY(frame, line.from[1])}
              x2={toX(frame, line.to[0])}
              y2={toY(frame, line.to[1])}
            />
          ))}
        <Probe frame={frame} scene={scene} part="hairlines" />
      </g>
      {view.symmetry && <SymmetryNames frame={frame} scene={scene} />}
      <Trajectories scene={scene} clip={clip} />
      {view.minima && <MinimaBadges scene={scene} />}
      <Truth frame={frame} scene={scene} />
      <Probe frame={frame} scene={scene} part="ring" />
    </svg>
  );
}

interface PartProps {
  readonly frame: MapFrame;
  readonly scene: MapScene;
}

function Axes({ frame, scene: { slice } }: PartProps): ReactNode {
  const { left, top, width, height } = frame;
  const bottom = top + height;
  const xTicks = niceTicks(slice.xRange[0], slice.xRange[1], width / 95);
  const yTicks = niceTicks(slice.yRange[0], slice.yRange[1], height / 70);
  return (
    <g className="axes">
      <rect
        x={left - 0.5}
        y={top - 0.5}
        width={width + 1}
        height={height + 1}
        fill="none"
        className="axis-line"
      />
      {xTicks.values.map(value => {
        const x = toX(frame, value);
        return (
          <g key={value}>
            <line className="axis-line" x1={x} x2={x} y1={bottom} y2={bottom + 5} />
            {x < left + width - 40 && (
              <text x={x} y={bottom + 18} textAnchor="middle">
                {formatNumber(value, xTicks.decimals)}
              </text>
            )}
          </g>
        );
      })}
      {yTicks.values.map(value => {
        const y = toY(frame, value);
        return (
          <g key={value}>
            <line className="axis-line" x1={left - 5} x2={left} y1={y} y2={y} />
            {y > top + 12 && (
              <text x={left - 8} y={y + 4} textAnchor="end">
                {formatNumber(value, yTicks.decimals)}
              </text>
            )}
          </g>
        );
      })}
      <text
        className="axis-title"
        x={left + width}
        y={bottom + 18}
        textAnchor="end"
        fontStyle={styleOf(slice.x)}
      >
        {axisTitle(slice.x)}
      </text>
      <text className="axis-title" x={left - 8} y={top + 4} textAnchor="end" fontStyle={styleOf(slice.y)}>
        {axisTitle(slice.y)}
      </text>
    </g>
  );
}

const styleOf = (key: MapScene['slice']['x']): 'italic' | undefined => (isLength(key) ? 'italic' : undefined);

function SymmetryNames({ frame, scene: { slice } }: PartProps): ReactNode {
  return symmetryNames(frame, slice).map(({ label, x, y }) => (
    <text key={label} className="map-word" x={x} y={y} textAnchor="middle">
      {label}
    </text>
  ));
}

/** A star of five points around the origin. */
const STAR = Array.from({ length: 10 }, (_, i) => {
  const radius = i % 2 === 0 ? 11 : 4.6;
  const angle = -Math.PI / 2 + (i * Math.PI) / 5;
  return `${(radius * Math.cos(angle)).toFixed(2)},${(radius * Math.sin(angle)).toFixed(2)}`;
}).join(' ');

function Truth({ frame, scene: { truth } }: PartProps): ReactNode {
  const [x, y] = [toX(frame, truth[0]), toY(frame, truth[1])];
  if (!insideFrame(frame, x, y)) return null;
  return (
    <g transform={`translate(${x} ${y})`}>
      <polygon points={STAR} fill="#fff" stroke="#14181d" strokeWidth="1.6" strokeLinejoin="round" />
    </g>
  );
}

function MinimaBadges({ scene }: { scene: MapScene }): ReactNode {
  const focus = useBraggscape(state => state.inputs.focus);
  const badges = useBadges(scene);
  return badges.map(({ number, index, at: [x, y], place: [bx, by] }) => {
    const selected = focus.kind === 'minimum' && focus.index === index;
    return (
      <g key={index}>
        {(bx !== x || by !== y) && <line x1={x} y1={y} x2={bx} y2={by} stroke="#fff" strokeWidth="1.2" />}
        <circle
          cx={bx}
          cy={by}
          r="8.5"
          fill={selected ? '#14181d' : '#fff'}
          stroke={selected ? '#fff' : '#14181d'}
          strokeWidth="1.2"
        />
        <text
          className="badge-number"
          x={bx}
          y={by + 3.7}
          textAnchor="middle"
          style={{ fill: selected ? '#fff' : '#14181d' }}
        >
          {number}
        </text>
      </g>
    );
  });
}

function Probe({
  frame,
  scene: { slice, stale },
  part,
}: PartProps & { part: 'hairlines' | 'ring' }): ReactNode {
  const cell = useBraggscape(state => state.current?.cell ?? null);
  if (!cell || stale) return null;
  const values = [cell[cellIndex(slice.x)]!, cell[cellIndex(slice.y)]!] as const;
  const [x, y] = [toX(frame, values[0]), toY(frame, values[1])];
  const inside = insideFrame(frame, x, y);
  const right = frame.left + frame.width;
  const bottom = frame.top + frame.height;
  if (part === 'hairlines')
    return (
      inside && (
        <g stroke="#fff" strokeWidth="1" strokeOpacity="0.75">
          <path
            d={`M${frame.left} ${y}H${x - 13}M${x + 13} ${y}H${right}M${x} ${frame.top}V${y - 13}M${x} ${y + 13}V${bottom}`}
          />
        </g>
      )
    );
  const pill = (text: string, px: number, py: number): ReactNode => (
    <g className="pill">
      <rect x={px - 22} y={py - 9} width="44" height="18" rx="4" />
      <text x={px} y={py + 4} textAnchor="middle">
        {text}
      </text>
    </g>
  );
  const text = (key: typeof slice.x, value: number): string => formatNumber(value, isLength(key) ? 3 : 2);
  return (
    <>
      {inside && (
        <>
          <circle cx={x} cy={y} r="11" fill="none" stroke="#fff" strokeWidth="4.5" />
          <circle cx={x} cy={y} r="11" fill="none" stroke="#b23a86" strokeWidth="2.4" />
        </>
      )}
      {x >= frame.left && x <= right && pill(text(slice.x, values[0]), x, bottom + 14)}
      {y >= frame.top && y <= bottom && pill(text(slice.y, values[1]), frame.left - 27, y)}
    </>
  );
}
