import type { FamilyId } from '../crystal/family.ts';
import type { StructureFactorSums } from './structureFactor.ts';

/**
 * Reflections with |F|² as a sum of squares: |F|² = Σ_r (Σ_e f_e A_re)², the rows r being real and imaginary part of
 * one reflection, or as many as needed of several that always coincide.
 */
export interface ReflectionRows {
  readonly count: number;
  /** [count * 3] */
  readonly hkl: Int32Array;
  readonly ranks: number;
  readonly elements: number;
  /** A, [count * ranks * elements]. */
  readonly amplitudes: Float64Array;
}

/** Every reflection for itself. */
export function singleReflections({ hkl, count, elements, re, im }: StructureFactorSums): ReflectionRows {
  const e = elements.length;
  const amplitudes = new Float64Array(count * 2 * e);
  for (let k = 0; k < count; k++) {
    amplitudes.set(re.subarray(k * e, (k + 1) * e), 2 * k * e);
    amplitudes.set(im.subarray(k * e, (k + 1) * e), (2 * k + 1) * e);
  }
  return { count, hkl, ranks: 2, elements: e, amplitudes };
}

/** Those of hk, hl, kl that matter: those whose component of the reciprocal metric is not zero. */
export type Oblique = readonly [hk: boolean, hl: boolean, kl: boolean];

/** Below this share of the diagonal, a component of the reciprocal metric is an angle of 90° and rounding. */
const RIGHT = 1e-13;

/** Planes that stand oblique in any of some cells, given by their reciprocal metrics [9]. */
export function obliqueIn(metrics: Iterable<ArrayLike<number>>): Oblique {
  const out: [boolean, boolean, boolean] = [false, false, false];
  for (const g of metrics) {
    out[0] ||= Math.abs(g[1]!) > RIGHT * Math.sqrt(g[0]! * g[4]!);
    out[1] ||= Math.abs(g[2]!) > RIGHT * Math.sqrt(g[0]! * g[8]!);
    out[2] ||= Math.abs(g[5]!) > RIGHT * Math.sqrt(g[4]! * g[8]!);
  }
  return out;
}

export interface MergedReflections {
  readonly rows: ReflectionRows;
  /** Row of each reflection. */
  readonly groupOf: Int32Array;
}

/** Numbers that are equal for two reflections exactly when these coincide in every cell that is meant. */
export type Invariants = (h: number, k: number, l: number) => readonly number[];

/** In cells with right angles but where `oblique` says otherwise: h k l and h −k l, say. */
export const obliqueInvariants =
  (oblique: Oblique): Invariants =>
  (h, k, l) => [
    h * h,
    k * k,
    l * l,
    ...[h * k, h * l, k * l].map((product, n) => (oblique[n] ? product : 0)),
  ];

/** In all cells of a family: the sums of index products that stand beside one free number of the reciprocal metric. */
export const FAMILY_INVARIANTS: Readonly<Record<FamilyId, Invariants>> = {
  cubic: (h, k, l) => [h * h + k * k + l * l],
  hexagonal: (h, k, l) => [h * h + h * k + k * k, l * l],
  tetragonal: (h, k, l) => [h * h + k * k, l * l],
  orthorhombic: (h, k, l) => [h * h, k * k, l * l],
  monoclinic: (h, k, l) => [h * h, k * k, l * l, h * l],
  triclinic: obliqueInvariants([true, true, true]),
};

/**
 * Merges the reflections that coincide. A group's Σ |F|² is the quadratic form Σ_ee' M_ee' f_e f_e' with M = Σ (re reᵀ + im imᵀ), whose Cholesky factor
 * gives its rows: as a sum of squares it loses no digits.
 */
export function mergeReflections(sums: StructureFactorSums, invariants: Invariants): MergedReflections {
  const { hkl, count, re, im } = sums;
  const e = sums.elements.length;
  const groups = new Map<string, number>();
  const groupOf = new Int32Array(count);
  const first: number[] = [];
  for (let k = 0; k < count; k++) {
    const key = invariants(hkl[3 * k]!, hkl[3 * k + 1]!, hkl[3 * k + 2]!).join(' ');
    const known = groups.get(key);
    groupOf[k] = known ?? first.length;
    if (known !== undefined) continue;
    groups.set(key, first.length);
    first.push(k);
  }
  const forms = new Float64Array(first.length * e * e);
  for (let k = 0; k < count; k++)
    for (let p = 0; p < e; p++)
      for (let q = 0; q < e; q++)
        forms[(groupOf[k]! * e + p) * e + q]! +=
          re[k * e + p]! * re[k * e + q]! + im[k * e + p]! * im[k * e + q]!;
  const amplitudes = new Float64Array(first.length * e * e);
  for (let group = 0; group < first.length; group++)
    factorise(forms.subarray(group * e * e, (group + 1) * e * e), e, amplitudes, group * e * e);
  const representatives = first.flatMap(k => Array.from(hkl.subarray(3 * k, 3 * k + 3)));
  return {
    rows: { count: first.length, hkl: Int32Array.from(representatives), ranks: e, elements: e, amplitudes },
    groupOf,
  };
}

/** Pivots below this share of their diagonal are rounding. */
const NO_PIVOT = 1e-13;

/** Rows A_r of a semidefinite form M = Σ_r A_r A_rᵀ, by Cholesky. */
function factorise(form: Float64Array, n: number, out: Float64Array, at: number): void {
  for (let r = 0; r < n; r++) {
    const left = (i: number): number => {
      let sum = form[r * n + i]!;
      for (let s = 0; s < r; s++) sum -= out[at + s * n + r]! * out[at + s * n + i]!;
      return sum;
    };
    const pivot = left(r);
    if (!(pivot > NO_PIVOT * form[r * n + r]!)) continue;
    for (let i = r; i < n; i++) out[at + r * n + i] = left(i) / Math.sqrt(pivot);
  }
}
