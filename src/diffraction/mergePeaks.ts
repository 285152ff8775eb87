import type { FamilyId } from '../crystal/family.ts';

export type Hkl = readonly [number, number, number];

/** Reflections as flat rows, one of each Friedel pair: indices [n * 3], 2θ in degrees [n], intensity of the pair [n]. */
export interface ReflectionTable {
  readonly hkl: Int32Array;
  readonly twoTheta: Float64Array;
  readonly intensity: Float64Array;
}

/** Symmetry-equivalent reflections at one 2θ, under the name of one of them. */
export interface ReflectionForm {
  readonly hkl: Hkl;
  /** Reflections in it, Friedel mates counted. */
  readonly multiplicity: number;
  readonly intensity: number;
  /** Rows of the table. */
  readonly rows: readonly number[];
}

/** All reflections at one 2θ: what a powder pattern shows as one peak. */
export interface MergedPeak {
  /** Degrees, mean of the rows weighted by intensity. */
  readonly twoTheta: number;
  readonly intensity: number;
  /** Rows of the table, those of the strongest form first. */
  readonly rows: readonly number[];
  /** Strongest first; more than one where unrelated reflections coincide, such as 333 and 511 of a cubic crystal. */
  readonly forms: readonly ReflectionForm[];
}

/** Degrees. Far below a bin (0.01°), far above the rounding of symmetric cells. */
const SAME_ANGLE = 1e-4;
/** Of the strongest in a peak: coordinates printed as 0.3333 part equivalent intensities by less. */
const SAME_INTENSITY = 5e-3;

/** The peaks of a table under the family that last asked: target and current pattern are often one. */
const known = new WeakMap<ReflectionTable, { readonly family: FamilyId; readonly peaks: MergedPeak[] }>();

/** Peaks in the order of 2θ. `family` says which indices can be equivalent at all. */
export function mergePeaks(table: ReflectionTable, family: FamilyId): MergedPeak[] {
  const last = known.get(table);
  if (last?.family === family) return last.peaks;
  const peaks = merged(table, family);
  known.set(table, { family, peaks });
  return peaks;
}

function merged(table: ReflectionTable, family: FamilyId): MergedPeak[] {
  const { twoTheta } = table;
  const order: number[] = [];
  let inOrder = true;
  for (let row = 0; row < twoTheta.length; row++) {
    if (!Number.isFinite(twoTheta[row]) || !Number.isFinite(table.intensity[row])) continue;
    inOrder &&= order.length === 0 || twoTheta[order[order.length - 1]!]! <= twoTheta[row]!;
    order.push(row);
  }
  if (!inOrder) order.sort((p, q) => twoTheta[p]! - twoTheta[q]!);
  const peaks: MergedPeak[] = [];
  for (let from = 0; from < order.length; ) {
    const start = twoTheta[order[from]!]!;
    let to = from + 1;
    while (to < order.length && twoTheta[order[to]!]! - start <= SAME_ANGLE) to++;
    peaks.push(
      to === from + 1 ? new LonePeak(table, order[from]!) : peakOf(table, order.slice(from, to), family),
    );
    from = to;
  }
  return peaks;
}

/**
 * A reflection alone at its angle, as nearly all are in a large cell without symmetry: tens of thousands of them are held,
 * and the few that are looked at are named then.
 */
class LonePeak implements MergedPeak {
  readonly twoTheta: number;
  readonly intensity: number;
  private readonly table: ReflectionTable;
  private readonly row: number;

  constructor(table: ReflectionTable, row: number) {
    this.twoTheta = table.twoTheta[row]!;
    this.intensity = table.intensity[row]!;
    this.table = table;
    this.row = row;
  }

  get rows(): [number] {
    return [this.row];
  }

  get forms(): [ReflectionForm] {
    const { intensity, rows } = this;
    return [{ hkl: representative(this.table, rows), multiplicity: 2, intensity, rows }];
  }
}

function peakOf(table: ReflectionTable, rows: readonly number[], family: FamilyId): MergedPeak {
  const forms = formsOf(table, rows, family);
  let sum = 0;
  let moment = 0;
  for (const row of rows) {
    sum += table.intensity[row]!;
    moment += table.intensity[row]! * table.twoTheta[row]!;
  }
  return {
    twoTheta: sum > 0 ? moment / sum : table.twoTheta[rows[0]!]!,
    intensity: sum,
    rows: forms.flatMap(form => form.rows),
    forms,
  };
}

/** Equivalent: the same indices up to the family's holohedry, and the same intensity (Laue classes below it). */
function formsOf(table: ReflectionTable, rows: readonly number[], family: FamilyId): ReflectionForm[] {
  const strongest = Math.max(...rows.map(row => table.intensity[row]!));
  const groups: { key: number; intensity: number; rows: number[] }[] = [];
  for (const row of rows) {
    const key = holohedralKey(table, row, family);
    const intensity = table.intensity[row]!;
    const group = groups.find(
      other => other.key === key && Math.abs(other.intensity - intensity) <= SAME_INTENSITY * strongest,
    );
    if (group) group.rows.push(row);
    else groups.push({ key, intensity, rows: [row] });
  }
  return groups
    .map(group => ({
      hkl: representative(table, group.rows),
      multiplicity: 2 * group.rows.length,
      intensity: group.rows.reduce((sum, row) => sum + table.intensity[row]!, 0),
      rows: group.rows,
    }))
    .sort((p, q) => q.intensity - p.intensity);
}

export const hklOf = (table: ReflectionTable, row: number): Hkl => [
  table.hkl[3 * row]!,
  table.hkl[3 * row + 1]!,
  table.hkl[3 * row + 2]!,
];

/** Equal for two reflections exactly when the holohedry of the family maps one to the other. */
function holohedralKey({ hkl }: ReflectionTable, row: number, family: FamilyId): number {
  const [h, k, l] = [hkl[3 * row]!, hkl[3 * row + 1]!, hkl[3 * row + 2]!];
  const [p, q, r] = [Math.abs(h), Math.abs(k), Math.abs(l)];
  const [least, most] = [Math.min(p, q), Math.max(p, q)];
  if (family === 'cubic')
    return keyOf(Math.max(most, r), Math.max(least, Math.min(most, r)), Math.min(least, r));
  if (family === 'hexagonal') {
    // Of h, k and −h − k the largest is the sum of the others.
    const largest = Math.max(most, Math.abs(h + k));
    return keyOf(largest, Math.max(least, Math.min(most, Math.abs(h + k))), r);
  }
  if (family === 'tetragonal') return keyOf(most, least, r);
  if (family === 'orthorhombic') return keyOf(p, q, r);
  if (family === 'monoclinic') return keyOf(p, q, r, 1 + Math.sign(h * l));
  const sign = Math.sign(h || k || l);
  return keyOf(p, q, r, (sign * h < 0 ? 4 : 0) + (sign * k < 0 ? 2 : 0) + (sign * l < 0 ? 1 : 0));
}

/** One number for three that are not negative, below 4096, and one below 8. */
const keyOf = (p: number, q: number, r: number, s = 0): number => ((p * 4096 + q) * 4096 + r) * 8 + s;

/** The member, Friedel mates included, with the fewest negative indices, then the largest h, k, l in this order. */
function representative({ hkl }: ReflectionTable, rows: readonly number[]): Hkl {
  let [h, k, l, negatives] = [0, 0, 0, 4];
  for (const row of rows)
    for (const sign of [1, -1]) {
      const [p, q, r] = [sign * hkl[3 * row]!, sign * hkl[3 * row + 1]!, sign * hkl[3 * row + 2]!];
      const count = +(p < 0) + +(q < 0) + +(r < 0);
      if ((count - negatives || h - p || k - q || l - r) < 0) [h, k, l, negatives] = [p, q, r, count];
    }
  // No index is −0.
  return [h + 0, k + 0, l + 0];
}
