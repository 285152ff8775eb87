import { useMemo } from 'react';
import { cellIndex, isLength } from '../../crystal/cell.ts';
import { type FalseMinimum, falseMinima } from '../../landscape/falseMinima.ts';
import { fieldRange } from '../../landscape/minima.ts';
import { type Slice, sliceProblem } from '../../landscape/slice.ts';
import { useBraggscape } from '../../state/core/store.ts';
import type { MapState } from '../../state/explore/exploreState.ts';
import { chosenFamily, shownMap, sliceOf } from '../../state/explore/selectors.ts';
import { frameOf, type MapFrame } from './mapFrame.ts';

/** Contents of the map pane. */
export interface MapScene {
  /** The slice on screen: the one asked for, or that of the old map until the new one begins. */
  readonly slice: Slice;
  readonly frame: MapFrame;
  readonly map: MapState | null;
  /** FWHM under which the peaks of the map shown are smoothed, degrees; null: the loss itself. */
  readonly width: number | null;
  /** The map shown is of another crystal, pair, loss or instrument than asked for. */
  readonly stale: boolean;
  /** It is over other axes or of another crystal than asked for, so that places on it mean something else. */
  readonly elsewhere: boolean;
  readonly colourRange: readonly [number, number];
  readonly truth: readonly [number, number];
  readonly falseMinima: readonly FalseMinimum[];
}

const NO_SLICE: Pick<Slice, 'x' | 'y' | 'xRange' | 'yRange'> = {
  x: 'a',
  y: 'c',
  xRange: [0, 1],
  yRange: [0, 1],
};

/** Null until there is a crystal. @param across width of the pane, as its height in pixels */
export function useMapScene(across: number, height: number): MapScene | null {
  const structure = useBraggscape(state => state.structure);
  const inputs = useBraggscape(state => state.inputs.slice);
  const family = useBraggscape(chosenFamily);
  const map = useBraggscape(shownMap);
  const problem = useBraggscape(state => state.problem);
  const minima = useBraggscape(state => state.minima);
  const chosenRange = useBraggscape(state => state.inputs.view.colourRange);
  const width = map && 'width' in map ? map.width : null;
  const parts = useMemo(() => {
    if (!structure) return null;
    const asked = sliceOf({ slice: inputs }, structure.cell, family);
    const usable = sliceProblem(asked) === null;
    const sameAxes = map?.slice.x === asked.x && map.slice.y === asked.y && map.slice.tied === asked.tied;
    const sameCrystal = map?.slice.base === asked.base;
    const elsewhere = map !== null && !(sameAxes && sameCrystal);
    const stale = elsewhere || (map !== null && map.problem !== problem);
    const slice = map && (!usable || !sameAxes || !sameCrystal) ? map.slice : asked;
    return {
      slice,
      map,
      width,
      stale,
      elsewhere,
      truth: [slice.base[cellIndex(slice.x)]!, slice.base[cellIndex(slice.y)]!] as const,
      falseMinima: map && !stale && width === null ? falseMinima(minima, map.slice) : [],
    };
  }, [structure, inputs, family, map, problem, minima, width]);
  // Frame and range are the same objects while their numbers are: what is drawn of a map is not drawn again for another
  // problem, crystal or mark.
  const { x, y, xRange, yRange } = parts?.slice ?? NO_SLICE;
  const alike = isLength(x) === isLength(y);
  const [left, right] = xRange;
  const [low, high] = yRange;
  const frame = useMemo(() => {
    const square = alike && left === low && right === high;
    return frameOf(across, height, [left, right], [low, high], square);
  }, [across, height, alike, left, right, low, high]);
  const values = map?.values;
  const colourRange = useMemo<MapScene['colourRange']>(
    () => (width === null && chosenRange) || (values ? fieldRange(values) : [-1, 0]),
    [width, chosenRange, values],
  );
  return useMemo(() => parts && { ...parts, frame, colourRange }, [parts, frame, colourRange]);
}
