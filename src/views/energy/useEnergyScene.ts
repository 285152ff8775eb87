import { useMemo } from 'react';
import { cellIndex } from '../../crystal/cell.ts';
import { fieldRange } from '../../landscape/minima.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { type MapScene, useMapScene } from '../map/useMapScene.ts';
import { blendOf } from './blendField.ts';

/** The scene of the energy map or of the blend, in the frame of the XRD map beside it. */
export function useEnergyScene(quantity: 'energy' | 'blend', width: number, height: number): MapScene | null {
  const scene = useMapScene(width, height);
  const energy = useBraggscape(state => state.energy.map);
  const problem = useBraggscape(state => state.problem);
  const sites = useBraggscape(state => state.structure?.sites ?? null);
  const weight = useBraggscape(state => state.inputs.energy.weight);
  return useMemo(() => {
    if (!scene || !problem) return null;
    const usable =
      energy &&
      energy.sites === sites &&
      energy.slice.x === scene.slice.x &&
      energy.slice.y === scene.slice.y &&
      energy.slice.tied === scene.slice.tied;
    const field =
      usable && quantity === 'blend'
        ? scene.map && !scene.stale
          ? blendOf(scene.map, energy, weight)
          : null
        : usable
          ? relative(energy.values)
          : null;
    if (!usable || !field) return { ...scene, map: null, falseMinima: [], colourRange: [0, 1] };
    const { xs, ys, slice, final } = energy;
    return {
      ...scene,
      map: { problem, slice, xs, ys, values: field, final },
      stale: false,
      falseMinima: [],
      colourRange: fieldRange(field),
      truth: [slice.base[cellIndex(slice.x)]!, slice.base[cellIndex(slice.y)]!],
    };
  }, [scene, energy, problem, sites, quantity, weight]);
}

/** Energies above the lowest of the map. */
function relative(values: Float64Array): Float64Array {
  const [low] = fieldRange(values);
  return values.map(value => value - low);
}
