import type { Cell } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import {
  covers,
  peaksAt,
  type ScatteringModel,
  scatteringModel,
  simulatePattern,
} from '../../diffraction/pattern.ts';

/** The reflections of a cell as flat rows: what tick rows, hover and labels are drawn from. */
export interface ReflectionRows {
  /** [n * 3]; one of each Friedel pair. */
  readonly hkl: Int32Array;
  /** Degrees [n]. */
  readonly twoTheta: Float64Array;
  /** Of the reflection and its Friedel mate [n]. */
  readonly intensity: Float64Array;
}

/** How far a cell may stretch before the reflection list is drawn up again; 1.3 covers most slices of ±10 %. */
const STRETCH = 1.3;

/** The crystal as the forward model sees it. */
type Sites = Pick<Structure, 'sites'>;

interface Kept extends Sites {
  readonly instrument: Instrument;
  readonly model: ScatteringModel;
}
let kept: Kept | null = null;

function modelAt({ sites }: Sites, instrument: Instrument, cell: Cell): ScatteringModel {
  if (kept && kept.sites === sites && kept.instrument === instrument && covers(kept.model, cell))
    return kept.model;
  const model = scatteringModel(sites, instrument, cell, STRETCH);
  kept = { sites, instrument, model };
  return model;
}

/** Reflections inside the window at a cell, in the order of the model's list, at the angles of the first line. */
export function reflectionsAt(crystal: Sites, instrument: Instrument, cell: Cell): ReflectionRows {
  const model = modelAt(crystal, instrument, cell);
  const peaks = peaksAt(model, cell);
  const count = peaks.ofFirstLine;
  const hkl = new Int32Array(count * 3);
  for (let k = 0; k < count; k++)
    for (let axis = 0; axis < 3; axis++) hkl[3 * k + axis] = model.sums.hkl[3 * peaks.index[k]! + axis]!;
  return {
    hkl,
    twoTheta: peaks.twoTheta.slice(0, count),
    intensity: peaks.intensity.slice(0, count),
  };
}

/** The pattern at a cell by the dense reference [binCount]. */
export const densePatternAt = (crystal: Sites, instrument: Instrument, cell: Cell): Float64Array =>
  simulatePattern(modelAt(crystal, instrument, cell), cell);

/** Pattern and reflections of the true crystal, float64. */
export function targetOf(
  structure: Structure,
  instrument: Instrument,
): { target: Float64Array; peaks: ReflectionRows } {
  return {
    target: densePatternAt(structure, instrument, structure.cell),
    peaks: reflectionsAt(structure, instrument, structure.cell),
  };
}
