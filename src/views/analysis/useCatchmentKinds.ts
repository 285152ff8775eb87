import { useMemo } from 'react';
import { falseMinima } from '../../landscape/falseMinima.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { type CatchmentKind, catchmentKinds } from './catchmentScene.ts';

/** The kinds of starts on screen; none until both the map and some ends are there. */
export function useCatchmentKinds(): readonly CatchmentKind[] {
  const catchment = useBraggscape(state => state.analysis.catchment);
  const map = useBraggscape(state => state.map);
  const minima = useBraggscape(state => state.minima);
  return useMemo(() => {
    if (!catchment || !map?.final || minima.length === 0) return [];
    const { slice } = catchment;
    if (map.slice.x !== slice.x || map.slice.y !== slice.y) return [];
    return catchmentKinds(catchment, map, minima, falseMinima(minima, map.slice));
  }, [catchment, map, minima]);
}
