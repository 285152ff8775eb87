import { elementsOf, type Site } from '../crystal/structure.ts';

/**
 * The part of the structure factors that no change of the lattice touches: for every reflection and element
 * S_e(h) = Σ_j∈e occ_j exp(2πi h·x_j), so that F(h) = Σ_e f_e(s) S_e(h).
 */
export interface StructureFactorSums {
  /** [count * 3] */
  readonly hkl: Int32Array;
  readonly count: number;
  readonly elements: readonly string[];
  /** Real and imaginary part [k * elements + e]. */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function structureFactorSums(sites: readonly Site[], hkl: Int32Array): StructureFactorSums {
  const elements = elementsOf(sites);
  const species = sites.map(site => elements.indexOf(site.element));
  const count = hkl.length / 3;
  const re = new Float64Array(count * elements.length);
  const im = new Float64Array(count * elements.length);
  for (let k = 0; k < count; k++)
    sites.forEach(({ fract, occupancy }, j) => {
      const turns = hkl[3 * k]! * fract[0] + hkl[3 * k + 1]! * fract[1] + hkl[3 * k + 2]! * fract[2];
      // Whole turns are taken off first: cosine keeps its last digits for large indices.
      const phase = 2 * Math.PI * (turns - Math.round(turns));
      const at = k * elements.length + species[j]!;
      re[at]! += occupancy * Math.cos(phase);
      im[at]! += occupancy * Math.sin(phase);
    });
  return { hkl, count, elements, re, im };
}

/** The same in the order of h, then k, then l: sums over them do not depend on the cell they were drawn up at. */
export function sortByIndex(sums: StructureFactorSums): StructureFactorSums {
  const { hkl, count, elements } = sums;
  const e = elements.length;
  const order = Int32Array.from({ length: count }, (_, k) => k).sort(
    (p, q) =>
      hkl[3 * p]! - hkl[3 * q]! || hkl[3 * p + 1]! - hkl[3 * q + 1]! || hkl[3 * p + 2]! - hkl[3 * q + 2]!,
  );
  const sorted = new Int32Array(hkl.length);
  const re = new Float64Array(sums.re.length);
  const im = new Float64Array(sums.im.length);
  for (const [n, k] of order.entries()) {
    sorted.set(hkl.subarray(3 * k, 3 * k + 3), 3 * n);
    re.set(sums.re.subarray(k * e, (k + 1) * e), n * e);
    im.set(sums.im.subarray(k * e, (k + 1) * e), n * e);
  }
  return { hkl: sorted, count, elements, re, im };
}

/** Sums below this are extinct for every lattice: no element contributes. */
const EXTINCT = 1e-9;

/** The same without the reflections to which no element contributes, whatever the lattice. */
export function dropExtinct(sums: StructureFactorSums): StructureFactorSums {
  const e = sums.elements.length;
  const kept: number[] = [];
  for (let k = 0; k < sums.count; k++)
    for (let i = k * e; i < (k + 1) * e; i++)
      if (Math.abs(sums.re[i]!) > EXTINCT || Math.abs(sums.im[i]!) > EXTINCT) {
        kept.push(k);
        break;
      }
  const pick = (values: Float64Array): Float64Array =>
    Float64Array.from(kept.flatMap(k => Array.from(values.subarray(k * e, (k + 1) * e))));
  return {
    hkl: Int32Array.from(kept.flatMap(k => Array.from(sums.hkl.subarray(3 * k, 3 * k + 3)))),
    count: kept.length,
    elements: sums.elements,
    re: pick(sums.re),
    im: pick(sums.im),
  };
}
