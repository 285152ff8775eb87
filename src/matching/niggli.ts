import { determinant, type Matrix3, product } from '../num/matrix3.ts';
import { changedMetric, IDENTITY, metricVolume } from './basis.ts';

/** Signs of the three off-diagonal sums, 0 within the tolerance. */
type Signs = readonly [number, number, number];

/** A cell that is not reduced after this many steps is no lattice that a crystal has. */
const MOST_STEPS = 1000;

/** Once so many steps are made, a change that comes again is a tie: steps go round between cells that are reduced alike. */
const TIED_STEPS = 100;

/** A cell that has no Niggli cell for us. */
export class TooSkewError extends Error {
  override readonly name = 'TooSkewError';
}

/**
 * The change of basis to the Niggli cell, by the algorithm of Křivý & Gruber (Acta Cryst. A 32, 297, 1976) with the
 * tolerance ε = 1e-5 V^⅓ of Grosse-Kunstleve, Sauter & Adams (Acta Cryst. A 60, 1, 2004), whose step names the
 * comments carry. The metric is worked out anew from the integer change at each step, so no error builds up. Where several
 * differences lie just beyond ε, as in a hexagonal cell good to 1e-6, the steps go round in a ring: any of its cells will do.
 * @param metric 3 × 3 row-major, square angstrom
 * @returns integer matrix of determinant 1, its columns the reduced vectors
 */
export function niggliChange(metric: Matrix3): Float64Array {
  const eps = 1e-5 * Math.cbrt(metricVolume(metric));
  let change: Float64Array = Float64Array.from(IDENTITY);
  let marked = '';
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = niggliStep(changedMetric(metric, change), eps);
    const name = change.join();
    if (!next || name === marked) return determinant(change) < 0 ? change.map(value => -value) : change;
    if (step === TIED_STEPS) marked = name;
    change = product(change, next);
  }
  throw new TooSkewError(`the cell is too skew to be reduced in ${MOST_STEPS} steps`);
}

/** One step of the reduction: the change to apply, null when the cell is reduced. */
function niggliStep(metric: Float64Array, eps: number): Matrix3 | null {
  const [a, b, c] = [metric[0]!, metric[4]!, metric[8]!];
  const [xi, eta, zeta] = [2 * metric[5]!, 2 * metric[2]!, 2 * metric[1]!];
  const less = (p: number, q: number): boolean => p < q - eps;
  const same = (p: number, q: number): boolean => Math.abs(p - q) <= eps;

  // A1, A2: order the lengths
  if (less(b, a) || (same(a, b) && less(Math.abs(eta), Math.abs(xi)))) return [0, -1, 0, -1, 0, 0, 0, 0, -1];
  if (less(c, b) || (same(b, c) && less(Math.abs(zeta), Math.abs(eta))))
    return [-1, 0, 0, 0, 0, -1, 0, -1, 0];

  // A3, A4: all angles acute, or none
  const sign = (value: number): number => (same(value, 0) ? 0 : Math.sign(value));
  const flips = signChange([sign(xi), sign(eta), sign(zeta)]);
  if (flips) return flips;

  // A5 to A7: shorten the faces
  const [sxi, seta, szeta] = [Math.sign(xi), Math.sign(eta), Math.sign(zeta)];
  if (less(b, Math.abs(xi)) || (same(xi, b) && less(2 * eta, zeta)) || (same(xi, -b) && less(zeta, 0)))
    return [1, 0, 0, 0, 1, -sxi, 0, 0, 1];
  if (less(a, Math.abs(eta)) || (same(eta, a) && less(2 * xi, zeta)) || (same(eta, -a) && less(zeta, 0)))
    return [1, 0, -seta, 0, 1, 0, 0, 0, 1];
  if (less(a, Math.abs(zeta)) || (same(zeta, a) && less(2 * xi, eta)) || (same(zeta, -a) && less(eta, 0)))
    return [1, -szeta, 0, 0, 1, 0, 0, 0, 1];

  // A8: shorten the body diagonal
  const diagonal = xi + eta + zeta + a + b;
  if (less(diagonal, 0) || (same(diagonal, 0) && less(0, 2 * (a + eta) + zeta)))
    return [1, 0, 1, 0, 1, 1, 0, 0, 1];
  return null;
}

/** Turns vectors around until the three signs are all positive, or none is; null where they are so already. */
function signChange(signs: Signs): Matrix3 | null {
  const [l, m, n] = signs;
  const diagonal = (i: number, j: number, k: number): Matrix3 | null =>
    i === 1 && j === 1 && k === 1 ? null : [i, 0, 0, 0, j, 0, 0, 0, k];
  if (l * m * n > 0) return diagonal(l, m, n);
  const turn: [number, number, number] = [l > 0 ? -1 : 1, m > 0 ? -1 : 1, n > 0 ? -1 : 1];
  if (turn[0] * turn[1] * turn[2] < 0) {
    // An odd number of turns happens only beside a right angle, which bears one turn more.
    turn[n === 0 ? 2 : m === 0 ? 1 : 0] = -1;
  }
  return diagonal(...turn);
}
