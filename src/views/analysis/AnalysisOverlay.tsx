import { type ReactNode, useEffect, useMemo } from 'react';
import { cellExists } from '../../crystal/cell.ts';
import { type BasinRuler, basinRuler, worstShift } from '../../diffraction/basinRuler.ts';
import { NOISE_BOX } from '../../landscape/boxStarts.ts';
import { type Slice, sliceCell, sliceParameter, slicePlaces } from '../../landscape/slice.ts';
import { isolines } from '../../num/isolines.ts';
import { startAnalysis } from '../../state/analysis/startAnalysis.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { isolinePath } from '../../ui/isolinePaths.ts';
import { type MapFrame, pathUpTo, pixelPath, toX, toY } from '../map/mapFrame.ts';
import { MapWord } from '../map/marks.tsx';
import type { MapScene } from '../map/useMapScene.ts';
import styles from './AnalysisOverlay.module.css';
import { useCatchmentKinds } from './catchmentKinds.ts';
import { strategyStyle } from './strategyStyle.ts';

/** Drawing of the analysis tools on the map, below descents and probe. */
export function AnalysisOverlay({ scene }: { scene: MapScene }): ReactNode {
  useEffect(startAnalysis, []);
  const { ruler, line } = useBraggscape(state => state.inputs.analysis);
  return (
    <g data-testid="analysis-overlay">
      <CatchmentLayer scene={scene} />
      {ruler && scene.slice.model?.cellMoves !== false && <RulerLayer scene={scene} />}
      {line && (
        <g className={styles.profile}>
          {['casing', 'line'].map(part => (
            <line
              key={part}
              className={part}
              x1={toX(scene.frame, line[0])}
              y1={toY(scene.frame, line[1])}
              x2={toX(scene.frame, line[2])}
              y2={toY(scene.frame, line[3])}
            />
          ))}
        </g>
      )}
      <StrategyPaths scene={scene} />
    </g>
  );
}

function CatchmentLayer({ scene: { frame, slice, stale } }: { scene: MapScene }): ReactNode {
  const kinds = useCatchmentKinds();
  const catchment = useBraggscape(state => state.analysis.catchment);
  if (!catchment || stale || catchment.slice.x !== slice.x || catchment.slice.y !== slice.y) return null;
  const { side } = catchment;
  const { xRange, yRange } = catchment.slice;
  const [dx, dy] = [(xRange[1] - xRange[0]) / (side - 1), (yRange[1] - yRange[0]) / (side - 1)];
  const at = (start: number): readonly [number, number] => [
    xRange[0] + (start % side) * dx,
    yRange[0] + Math.floor(start / side) * dy,
  ];
  return kinds.map(({ mark, colour, starts }) => {
    const boxes = starts
      .map(start => {
        const [x, y] = at(start);
        const left = toX(frame, x - dx / 2).toFixed(1);
        const top = toY(frame, y + dy / 2).toFixed(1);
        const width = (toX(frame, x + dx / 2) - toX(frame, x - dx / 2)).toFixed(1);
        const height = (toY(frame, y - dy / 2) - toY(frame, y + dy / 2)).toFixed(1);
        return `M${left} ${top}h${width}v${height}h-${width}Z`;
      })
      .join('');
    // the mark stands on the start in the middle of its kind
    const places = starts.map(at);
    const mean = (i: 0 | 1): number => places.reduce((sum, place) => sum + place[i], 0) / places.length;
    const [mx, my] = [mean(0), mean(1)];
    const [x, y] = places.reduce((best, place) => {
      const distance = ([px, py]: readonly [number, number]): number =>
        ((px - mx) / dx) ** 2 + ((py - my) / dy) ** 2;
      return distance(place) < distance(best) ? place : best;
    });
    return (
      <g key={mark} className={styles.kind} data-mark={mark}>
        <path d={boxes} fill={colour} />
        <MapWord x={toX(frame, x)} y={toY(frame, y) + 4}>
          {mark}
        </MapWord>
      </g>
    );
  });
}

function RulerLayer({ scene: { frame, slice } }: { scene: MapScene }): ReactNode {
  const peaks = useBraggscape(state => state.targetPeaks);
  const problem = useBraggscape(state => state.problem);
  const path = useMemo(
    () =>
      peaks && problem
        ? rulerPath(frame, slice, basinRuler(problem.instrument, peaks, problem.excluded))
        : '',
    [frame, slice, problem, peaks],
  );
  const around = (axis: 'x' | 'y'): [number, number] => {
    const { group, value } = sliceParameter(slice, axis);
    if (group !== 'cell') return [...slice[`${axis}Range`]];
    return [value * (1 - NOISE_BOX), value * (1 + NOISE_BOX)];
  };
  const [xs, ys] = [around('x'), around('y')];
  const box = {
    x: toX(frame, xs[0]) + 1,
    y: toY(frame, ys[1]) + 1,
    width: Math.max(0, toX(frame, xs[1]) - toX(frame, xs[0]) - 2),
    height: Math.max(0, toY(frame, ys[0]) - toY(frame, ys[1]) - 2),
  };
  return (
    <g data-testid="ruler">
      <rect className={styles.rulerBox} {...box} />
      <path className={styles.rulerCasing} d={path} />
      <path data-part="line" className={styles.rulerLine} d={path} />
      <MapWord x={box.x + 6} y={box.y + 14} anchor="start">
        ±10 %
      </MapWord>
    </g>
  );
}

function StrategyPaths({ scene: { frame, slice, stale } }: { scene: MapScene }): ReactNode {
  const runs = useBraggscape(state => state.analysis.strategyRuns);
  if (stale) return null;
  const ends: (readonly [number, number])[] = [];
  return runs.map(run => {
    if (run.count === 0) return null;
    const path = pixelPath(frame, run, slicePlaces(slice));
    const end = [path.xs.at(-1) ?? 0, path.ys.at(-1) ?? 0] as const;
    const d = pathUpTo(path, run.count, end);
    // Ways that end in one place have their letters in a row beside it.
    const x =
      end[0] +
      LETTER * ends.filter(other => Math.hypot(other[0] - end[0], other[1] - end[1]) < LETTER).length;
    ends.push(end);
    const { letter, name } = strategyStyle(run.strategy);
    return (
      <g key={run.strategy} className={styles.path} data-strategy={run.strategy}>
        <title>{name}</title>
        <path className={styles.casing} d={d} />
        <path className={styles.line} d={d} />
        <circle cx={x} cy={end[1]} r="7.5" />
        <text x={x} y={end[1] + 3.6} textAnchor="middle">
          {letter}
        </text>
      </g>
    );
  });
}

/** Width of a letter with its circle, pixels. */
const LETTER = 16;

/** Points of the ruler's grid along each axis. */
const POINTS = 161;
/** Stands for a cell that does not exist, or a reflection without an angle. */
const FAR = 1e3;

/** SVG path of the line where the worst strong peak is one full width from its target, in pixels of the map. */
function rulerPath(frame: MapFrame, slice: Slice, ruler: BasinRuler): string {
  const at = ([low, high]: readonly [number, number], i: number): number =>
    low + ((high - low) * i) / (POINTS - 1);
  const values = Float64Array.from({ length: POINTS * POINTS }, (_, k) => {
    const cell = sliceCell(slice, at(slice.xRange, k % POINTS), at(slice.yRange, Math.floor(k / POINTS)));
    return cellExists(cell) ? Math.min(FAR, worstShift(ruler, cell)) : FAR;
  });
  return isolines(values, POINTS, POINTS, 1)
    .map(({ points, closed }) => {
      const pixels = points.map((place, i) =>
        i % 2 ? toY(frame, at(slice.yRange, place)) : toX(frame, at(slice.xRange, place)),
      );
      return isolinePath({ points: pixels, closed });
    })
    .join('');
}
