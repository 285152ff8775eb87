import { useMemo } from 'react';
import {
  equalMinima,
  type FalseMinimum,
  falseMinima,
  type OtherMinimum,
} from '../../landscape/falseMinima.ts';
import { fieldRange } from '../../landscape/minima.ts';
import { type Slice, sliceParameter, slicePlaces, sliceProblem, truthsOf } from '../../landscape/slice.ts';
import type { Smoothing } from '../../recovery/modelDescent.ts';
import { useBraggscape } from '../../state/core/store.ts';
import type { MapState } from '../../state/explore/exploreState.ts';
import { askedSlice, shownMap } from '../../state/explore/selectors.ts';
import { frameOf, type MapFrame } from './mapFrame.ts';

/** Contents of the map pane. */
export interface MapScene {
  /** The slice on screen: the one asked for, or that of the old map until the new one begins. */
  readonly slice: Slice;
  readonly frame: MapFrame;
  readonly map: MapState | null;
  /** What the peaks or atoms of the map shown are widened by, degrees or Å²; null: the loss itself. */
  readonly width: number | null;
  readonly smoothing: Smoothing;
  /** The map shown is of another crystal, pair, loss or instrument than asked for. */
  readonly stale: boolean;
  /** It is over other axes or of another crystal than asked for, so that places on it mean something else. */
  readonly elsewhere: boolean;
  readonly colourRange: readonly [number, number];
  readonly truth: readonly [number, number];
  /** The truth at whole periods of its coordinates, once more or not at all inside the ranges. */
  readonly truths: readonly (readonly [number, number])[];
  readonly falseMinima: readonly FalseMinimum[];
  /** Minima elsewhere that have the pattern of the truth. */
  readonly equalMinima: readonly OtherMinimum[];
}

const NO_SLICE: Pick<Slice, 'xRange' | 'yRange'> = { xRange: [0, 1], yRange: [0, 1] };

/** Null until there is a crystal. @param across width of the pane, as its height in pixels */
export function useMapScene(across: number, height: number): MapScene | null {
  const asked = useBraggscape(askedSlice);
  const map = useBraggscape(shownMap);
  const problem = useBraggscape(state => state.problem);
  const minima = useBraggscape(state => state.minima);
  const chosenRange = useBraggscape(state => state.inputs.view.colourRange);
  const width = map && 'width' in map ? map.width : null;
  const smoothing = map && 'smoothing' in map ? map.smoothing : 'peaks';
  const parts = useMemo(() => {
    const slice = shownSlice(asked, map);
    if (!slice) return null;
    const sameAxes =
      map?.slice.x === asked?.x && map?.slice.y === asked?.y && map?.slice.tied === asked?.tied;
    const sameCrystal = map?.slice.base === asked?.base;
    const elsewhere = map !== null && !(sameAxes && sameCrystal);
    const stale = elsewhere || (map !== null && map.problem !== problem);
    const [x, y] = [sliceParameter(slice, 'x'), sliceParameter(slice, 'y')];
    const [px, py] = slicePlaces(slice);
    const listed = map && !stale && width === null ? minima : [];
    return {
      slice,
      map,
      width,
      smoothing,
      stale,
      elsewhere,
      alike: x.unit === y.unit && x.group === y.group,
      truth: [slice.base[px]!, slice.base[py]!] as const,
      truths: truthsOf(slice),
      falseMinima: map ? falseMinima(listed, map.slice) : [],
      equalMinima: map ? equalMinima(listed, map.slice) : [],
    };
  }, [asked, map, problem, minima, width, smoothing]);
  // Frame and range are the same objects while their numbers are: what is drawn of a map is not drawn again for another
  // problem, crystal or mark.
  const { xRange, yRange } = parts?.slice ?? NO_SLICE;
  const alike = parts?.alike ?? false;
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

/** The slice asked for; that of the map on screen while it is over other axes, of another crystal or cannot be computed. */
function shownSlice(asked: Slice | null, map: MapState | null): Slice | null {
  if (!asked || !map) return asked ?? map?.slice ?? null;
  const { x, y, tied, base } = map.slice;
  const same = x === asked.x && y === asked.y && tied === asked.tied && base === asked.base;
  return same && sliceProblem(asked) === null ? asked : map.slice;
}
