import { useMemo } from 'react';
import { NO_BASIN, watershed } from '../../landscape/basins.ts';
import { AT_TRUTH, catchmentLabels } from '../../landscape/catchment.ts';
import {
  EQUAL,
  equalMinima,
  type FalseMinimum,
  falseMinima,
  type OtherMinimum,
} from '../../landscape/falseMinima.ts';
import type { GridField, Minimum } from '../../landscape/minima.ts';
import type { Catchment } from '../../state/analysis/analysisSlice.ts';
import { useBraggscape } from '../../state/core/store.ts';

/** The kinds of starts on screen; none until both the map and some ends are there. */
export function useCatchmentKinds(): readonly CatchmentKind[] {
  const catchment = useBraggscape(state => state.analysis.catchment);
  const map = useBraggscape(state => state.map);
  const minima = useBraggscape(state => state.minima);
  return useMemo(() => {
    if (!catchment || !map?.final || minima.length === 0) return [];
    const { slice } = catchment;
    if (map.slice.x !== slice.x || map.slice.y !== slice.y) return [];
    return catchmentKinds(
      catchment,
      map,
      minima,
      falseMinima(minima, map.slice),
      equalMinima(minima, map.slice),
    );
  }, [catchment, map, minima]);
}

/** Meaning of one colour of the catchment map. */
interface CatchmentKind {
  /** On the map and in the legend: "★", the number of a false minimum, "…" for stopped on the way. */
  readonly mark: string;
  readonly meaning: string;
  readonly colour: string;
  /** Grid points [iy * side + ix] of the starts. */
  readonly starts: readonly number[];
}

/** Tol's muted colours, told apart by the marks as well. */
const COLOURS = ['#cc6677', '#88ccee', '#ddcc77', '#aa4499', '#999933', '#882255', '#44aa99', '#332288'];

/**
 * The starts of a catchment map by what their descents reached: the truth, its valley without getting there, a false
 * minimum, or none of the listed ones.
 */
export function catchmentKinds(
  { known, x, y, truth }: Catchment,
  field: GridField,
  minima: readonly Minimum[],
  falseOnes: readonly FalseMinimum[],
  equals: readonly OtherMinimum[] = [],
): CatchmentKind[] {
  const indices = Array.from(known.keys()).filter(at => known[at]);
  const ends = indices.map(at => ({ x: x[at]!, y: y[at]!, truth: truth[at] === 1 }));
  const labels = catchmentLabels(field, watershed(field, minima), ends);
  const startsOf = (label: number): number[] => indices.filter((_, i) => labels[i] === label);
  const startsAt = (entries: readonly OtherMinimum[]): number[] =>
    entries.flatMap(({ index }) => startsOf(index));
  const other = new Set([...falseOnes, ...equals].map(({ index }) => index));
  const short = minima.flatMap((_, index) => (other.has(index) ? [] : startsOf(index)));
  const kinds: CatchmentKind[] = [
    { mark: '★', meaning: 'reaches the truth', colour: '#ffffff', starts: startsOf(AT_TRUTH) },
    { mark: '☆', meaning: 'its valley, stopped short', colour: '#c9d3dc', starts: short },
    {
      mark: EQUAL,
      meaning: 'a minimum with the pattern of the truth',
      colour: '#b7e0c4',
      starts: startsAt(equals),
    },
    ...falseOnes.map(({ number, index }) => ({
      mark: String(number),
      meaning: `false minimum ${number}`,
      colour: COLOURS[(number - 1) % COLOURS.length]!,
      starts: startsOf(index),
    })),
    {
      mark: '–',
      meaning: 'leaves the map, or no listed minimum',
      colour: '#3d464e',
      starts: startsOf(NO_BASIN),
    },
  ];
  return kinds.filter(kind => kind.starts.length > 0);
}
