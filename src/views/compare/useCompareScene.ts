import { useMemo } from 'react';
import { useCompare } from '../../state/compare/compareStore.ts';
import { useBraggscape } from '../../state/store.ts';
import type { ViewSettings } from '../pattern/plotScene.ts';
import { useViewSettings } from '../pattern/useViewSettings.ts';
import { type CompareScene, compareScene } from './compareScene.ts';

/** The picture of the inputs and of what is computed of them. */
export function useCompareScene(): { scene: CompareScene | null; view: ViewSettings | null } {
  const compare = useBraggscape(state => state.inputs.compare);
  const instrument = useBraggscape(state => state.inputs.instrument);
  const axis = useBraggscape(state => state.inputs.view.axis);
  const curves = useCompare(state => state.curves);
  const scene = useMemo(
    () => compareScene(compare, instrument, curves, axis),
    [compare, instrument, curves, axis],
  );
  return { scene, view: useViewSettings(scene, compare.zoom) };
}
