import type { Cell } from '../crystal/cell.ts';
import { type FamilyId, familyOf, projectCell } from '../crystal/family.ts';
import type { Site } from '../crystal/structure.ts';
import { solveSymmetric } from '../num/solveSymmetric.ts';
import { type LeastSquares, type MarquardtReason, marquardtSteps } from '../optimise/levenbergMarquardt.ts';
import { cellParameters } from '../optimise/parameters.ts';
import {
  PROFILE_KEYS,
  type ProfileKey,
  ROW_LENGTH,
  rowIndex,
  type ScanModel,
  type ScanSetting,
  scanModel,
} from './scanModel.ts';

/** A scan with what explains it. */
export interface RefinementInput {
  readonly setting: ScanSetting;
  /** Counts, background and all [n]. */
  readonly observed: Float64Array;
  /** Standard uncertainties [n]; a point of 0 or less does not count. */
  readonly sigma: Float64Array;
  readonly family: FamilyId;
  /** Null: intensities are free (Le Bail). */
  readonly sites: readonly Site[] | null;
  /** Reflections that the space group has; all where left out. */
  readonly allowed?: (h: number, k: number, l: number) => boolean;
  /** Terms of the background: Chebyshev polynomials over the scan. */
  readonly background: number;
}

/** Where a refinement begins, and which of its numbers move. */
export interface RefinementStart {
  readonly cell: Cell;
  readonly profile: Readonly<Record<ProfileKey, number>>;
}

/** Numbers that are worked on: those of the cell by the family, and of the profile. */
export type Freed = readonly ('cell' | ProfileKey)[];

/** A refined number. */
export interface Refined {
  readonly name: string;
  readonly value: number;
  /** Standard uncertainty, scaled by √χ² as is the custom; NaN where a limit holds it. */
  readonly esd: number;
  readonly atBound: boolean;
}

export interface Refinement {
  readonly cell: Cell;
  readonly cellEsd: Cell;
  readonly profile: Readonly<Record<ProfileKey, number>>;
  /** Nonlinear ones, then the scale and the background. */
  readonly parameters: readonly Refined[];
  /** Pairs whose correlation is beyond ±0.9, strongest first. */
  readonly correlated: readonly { readonly of: string; readonly with: string; readonly by: number }[];
  /** Percent. */
  readonly rp: number;
  readonly rwp: number;
  readonly rexp: number;
  readonly chi2: number;
  /** Durbin–Watson of the weighted residuals: 2 where nothing is left in them. */
  readonly durbinWatson: number;
  readonly calculated: Float64Array;
  readonly background: Float64Array;
  readonly scale: number;
  readonly reason: MarquardtReason;
  readonly evaluations: number;
  /** Integrated intensities of the groups [groups], of a Le Bail fit. */
  readonly intensities: Float64Array | null;
  readonly model: ScanModel;
}

/** What counts as one step of a number, and between what it may lie. */
const RANGE: Readonly<
  Record<ProfileKey, { readonly unit: number; readonly low: number; readonly high: number }>
> = {
  zero: { unit: 0.02, low: -1, high: 1 },
  displacement: { unit: 0.02, low: -1, high: 1 },
  u: { unit: 0.01, low: -2, high: 4 },
  v: { unit: 0.01, low: -3, high: 3 },
  w: { unit: 0.003, low: 1e-5, high: 4 },
  mixing: { unit: 0.1, low: 0, high: 1 },
  mixingSlope: { unit: 0.1, low: -1, high: 1 },
  // the pattern changes with its square: at 0 no step would lead away
  asymmetry: { unit: 0.005, low: 0.004, high: 0.15 },
  b: { unit: 0.3, low: -3, high: 15 },
  march: { unit: 0.1, low: 0.2, high: 5 },
};
/** Of a length as a share, and of an angle in degrees; and how far they may go. */
const CELL_UNIT = { length: 5e-4, angle: 0.03, reach: 60 };

/** Weighted least squares of a scan over the freed numbers, scale and background eliminated. Yields what it accepts. */
export function* refineSteps(
  input: RefinementInput,
  start: RefinementStart,
  freed: Freed,
  intensities: Float64Array | null = null,
  model: ScanModel = scanModel(input.sites, input.family, input.setting, input.allowed),
): Generator<{ readonly chi2: number; readonly evaluations: number }, Refinement> {
  const { observed, sigma, setting, family } = input;
  const { twoTheta } = setting;
  const n = twoTheta.length;
  const weight = Float64Array.from(sigma, s => (s > 0 ? 1 / (s * s) : 0));
  const counted = weight.reduce((sum, w) => sum + Number(w > 0), 0);
  const { groups } = cellParameters(family);
  const held = projectCell(familyOf(family), start.cell);
  const base = rowOf(held, start.profile);
  // variables: x = (value − start) / unit
  const variables = [
    ...(freed.includes('cell')
      ? groups.map(group => {
          const i = group[0]!;
          const unit = i < 3 ? CELL_UNIT.length * held[i]! : CELL_UNIT.angle;
          return { name: 'abcαβγ'[i]!, slots: group, unit, low: -CELL_UNIT.reach, high: CELL_UNIT.reach };
        })
      : []),
    ...PROFILE_KEYS.filter(key => freed.includes(key)).map(key => {
      const { unit, low, high } = RANGE[key];
      const at = start.profile[key];
      return {
        name: key === 'b' ? 'B' : key,
        slots: [rowIndex(key)],
        unit,
        low: (low - at) / unit,
        high: (high - at) / unit,
      };
    }),
  ];
  const size = variables.length;
  const row = base.slice();
  const place = (x: ArrayLike<number>): Float64Array => {
    row.set(base);
    for (const [j, { slots, unit }] of variables.entries()) for (const i of slots) row[i]! += x[j]! * unit;
    return row;
  };
  const basis = chebyshev(twoTheta, input.background);
  const linear = 1 + basis.length;
  const pattern = new Float64Array(n);
  const columns = Array.from({ length: ROW_LENGTH }, (_, i) =>
    variables.some(({ slots }) => slots.includes(i)) ? new Float64Array(n) : null,
  );
  const jacobian = variables.map(() => new Float64Array(n));
  const residual = new Float64Array(n);
  let coefficients: Float64Array = new Float64Array(linear);
  const linearAt = (k: number): Float64Array => (k === 0 ? pattern : basis[k - 1]!);
  const settle = (): number => {
    const normal = new Float64Array(linear * linear);
    const right = new Float64Array(linear);
    for (let p = 0; p < linear; p++) {
      right[p] = dot(linearAt(p), observed, weight);
      for (let q = 0; q <= p; q++)
        normal[p * linear + q] = normal[q * linear + p] = dot(linearAt(p), linearAt(q), weight);
    }
    coefficients = solveScaled(normal, right, linear);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      let model = 0;
      for (let k = 0; k < linear; k++) model += coefficients[k]! * linearAt(k)[i]!;
      residual[i] = observed[i]! - model;
      sum += weight[i]! * residual[i]! ** 2;
    }
    return sum / 2;
  };
  const columnsAt = (): void => {
    model.pattern(row, pattern, columns, intensities);
    for (const [j, { slots, unit }] of variables.entries()) {
      const out = jacobian[j]!.fill(0);
      for (const i of slots) {
        const column = columns[i]!;
        for (let k = 0; k < n; k++) out[k]! += column[k]!;
      }
      const factor = unit * coefficients[0]!;
      for (let k = 0; k < n; k++) out[k]! *= factor;
    }
  };
  const problem: LeastSquares = {
    size,
    value(x) {
      if (!model.pattern(place(x), pattern, null, intensities)) return Number.NaN;
      return settle();
    },
    equations(normal, gradient) {
      columnsAt();
      // the linear ones are at their best: their share is projected out (Kaufman, BIT 15, 49, 1975)
      const among = new Float64Array(linear * linear);
      for (let p = 0; p < linear; p++)
        for (let q = 0; q <= p; q++)
          among[p * linear + q] = among[q * linear + p] = dot(linearAt(p), linearAt(q), weight);
      const across = jacobian.map(column =>
        Float64Array.from({ length: linear }, (_, k) => dot(column, linearAt(k), weight)),
      );
      const solved = across.map(right => solveScaled(among, right, linear));
      for (let i = 0; i < size; i++) {
        gradient[i] = -dot(jacobian[i]!, residual, weight);
        for (let j = 0; j <= i; j++) {
          let value = dot(jacobian[i]!, jacobian[j]!, weight);
          for (let k = 0; k < linear; k++) value -= across[i]![k]! * solved[j]![k]!;
          normal[i * size + j] = normal[j * size + i] = value;
        }
      }
    },
  };
  const steps = marquardtSteps(problem, {
    start: new Float64Array(size),
    box: {
      low: Float64Array.from(variables, ({ low }) => low),
      high: Float64Array.from(variables, ({ high }) => high),
    },
    maxStep: 8,
    gain: 1e-7 * Math.max(1, counted),
    maxSteps: 60,
  });
  let next = steps.next();
  while (!next.done) {
    yield {
      chi2: (2 * next.value.value) / Math.max(1, counted - size - linear),
      evaluations: next.value.evaluations,
    };
    next = steps.next();
  }
  const { reason, evaluations } = next.value;
  const x = polished(problem, next.value.x, variables);
  columnsAt();
  const all = [...jacobian, ...Array.from({ length: linear }, (_, k) => linearAt(k))];
  const bound = variables.map(({ low, high }, j) => x[j]! <= low || x[j]! >= high);
  const live = all.map((_, j) => !bound[j]);
  const covariance = inverseOf(all, weight, live);
  const freedom = Math.max(1, counted - live.filter(Boolean).length);
  let [sum, absolute, total, weighted, turns] = [0, 0, 0, 0, 0];
  let before = Number.NaN;
  for (let i = 0; i < n; i++) {
    if (weight[i] === 0) continue;
    const r = residual[i]! * Math.sqrt(weight[i]!);
    sum += r * r;
    absolute += Math.abs(residual[i]!);
    total += Math.abs(observed[i]!);
    weighted += weight[i]! * observed[i]! ** 2;
    if (Number.isFinite(before)) turns += (r - before) ** 2;
    before = r;
  }
  const chi2 = sum / freedom;
  const m = all.length;
  const esdOf = (j: number): number =>
    live[j] ? Math.sqrt(Math.max(0, covariance[j * m + j]!) * chi2) : Number.NaN;
  const names = [...variables.map(({ name }) => name), 'scale', ...basis.map((_, k) => `background ${k}`)];
  const units = [...variables.map(({ unit }) => unit), ...Array.from({ length: linear }, () => 1)];
  const values = [...variables.map(({ slots }) => row[slots[0]!]!), ...coefficients];
  const cellEsd = new Float64Array(6);
  for (const [j, { slots, unit }] of variables.entries())
    for (const i of slots) if (i < 6) cellEsd[i] = unit * esdOf(j);
  const correlated = [];
  for (let i = 0; i < size + 1; i++)
    for (let j = 0; j < i; j++) {
      const by = covariance[i * m + j]! / Math.sqrt(covariance[i * m + i]! * covariance[j * m + j]!);
      if (live[i] && live[j] && Math.abs(by) > 0.9) correlated.push({ of: names[j]!, with: names[i]!, by });
    }
  const background = new Float64Array(n);
  for (const [k, column] of basis.entries())
    for (let i = 0; i < n; i++) background[i]! += coefficients[k + 1]! * column[i]!;
  return {
    cell: Array.from(row.subarray(0, 6)) as unknown as Cell,
    cellEsd: Array.from(cellEsd) as unknown as Cell,
    profile: Object.fromEntries(PROFILE_KEYS.map(key => [key, row[rowIndex(key)]!])) as Refinement['profile'],
    parameters: names.map((name, j) => ({
      name,
      value: values[j]!,
      esd: units[j]! * esdOf(j),
      atBound: bound[j] ?? false,
    })),
    correlated: correlated.sort((p, q) => Math.abs(q.by) - Math.abs(p.by)),
    rp: (100 * absolute) / total,
    rwp: 100 * Math.sqrt(sum / weighted),
    rexp: 100 * Math.sqrt(freedom / weighted),
    chi2,
    durbinWatson: turns / sum,
    calculated: Float64Array.from(observed, (value, i) => value - residual[i]!),
    background,
    scale: coefficients[0]!,
    reason,
    evaluations,
    intensities: intensities?.slice() ?? null,
    model,
  };
}

/** Gauss–Newton steps without damping that an end is brought to rest by. */
const LAST_STEPS = 4;

/** The end of a search to the last digits; the problem is left at it. */
function polished(
  problem: LeastSquares,
  found: Float64Array,
  limits: readonly { readonly low: number; readonly high: number }[],
): Float64Array {
  const { size } = problem;
  const normal = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  let x = found;
  let value = problem.value(x);
  for (let step = 0; step < LAST_STEPS && size > 0; step++) {
    problem.equations(normal, gradient);
    const move = solveScaled(normal, gradient, size);
    const next = x.map((at, j) => at - move[j]!);
    const inside = limits.every(({ low, high }, j) => next[j]! > low && next[j]! < high);
    const trial = inside ? problem.value(next) : Number.NaN;
    // at rest two values differ by rounding
    if (!(trial <= value * (1 + 1e-12))) break;
    [x, value] = [next, trial];
  }
  problem.value(x);
  return x;
}

function rowOf(cell: Cell, profile: RefinementStart['profile']): Float64Array {
  const row = new Float64Array(ROW_LENGTH);
  row.set(cell);
  for (const key of PROFILE_KEYS) row[rowIndex(key)] = profile[key];
  return row;
}

/** Chebyshev polynomials of the first kind over the scan [count][n]. */
function chebyshev(twoTheta: Float64Array, count: number): Float64Array[] {
  const [first, last] = [twoTheta[0]!, twoTheta.at(-1)!];
  const scaled = twoTheta.map(x => (2 * x - first - last) / (last - first));
  const out: Float64Array[] = [];
  for (let k = 0; k < count; k++)
    out.push(
      k === 0
        ? scaled.map(() => 1)
        : k === 1
          ? scaled
          : scaled.map((t, i) => 2 * t * out[k - 1]![i]! - out[k - 2]![i]!),
    );
  return out;
}

function dot(p: Float64Array, q: Float64Array, weight: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += p[i]! * q[i]! * weight[i]!;
  return sum;
}

/** A x = b with A brought to a diagonal of 1, so that numbers of any unit stand beside one another. */
function solveScaled(normal: Float64Array, right: Float64Array, m: number): Float64Array {
  const scale = Float64Array.from({ length: m }, (_, i) => 1 / Math.sqrt(normal[i * m + i]! || 1));
  const a = normal.map((value, at) => value * scale[Math.floor(at / m)]! * scale[at % m]!);
  return solveSymmetric(
    a,
    right.map((value, i) => value * scale[i]!),
    m,
  ).map((value, i) => value * scale[i]!);
}

/** (JᵀWJ)⁻¹ over the columns that count, 0 elsewhere [m * m]. */
function inverseOf(
  columns: readonly Float64Array[],
  weight: Float64Array,
  live: readonly boolean[],
): Float64Array {
  const m = columns.length;
  const kept = [...columns.keys()].filter(j => live[j]);
  const k = kept.length;
  const normal = new Float64Array(k * k);
  for (const [a, i] of kept.entries())
    for (const [b, j] of kept.entries())
      if (b <= a) normal[a * k + b] = normal[b * k + a] = dot(columns[i]!, columns[j]!, weight);
  const out = new Float64Array(m * m);
  for (const [b, j] of kept.entries()) {
    const unit = new Float64Array(k);
    unit[b] = 1;
    const column = solveScaled(normal, unit, k);
    for (const [a, i] of kept.entries()) out[i * m + j] = column[a]!;
  }
  return out;
}
