import { FOUR_LN2 } from '../diffraction/pseudoVoigt.ts';
import type { ORDER } from './axisCells.ts';
import type { EdgeNodes } from './edgeNodes.ts';
import type { LeafOrder } from './leafOrder.ts';

/** The pattern beyond the window, at the nodes of edgeNodes.ts, and what it takes off. */
export interface EdgeRoom {
  /** Profile and its total derivative in the position of every peak near a node, node after node. */
  profile: Float64Array;
  profileSlope: Float64Array;
  /** X_q. */
  readonly pattern: Float64Array;
}

export const edgeRoom = (nodes: number): EdgeRoom => ({
  profile: new Float64Array(0),
  profileSlope: new Float64Array(0),
  pattern: new Float64Array(nodes),
});

/** Beyond this q = d²/H² the Gaussian is below 1e-17. */
const GAUSS_REACH = 14.4;

/**
 * X_q at all nodes. Keeps the profiles of the near peaks for `takeOffEdges`.
 * @returns Σ_q w_q X_q², the squared norm of the pattern beyond the window
 */
export function patternBeyond(
  { count, at, weight, first, cell, coefficients, nearFrom, nearTo }: EdgeNodes,
  { start, position, width, intensity, widthSlope }: LeafOrder,
  eta: number,
  moments: Float64Array,
  room: EdgeRoom,
): number {
  const N: typeof ORDER = 10;
  let needed = 0;
  for (let q = 0; q < count; q++) needed += start[nearTo[q]] - start[nearFrom[q]];
  if (room.profile.length < needed) {
    room.profile = new Float64Array(2 * needed);
    room.profileSlope = new Float64Array(2 * needed);
  }
  const { profile, profileSlope, pattern } = room;
  let sum = 0;
  let n = 0;
  for (let q = 0; q < count; q++) {
    let value = 0;
    const last = first[q + 1];
    for (let i = first[q]; i < last; i++) {
      const m = cell[i] * N;
      if (moments[m] === 0) continue;
      const e = i * N;
      value +=
        coefficients[e] * moments[m] +
        coefficients[e + 1] * moments[m + 1] +
        coefficients[e + 2] * moments[m + 2] +
        coefficients[e + 3] * moments[m + 3] +
        coefficients[e + 4] * moments[m + 4] +
        (coefficients[e + 5] * moments[m + 5] +
          coefficients[e + 6] * moments[m + 6] +
          coefficients[e + 7] * moments[m + 7] +
          coefficients[e + 8] * moments[m + 8] +
          coefficients[e + 9] * moments[m + 9]);
    }
    const x = at[q];
    const end = start[nearTo[q]];
    for (let k = start[nearFrom[q]]; k < end; k++, n++) {
      const perWidth = 1 / width[k];
      const ratio = (x - position[k]) * perWidth;
      const square = ratio * ratio;
      const lorentz = 1 / (1 + 4 * square);
      const gauss = square < GAUSS_REACH ? eta * Math.exp(-FOUR_LN2 * square) : 0;
      const here = (1 - eta) * lorentz + gauss;
      // d(ratio²)/dt = −2 ratio (1 + ratio H′) / H
      const bySquare = -4 * (1 - eta) * lorentz * lorentz - FOUR_LN2 * gauss;
      profile[n] = here;
      profileSlope[n] = -2 * bySquare * ratio * (1 + ratio * widthSlope[k]) * perWidth;
      value += intensity[k] * here;
    }
    pattern[q] = value;
    sum += weight[q] * value * value;
  }
  return sum;
}

/** Takes the bins beyond the window off the potentials: A −= Σ_q w_q X_q pV(e_q; t), T likewise; far cells through y. */
export function takeOffEdges(
  { count, weight, first, cell, coefficients, nearFrom, nearTo }: EdgeNodes,
  { start }: LeafOrder,
  { profile, profileSlope, pattern }: EdgeRoom,
  moments: Float64Array,
  potential: Float64Array,
  byIntensity: Float64Array,
  byPosition: Float64Array,
): void {
  const N: typeof ORDER = 10;
  let n = 0;
  for (let q = 0; q < count; q++) {
    const z = -weight[q] * pattern[q];
    const last = first[q + 1];
    for (let i = first[q]; i < last; i++) {
      const y = cell[i] * N;
      if (moments[y] === 0) continue;
      const e = i * N;
      for (let m = 0; m < N; m++) potential[y + m] += z * coefficients[e + m];
    }
    const end = start[nearTo[q]];
    for (let k = start[nearFrom[q]]; k < end; k++, n++) {
      byIntensity[k] += z * profile[n];
      byPosition[k] += z * profileSlope[n];
    }
  }
}
