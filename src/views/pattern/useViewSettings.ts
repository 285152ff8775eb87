import { useMemo } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import type { PlotScene, ViewSettings } from './plotScene.ts';
import { clampRange, type Range } from './zoom.ts';

/** Axis, scale and style of every pattern plot, over a zoom or the whole of a scene; null without one. */
export function useViewSettings<Scene extends Pick<PlotScene, 'instrument' | 'home'> | null>(
  scene: Scene,
  zoom: Range | null,
): ViewSettings | (Scene extends null ? null : never) {
  const axis = useBraggscape(state => state.inputs.view.axis);
  const intensity = useBraggscape(state => state.inputs.view.intensity);
  const style = useBraggscape(state => state.inputs.view.style);
  return useMemo(() => {
    if (!scene) return null as Scene extends null ? null : never;
    const range = zoom ? clampRange(zoom, scene.instrument) : scene.home;
    return { axis, intensity, style, range };
  }, [axis, intensity, style, zoom, scene]);
}
