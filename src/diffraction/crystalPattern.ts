import { binCount } from './instrument.ts';
import {
  addPeaks,
  type Conditions,
  type PeakList,
  peaksAt,
  type ScatteringModel,
  sticksOf,
} from './pattern.ts';

/** The reflections of a cell as flat rows: what tick rows, hover and labels are drawn from. */
export interface CellReflections {
  /** [n * 3]; one of each Friedel pair. */
  readonly hkl: Int32Array;
  /** Degrees [n]. */
  readonly twoTheta: Float64Array;
  /** Of the reflection and its Friedel mate [n]. */
  readonly intensity: Float64Array;
}

/** Everything that is drawn of a crystal at a cell. */
export interface CrystalPattern {
  /** On the instrument's grid [binCount]. */
  readonly pattern: Float64Array;
  readonly peaks: CellReflections;
  /** Peaks of every line of the radiation. */
  readonly sticks: { readonly position: Float64Array; readonly intensity: Float64Array };
}

/** Reflections of a list in the order of the model's, at the angles of the first line. */
export function reflectionsOf({ sums }: ScatteringModel, peaks: PeakList): CellReflections {
  const count = peaks.ofFirstLine;
  const hkl = new Int32Array(count * 3);
  for (let k = 0; k < count; k++)
    for (let axis = 0; axis < 3; axis++) hkl[3 * k + axis] = sums.hkl[3 * peaks.index[k]! + axis]!;
  return { hkl, twoTheta: peaks.twoTheta.slice(0, count), intensity: peaks.intensity.slice(0, count) };
}

/** The same reflections in the order of 2θ, in which they are merged and drawn. */
export function inOrder({ hkl, twoTheta, intensity }: CellReflections): CellReflections {
  const order = Uint32Array.from(twoTheta.keys()).sort((p, q) => twoTheta[p]! - twoTheta[q]!);
  const sorted = {
    hkl: new Int32Array(hkl.length),
    twoTheta: Float64Array.from(order, row => twoTheta[row]!),
    intensity: Float64Array.from(order, row => intensity[row]!),
  };
  order.forEach((row, i) => {
    sorted.hkl.set(hkl.subarray(3 * row, 3 * row + 3), 3 * i);
  });
  return sorted;
}

/** Pattern, reflections and peaks by the dense reference. The cell must exist and be covered by the model. */
export function crystalPattern(
  model: ScatteringModel,
  cell: ArrayLike<number>,
  conditions: Conditions | null = null,
): CrystalPattern {
  const { instrument } = model;
  const peaks = peaksAt(model, cell, undefined, conditions);
  return {
    pattern: addPeaks(instrument, peaks, new Float64Array(binCount(instrument))),
    peaks: reflectionsOf(model, peaks),
    sticks: sticksOf(peaks),
  };
}
