import { type ReactNode, useId, useMemo } from 'react';
import { fieldRange } from '../../landscape/minima.ts';
import { sliceParameter, truthsOf } from '../../landscape/slice.ts';
import type { ModelParameter } from '../../model/parameter.ts';
import type { MapState } from '../../state/explore/exploreState.ts';
import { Heatmap, Isolines } from '../../ui/Heatmap.tsx';
import { isolinePaths } from '../../ui/isolinePaths.ts';
import { ParameterSymbol } from '../CellParameter.tsx';
import styles from './MiniMap.module.css';
import { type MapFrame, toX, toY } from './mapFrame.ts';
import { Star, SymmetryLines } from './marks.tsx';

/** Isoline step of small maps, in the unit of a cosine loss. */
const ISOLINE = 0.1;

/** A small map: the field on a canvas, everything else in an SVG over it. */
export function MiniMap(props: {
  readonly map: MapState;
  /** Pixels; the plot area is the whole. */
  readonly side: number;
  /** Null: the range of the map. */
  readonly range?: readonly [number, number] | null;
  readonly lines?: boolean;
  /** Names at the axes, and the truth as a star. */
  readonly marks?: boolean;
  /** SVG over the map, in its pixels. */
  children?(frame: MapFrame): ReactNode;
}): ReactNode {
  const { map, side, range = null, lines = true, marks = true, children } = props;
  const clip = useId();
  const { slice } = map;
  const frame = useMemo((): MapFrame => {
    const { xRange, yRange } = map.slice;
    return { left: 0, top: 0, width: side, height: side, xRange, yRange };
  }, [map, side]);
  const [low, high] = range ?? fieldRange(map.values);
  const paths = useMemo(
    () => (lines ? isolinePaths(map, frame, [low, high], { step: ISOLINE }) : []),
    [map, frame, low, high, lines],
  );
  return (
    <div className={styles.map} style={{ width: side, height: side }}>
      <Heatmap field={map} area={frame} range={[low, high]} colourMap="viridis" smooth />
      <Isolines paths={paths} area={frame} />
      <svg width={side} height={side} viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
        <clipPath id={clip}>
          <rect width={side} height={side} />
        </clipPath>
        <g clipPath={`url(#${clip})`}>
          {marks && <SymmetryLines slice={slice} frame={frame} />}
          {children?.(frame)}
        </g>
        {marks &&
          truthsOf(slice).map(([x, y]) => (
            <Star key={`${x} ${y}`} x={toX(frame, x)} y={toY(frame, y)} radius={8} />
          ))}
      </svg>
      {marks && (
        <>
          <span className={styles.x} aria-hidden="true">
            <ParameterSymbol of={short(sliceParameter(slice, 'x'))} />
          </span>
          <span className={styles.y} aria-hidden="true">
            <ParameterSymbol of={short(sliceParameter(slice, 'y'))} />
          </span>
        </>
      )}
    </div>
  );
}

/** A parameter under the letter that its name in links begins with: there is no room for the atom. */
const short = (parameter: ModelParameter): ModelParameter =>
  parameter.group === 'cell' ? parameter : { ...parameter, name: `*${parameter.id.split('.')[0]}*` };
