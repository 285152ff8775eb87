import type { Site } from '../../src/crystal/structure.ts';
import type { ScatteringModel } from '../../src/diffraction/pattern.ts';
import { denseModel, slotAdjoint } from '../../src/model/densePattern.ts';
import { rowOf } from '../../src/model/point.ts';

/** ∂L/∂ fractional coordinates [sites * 3], per unit fraction, from r = ∂L/∂pattern, by the dense reference. */
export function coordinateAdjoint(
  { instrument }: ScatteringModel,
  sites: readonly Site[],
  cell: ArrayLike<number>,
  residual: Float64Array,
): Float64Array {
  const row = rowOf(sites, instrument);
  row.set(cell);
  const at = denseModel(sites, instrument, row);
  return slotAdjoint(at, residual).slice(at.slots.fract, at.slots.occupancy);
}
