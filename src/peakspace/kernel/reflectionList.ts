import { type Cell, metricTensor } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { type ScatteringModel, scatteringModel } from '../../diffraction/pattern.ts';
import { sortByIndex } from '../../diffraction/structureFactor.ts';
import { LIST_STRETCH } from '../denseObjective.ts';

/**
 * The reflections of a model in the order of their indices, so that the reflections inside the window at a cell come
 * in the same order whichever cell the list was drawn up at: sums over them are then the same to the last bit.
 */
export interface ReflectionList {
  readonly count: number;
  /** h², k², l², hk, hl, kl of each reflection, [count * 6]. */
  readonly products: Float64Array;
  /** Structure factor sums Σ_j∈e occ_j exp(2πi h·x_j), [count * elements * 2], real before imaginary. */
  readonly sums: Float64Array;
  readonly elements: number;
  /** Metric of the reference cell times the square of the stretch the list allows for, [9]. */
  readonly bound: Float64Array;
}

export function reflectionList(sites: readonly Site[], instrument: Instrument, cell: Cell): ReflectionList {
  return fromModel(scatteringModel(sites, instrument, cell, LIST_STRETCH));
}

function fromModel({ sums, reference, stretch }: ScatteringModel): ReflectionList {
  const { hkl, count, elements, re, im } = sortByIndex(sums);
  const products = new Float64Array(count * 6);
  for (let n = 0; n < count; n++) {
    const [h, k, l] = [hkl[3 * n], hkl[3 * n + 1], hkl[3 * n + 2]] as [number, number, number];
    products.set([h * h, k * k, l * l, h * k, h * l, k * l], 6 * n);
  }
  const flat = new Float64Array(2 * re.length);
  for (let i = 0; i < re.length; i++) {
    flat[2 * i] = re[i];
    flat[2 * i + 1] = im[i];
  }
  return {
    count,
    products,
    sums: flat,
    elements: elements.length,
    bound: metricTensor(reference).map(g => g * stretch * stretch),
  };
}

/**
 * True where the list has every reflection of a cell with metric G: no reflection's |g| may shrink by more than the
 * stretch on the way back to the reference, i.e. stretch² G₀ − G has no negative eigenvalue. Leading minors tell.
 */
export function lists({ bound }: ReflectionList, metric: Float64Array): boolean {
  const a = bound[0] - metric[0];
  const b = bound[4] - metric[4];
  const c = bound[8] - metric[8];
  const ab = bound[1] - metric[1];
  const ac = bound[2] - metric[2];
  const bc = bound[5] - metric[5];
  return (
    a > 0 &&
    a * b - ab * ab > 0 &&
    a * (b * c - bc * bc) - ab * (ab * c - bc * ac) + ac * (ab * bc - b * ac) > 0
  );
}
