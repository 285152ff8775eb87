import { type ReactNode, useId } from 'react';
import { sliceParameter, slicePlaces } from '../../landscape/slice.ts';
import type { ModelParameter } from '../../model/parameter.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { formatNumber } from '../../ui/format.ts';
import { niceTicks } from '../../ui/ticks.ts';
import { axisTitle, isItalic } from '../CellParameter.tsx';
import { widenedBy } from '../widthName.ts';
import styles from './MapOverlay.module.css';
import { insideFrame, type MapFrame, toX, toY } from './mapFrame.ts';
import { MapWord, NumberBadge, Star, SymmetryLines } from './marks.tsx';
import { symmetryNames } from './symmetryNames.ts';
import { Trajectories } from './Trajectories.tsx';
import { useBadges } from './useBadges.ts';
import type { MapScene } from './useMapScene.ts';

/** Everything on the map that is not the field: axes, symmetry lines, minima, truth, descents, the probe. */
export function MapOverlay({
  scene,
  width,
  height,
  below,
  children,
}: {
  scene: MapScene;
  width: number;
  height: number;
  /** SVG below and above all other marks, inside the plot area. */
  below?: ReactNode;
  children?: ReactNode;
}): ReactNode {
  const view = useBraggscape(state => state.inputs.view);
  const clip = useId();
  const { frame, slice } = scene;
  return (
    <svg className={styles.overlay} data-part="map-overlay" width={width} height={height} aria-hidden="true">
      <clipPath id={clip}>
        <rect x={frame.left} y={frame.top} width={frame.width} height={frame.height} />
      </clipPath>
      <Axes frame={frame} scene={scene} />
      <g clipPath={`url(#${clip})`}>
        {below}
        {view.symmetry && <SymmetryLines frame={frame} slice={slice} />}
        <Probe frame={frame} scene={scene} part="hairlines" />
      </g>
      {view.symmetry && <SymmetryNames frame={frame} scene={scene} />}
      {scene.width && (
        <MapWord x={frame.left + 10} y={frame.top + frame.height - 12} anchor="start">
          {widenedBy(scene.width, scene.smoothing)}
        </MapWord>
      )}
      <Trajectories scene={scene} clip={clip} />
      {view.minima && <MinimaBadges scene={scene} />}
      <Truth scene={scene} />
      <Probe frame={frame} scene={scene} part="ring" />
      <g clipPath={`url(#${clip})`}>{children}</g>
    </svg>
  );
}

interface PartProps {
  readonly frame: MapFrame;
  readonly scene: MapScene;
}

function Axes({ frame, scene: { slice, elsewhere } }: PartProps): ReactNode {
  const point = useBraggscape(state => (elsewhere ? null : (state.current?.point ?? null)));
  const { left, top, width, height } = frame;
  /** Whether the pill of the probe leaves a tick at this place its number. */
  const free = (at: number, place: number, room: number, to: typeof toX): boolean =>
    point === null || Math.abs(at - to(frame, point[place] ?? Number.POSITIVE_INFINITY)) > room;
  const [xPlace, yPlace] = slicePlaces(slice);
  const bottom = top + height;
  const [horizontal, vertical] = [sliceParameter(slice, 'x'), sliceParameter(slice, 'y')];
  const xTicks = niceTicks(slice.xRange[0], slice.xRange[1], width / 95);
  const yTicks = niceTicks(slice.yRange[0], slice.yRange[1], height / 70);
  return (
    <g className={styles.axes}>
      <rect x={left - 0.5} y={top - 0.5} width={width + 1} height={height + 1} fill="none" />
      {xTicks.values.map(value => {
        const x = toX(frame, value);
        return (
          <g key={value}>
            <line x1={x} x2={x} y1={bottom} y2={bottom + 5} />
            {x < left + width - 40 && free(x, xPlace, 40, toX) && (
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
            <line x1={left - 5} x2={left} y1={y} y2={y} />
            {y > top + 12 && free(y, yPlace, 17, toY) && (
              <text x={left - 8} y={y + 4} textAnchor="end">
                {formatNumber(value, yTicks.decimals)}
              </text>
            )}
          </g>
        );
      })}
      <text
        className={styles.title}
        x={left + width}
        y={bottom + 18}
        textAnchor="end"
        fontStyle={styleOf(horizontal)}
      >
        {axisTitle(horizontal)}
      </text>
      <text className={styles.title} x={left - 8} y={top + 4} textAnchor="end" fontStyle={styleOf(vertical)}>
        {axisTitle(vertical)}
      </text>
    </g>
  );
}

const styleOf = (parameter: ModelParameter): 'italic' | undefined =>
  isItalic(parameter) ? 'italic' : undefined;

function SymmetryNames({ frame, scene: { slice } }: PartProps): ReactNode {
  return symmetryNames(frame, slice).map(({ label, x, y }) => (
    <MapWord key={label} x={x} y={y}>
      {label}
    </MapWord>
  ));
}

function Truth({ scene: { frame, truths } }: { scene: MapScene }): ReactNode {
  return truths.map(([atX, atY]) => {
    const [x, y] = [toX(frame, atX), toY(frame, atY)];
    return insideFrame(frame, x, y) && <Star key={`${atX} ${atY}`} x={x} y={y} radius={11} />;
  });
}

function MinimaBadges({ scene }: { scene: MapScene }): ReactNode {
  const focus = useBraggscape(state => state.inputs.focus);
  const badges = useBadges(scene);
  return badges.map(({ mark, index, at: [x, y], place: [bx, by] }) => {
    const selected = focus.kind === 'minimum' && focus.index === index;
    const [ink, paper] = selected ? ['#fff', '#14181d'] : ['#14181d', '#fff'];
    return (
      <g key={index}>
        {(bx !== x || by !== y) && <line x1={x} y1={y} x2={bx} y2={by} stroke="#fff" strokeWidth="1.2" />}
        <NumberBadge number={mark} x={bx} y={by} radius={8.5} ink={ink} paper={paper} />
      </g>
    );
  });
}

function Probe({
  frame,
  scene: { slice, elsewhere },
  part,
}: PartProps & { part: 'hairlines' | 'ring' }): ReactNode {
  const point = useBraggscape(state => state.current?.point ?? null);
  if (point?.length !== slice.base.length || elsewhere) return null;
  const [px, py] = slicePlaces(slice);
  const values = [point[px]!, point[py]!] as const;
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
    <g className={styles.pill}>
      <rect x={px - 22} y={py - 9} width="44" height="18" rx="4" />
      <text x={px} y={py + 4} textAnchor="middle">
        {text}
      </text>
    </g>
  );
  const text = (axis: 'x' | 'y', value: number): string =>
    formatNumber(value, Math.max(2, sliceParameter(slice, axis).digits));
  return (
    <>
      {inside && (
        <>
          <circle cx={x} cy={y} r="11" fill="none" stroke="#fff" strokeWidth="4.5" />
          <circle cx={x} cy={y} r="11" fill="none" stroke="#b23a86" strokeWidth="2.4" />
        </>
      )}
      {x >= frame.left && x <= right && pill(text('x', values[0]), x, bottom + 14)}
      {y >= frame.top && y <= bottom && pill(text('y', values[1]), frame.left - 27, y)}
    </>
  );
}
