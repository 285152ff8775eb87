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
  const order = Array.from(twoTheta.keys())
    .filter(row => Number.isFinite(twoTheta[row]) && Number.isFinite(table.intensity[row]))
    .sort((p, q) => twoTheta[p]! - twoTheta[q]!);
  const peaks: MergedPeak[] = [];
  for (let from = 0; from < order.length; ) {
    const start = twoTheta[order[from]!]!;
    let to = from + 1;
    while (to < order.length && twoTheta[order[to]!]! - start <= SAME_ANGLE) to++;
    const rows = order.slice(from, to);
    peaks.push(rows.length === 1 ? lonePeak(table, rows as [number]) : peakOf(table, rows, family));
    from = to;
  }
  return peaks;
}

/** A reflection alone at its angle, as nearly all are in a large cell without symmetry. */
function lonePeak({ hkl, twoTheta, intensity: intensities }: ReflectionTable, rows: [number]): MergedPeak {
  const [row] = rows;
  const [h, k, l] = [hkl[3 * row]!, hkl[3 * row + 1]!, hkl[3 * row + 2]!];
  // of it and its mate the one that `representative` takes
  const excess = Math.sign(h) + Math.sign(k) + Math.sign(l);
  const turned = excess < 0 || (excess === 0 && (h || k || l) < 0);
  const intensity = intensities[row]!;
  const form: ReflectionForm = {
    hkl: turned ? [0 - h, 0 - k, 0 - l] : [h, k, l],
    multiplicity: 2,
    intensity,
    rows,
  };
  return { twoTheta: twoTheta[row]!, intensity, forms: [form] };
}

function peakOf(table: ReflectionTable, rows: readonly number[], family: FamilyId): MergedPeak {
  const forms = formsOf(table, rows, family);
  let sum = 0;
  let moment = 0;
  for (const row of rows) {
    sum += table.intensity[row]!;
    moment += table.intensity[row]! * table.twoTheta[row]!;
  }
  return { twoTheta: sum > 0 ? moment / sum : table.twoTheta[rows[0]!]!, intensity: sum, forms };
}

/** Equivalent: the same indices up to the family's holohedry, and the same intensity (Laue classes below it). */
function formsOf(table: ReflectionTable, rows: readonly number[], family: FamilyId): ReflectionForm[] {
  const strongest = Math.max(...rows.map(row => table.intensity[row]!));
  const groups: { key: string; intensity: number; rows: number[] }[] = [];
  for (const row of rows) {
    const key = holohedralKey(hklOf(table, row), family);
    const intensity = table.intensity[row]!;
    const group = groups.find(
      other => other.key === key && Math.abs(other.intensity - intensity) <= SAME_INTENSITY * strongest,
    );
    if (group) group.rows.push(row);
    else groups.push({ key, intensity, rows: [row] });
  }
  return groups
    .map(group => ({
      hkl: representative(group.rows.map(row => hklOf(table, row))),
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
function holohedralKey([h, k, l]: Hkl, family: FamilyId): string {
  const [p, q, r] = [Math.abs(h), Math.abs(k), Math.abs(l)] as const;
  const sorted = (...values: readonly number[]): string => [...values].sort((x, y) => y - x).join(' ');
  if (family === 'cubic') return sorted(p, q, r);
  if (family === 'hexagonal') return `${sorted(p, q, Math.abs(h + k))} ${r}`;
  if (family === 'tetragonal') return `${sorted(p, q)} ${r}`;
  if (family === 'orthorhombic') return `${p} ${q} ${r}`;
  if (family === 'monoclinic') return `${p} ${q} ${r} ${Math.sign(h * l)}`;
  return representative([[h, k, l]]).join(' ');
}

/** The member, Friedel mates included, with the fewest negative indices, then the largest h, k, l in this order. */
function representative(members: readonly Hkl[]): Hkl {
  const negatives = ([h, k, l]: Hkl): number => +(h < 0) + +(k < 0) + +(l < 0);
  const candidates = members.flatMap(([h, k, l]): Hkl[] => [
    [h, k, l],
    [0 - h, 0 - k, 0 - l],
  ]);
  return candidates.reduce((best, hkl) => {
    const order =
      negatives(hkl) - negatives(best) || best[0] - hkl[0] || best[1] - hkl[1] || best[2] - hkl[2];
    return order < 0 ? hkl : best;
  });
}
