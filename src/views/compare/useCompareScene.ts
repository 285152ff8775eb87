import { useMemo } from 'react';
import { useCompare } from '../../state/compare/compareStore.ts';
import { useBraggscape } from '../../state/store.ts';
import { clampRange } from '../pattern/zoom.ts';
import { type CompareScene, type CompareView, compareScene } from './compareScene.ts';

/** What the picture shows of the inputs and of what is computed. */
export function useCompareScene(): { scene: CompareScene | null; view: CompareView | null } {
  const compare = useBraggscape(state => state.inputs.compare);
  const instrument = useBraggscape(state => state.inputs.instrument);
  const axis = useBraggscape(state => state.inputs.view.axis);
  const intensity = useBraggscape(state => state.inputs.view.intensity);
  const style = useBraggscape(state => state.inputs.view.style);
  const curves = useCompare(state => state.curves);
  const scene = useMemo(
    () => compareScene(compare, instrument, curves, axis),
    [compare, instrument, curves, axis],
  );
  const { zoom, arrangement, spread } = compare;
  const view = useMemo((): CompareView | null => {
    if (!scene) return null;
    const range = zoom ? clampRange(zoom, scene.instrument) : scene.home;
    return { axis, intensity, style, range, arrangement, spread };
  }, [scene, zoom, axis, intensity, style, arrangement, spread]);
  return { scene, view };
}
