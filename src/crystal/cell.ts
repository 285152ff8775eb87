/**
 * The unit cell: six parameters, lattice matrix, metric tensors and their derivatives.
 * Lengths in angstrom, angles in degrees; the reciprocal metric carries no 2 pi (International Tables B, 1.1).
 */

/** (a, b, c, alpha, beta, gamma): angstrom and degrees. */
export type Cell = readonly [number, number, number, number, number, number];

export const CELL_KEYS = ['a', 'b', 'c', 'alpha', 'beta', 'gamma'] as const;
export type CellKey = (typeof CELL_KEYS)[number];

/** Position of a parameter in `Cell`. */
export const cellIndex = (key: CellKey): number => CELL_KEYS.indexOf(key);
export const isLength = (key: CellKey): boolean => cellIndex(key) < 3;

const RAD = Math.PI / 180;

/** Equality of all six parameters to the last bit. */
export const sameCell = (p: Cell, q: Cell): boolean => p.every((value, i) => value === q[i]);

/** Cosine of an angle in degrees, exact at the right angle so that cubic metrics stay diagonal. */
const cosDegrees = (angle: number): number => (angle === 90 ? 0 : Math.cos(angle * RAD));

/**
 * The square of the volume of the cell with unit edges, 1 + 2 cosα cosβ cosγ − cos²α − cos²β − cos²γ.
 * The three angles close into a cell exactly when it is positive.
 */
export function angularDeterminant(alpha: number, beta: number, gamma: number): number {
  const ca = cosDegrees(alpha);
  const cb = cosDegrees(beta);
  const cg = cosDegrees(gamma);
  return 1 + 2 * ca * cb * cg - ca * ca - cb * cb - cg * cg;
}

/** Why the six numbers are not a cell, naming value and unit; null when they are one. */
export function cellProblem(cell: ArrayLike<number>): string | null {
  for (let i = 0; i < 6; i++) {
    const value = cell[i] ?? Number.NaN;
    const key = CELL_KEYS[i];
    if (i < 3 && !(value > 0 && value < 1e4)) return `${key} = ${short(value)} Å is not a cell length`;
    if (i >= 3 && !(value > 0 && value < 180)) return `${key} = ${short(value)}° is not a cell angle`;
  }
  const [, , , alpha = 0, beta = 0, gamma = 0] = Array.from(cell);
  // Below 1e-6 the cell is flat to 0.1 % of its unit-edge volume: reciprocal lengths lose all meaning.
  if (!(angularDeterminant(alpha, beta, gamma) > 1e-6))
    return `angles ${[alpha, beta, gamma].map(angle => `${short(angle)}°`).join(', ')} do not close into a cell`;
  return null;
}

/** Five digits: a pointer gives fifteen. */
const short = (value: number): string => String(Number(value.toPrecision(5)));

/** True where `cellProblem` has nothing to say, without its message: for inner loops. */
export function cellExists(cell: ArrayLike<number>): boolean {
  for (let i = 0; i < 6; i++) if (!(cell[i]! > 0 && cell[i]! < (i < 3 ? 1e4 : 180))) return false;
  return angularDeterminant(cell[3]!, cell[4]!, cell[5]!) > 1e-6;
}

/** Volume in cubic angstrom; 0 where the angles do not close. */
export function cellVolume(cell: ArrayLike<number>): number {
  const w = angularDeterminant(cell[3]!, cell[4]!, cell[5]!);
  return w > 0 ? cell[0]! * cell[1]! * cell[2]! * Math.sqrt(w) : 0;
}

/** Lattice vectors as columns of a 3 x 3 row-major matrix: a along x, b in the xy plane. Angstrom. */
export function latticeMatrix(cell: ArrayLike<number>): Float64Array {
  const [a, b, c] = [cell[0]!, cell[1]!, cell[2]!];
  const ca = cosDegrees(cell[3]!);
  const cb = cosDegrees(cell[4]!);
  const cg = cosDegrees(cell[5]!);
  const sg = Math.sqrt(1 - cg * cg);
  const w = Math.sqrt(Math.max(0, angularDeterminant(cell[3]!, cell[4]!, cell[5]!)));
  return new Float64Array([a, b * cg, c * cb, 0, b * sg, (c * (ca - cb * cg)) / sg, 0, 0, (c * w) / sg]);
}

/** Cell parameters of a lattice matrix (vectors as columns, row-major, any orientation). */
export function cellFromMatrix(lattice: ArrayLike<number>): Cell {
  const dot = (i: number, j: number): number =>
    lattice[i]! * lattice[j]! + lattice[3 + i]! * lattice[3 + j]! + lattice[6 + i]! * lattice[6 + j]!;
  const [a, b, c] = [Math.sqrt(dot(0, 0)), Math.sqrt(dot(1, 1)), Math.sqrt(dot(2, 2))];
  const angle = (cosine: number): number => Math.acos(Math.min(1, Math.max(-1, cosine))) / RAD;
  return [a, b, c, angle(dot(1, 2) / (b * c)), angle(dot(0, 2) / (a * c)), angle(dot(0, 1) / (a * b))];
}

/** Direct metric tensor G, 3 x 3 row-major, square angstrom. */
export function metricTensor(cell: ArrayLike<number>, out = new Float64Array(9)): Float64Array {
  const [a, b, c] = [cell[0]!, cell[1]!, cell[2]!];
  const bc = b * c * cosDegrees(cell[3]!);
  const ac = a * c * cosDegrees(cell[4]!);
  const ab = a * b * cosDegrees(cell[5]!);
  out[0] = a * a;
  out[4] = b * b;
  out[8] = c * c;
  out[1] = out[3] = ab;
  out[2] = out[6] = ac;
  out[5] = out[7] = bc;
  return out;
}

/** Reciprocal metric tensor G* = G⁻¹, 3 x 3 row-major, inverse square angstrom: 1/d² = hᵀ G* h. */
export function reciprocalMetric(cell: ArrayLike<number>, out = new Float64Array(9)): Float64Array {
  const [a, b, c] = [cell[0]!, cell[1]!, cell[2]!];
  const ca = cosDegrees(cell[3]!);
  const cb = cosDegrees(cell[4]!);
  const cg = cosDegrees(cell[5]!);
  const w = 1 + 2 * ca * cb * cg - ca * ca - cb * cb - cg * cg;
  out[0] = (1 - ca * ca) / (w * a * a);
  out[4] = (1 - cb * cb) / (w * b * b);
  out[8] = (1 - cg * cg) / (w * c * c);
  out[1] = out[3] = (ca * cb - cg) / (w * a * b);
  out[2] = out[6] = (ca * cg - cb) / (w * a * c);
  out[5] = out[7] = (cb * cg - ca) / (w * b * c);
  return out;
}

/** 1/d² of a reflection, inverse square angstrom. */
export const inverseSquareSpacing = (recip: ArrayLike<number>, h: number, k: number, l: number): number =>
  h * h * recip[0]! +
  k * k * recip[4]! +
  l * l * recip[8]! +
  2 * (h * k * recip[1]! + h * l * recip[2]! + k * l * recip[5]!);

/**
 * Chain rule from the reciprocal metric to the six parameters.
 * With Γ = Σ_k (∂L/∂(1/d²)_k) h_k h_kᵀ and dG* = −G* dG G*: dL/dp = −tr(G* Γ G* · dG/dp).
 * @param gamma symmetric 3 x 3 row-major Γ
 * @param out six derivatives, per angstrom and per degree
 */
export function cellGradient(
  cell: ArrayLike<number>,
  recip: ArrayLike<number>,
  gamma: ArrayLike<number>,
  out: Float64Array,
): Float64Array {
  const n = new Float64Array(9);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      let sum = 0;
      for (let p = 0; p < 3; p++)
        for (let q = 0; q < 3; q++) sum += recip[3 * i + p]! * gamma[3 * p + q]! * recip[3 * q + j]!;
      n[3 * i + j] = sum;
    }
  const [a, b, c] = [cell[0]!, cell[1]!, cell[2]!];
  const cos = [cosDegrees(cell[3]!), cosDegrees(cell[4]!), cosDegrees(cell[5]!)] as const;
  out[0] = -2 * (n[0]! * a + n[1]! * b * cos[2] + n[2]! * c * cos[1]);
  out[1] = -2 * (n[4]! * b + n[1]! * a * cos[2] + n[5]! * c * cos[0]);
  out[2] = -2 * (n[8]! * c + n[2]! * a * cos[1] + n[5]! * b * cos[0]);
  out[3] = 2 * n[5]! * b * c * Math.sin(cell[3]! * RAD) * RAD;
  out[4] = 2 * n[2]! * a * c * Math.sin(cell[4]! * RAD) * RAD;
  out[5] = 2 * n[1]! * a * b * Math.sin(cell[5]! * RAD) * RAD;
  return out;
}

/**
 * Derivatives of the reciprocal metric by the six parameters, dG* = −G* dG G*: six matrices of 9, per angstrom and per
 * degree.
 */
export function reciprocalSlopes(cell: ArrayLike<number>): Float64Array[] {
  const recip = reciprocalMetric(cell);
  const entry = new Float64Array(9);
  const slopes = Array.from({ length: 6 }, () => new Float64Array(9));
  const column = new Float64Array(6);
  for (let i = 0; i < 3; i++)
    for (let j = i; j < 3; j++) {
      entry.fill(0);
      // ∂L/∂G* symmetric: half on each side of the diagonal
      entry[3 * i + j]! += 0.5;
      entry[3 * j + i]! += 0.5;
      cellGradient(cell, recip, entry, column);
      for (let p = 0; p < 6; p++) slopes[p]![3 * i + j] = slopes[p]![3 * j + i] = column[p]!;
    }
  return slopes;
}
