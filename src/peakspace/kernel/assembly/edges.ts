/** The pattern beyond the window at the quadrature nodes, and what it takes off: ../../overlap/edgeNodes.ts. */

import { bothLanes } from './lanes.ts';

/** Peaks in the leaves next to each node, of all nodes together. */
export function peaksNear(nodes: i32, near: usize, start: usize): i32 {
  let sum = 0;
  for (let q = 0; q < nodes; q++, near += 8)
    sum +=
      load<i32>(start + ((<usize>load<i32>(near, 4)) << 2)) -
      load<i32>(start + ((<usize>load<i32>(near)) << 2));
  return sum;
}

/**
 * X_q at all nodes; returns Σ w X².
 * @param first i32 [nodes + 1]
 * @param cell i32 [entries]
 * @param coefficients [entries * 10]
 * @param near i32, first and end leaf of every node, [nodes * 2]
 * @param profile value and slope of the profiles of near peaks, node after node, [near * 2]
 * @param pattern [nodes]
 */
export function patternBeyond(
  nodes: i32,
  eta: f64,
  at: usize,
  weight: usize,
  first: usize,
  cell: usize,
  coefficients: usize,
  near: usize,
  start: usize,
  position: usize,
  width: usize,
  intensity: usize,
  widthSlope: usize,
  moments: usize,
  profile: usize,
  pattern: usize,
): f64 {
  const FOUR_LN2: f64 = 2.772588722239781;
  const GAUSS_REACH: f64 = 14.4;
  let total: f64 = 0;
  for (let q = 0; q < nodes; q++) {
    const q4 = (<usize>q) << 2;
    const q8 = (<usize>q) << 3;
    let sum = f64x2.splat(0);
    const last = load<i32>(first + q4, 4);
    for (let i = load<i32>(first + q4); i < last; i++) {
      const m = moments + <usize>(load<i32>(cell + ((<usize>i) << 2)) * 80);
      const e = coefficients + <usize>(i * 80);
      sum = f64x2.add(
        sum,
        f64x2.add(
          f64x2.add(
            f64x2.add(f64x2.mul(v128.load(e), v128.load(m)), f64x2.mul(v128.load(e, 16), v128.load(m, 16))),
            f64x2.add(
              f64x2.mul(v128.load(e, 32), v128.load(m, 32)),
              f64x2.mul(v128.load(e, 48), v128.load(m, 48)),
            ),
          ),
          f64x2.mul(v128.load(e, 64), v128.load(m, 64)),
        ),
      );
    }
    let value = bothLanes(sum);
    const x = load<f64>(at + q8);
    const end = load<i32>(start + ((<usize>load<i32>(near + q8, 4)) << 2));
    for (let k = load<i32>(start + ((<usize>load<i32>(near + q8)) << 2)); k < end; k++, profile += 16) {
      const k8 = (<usize>k) << 3;
      const perWidth = 1 / load<f64>(width + k8);
      const ratio = (x - load<f64>(position + k8)) * perWidth;
      const square = ratio * ratio;
      const lorentz = 1 / (1 + 4 * square);
      const gauss = square < GAUSS_REACH ? eta * JSMath.exp(-FOUR_LN2 * square) : 0;
      const here = (1 - eta) * lorentz + gauss;
      const bySquare = -4 * (1 - eta) * lorentz * lorentz - FOUR_LN2 * gauss;
      store<f64>(profile, here);
      store<f64>(profile, -2 * bySquare * ratio * (1 + ratio * load<f64>(widthSlope + k8)) * perWidth, 8);
      value += load<f64>(intensity + k8) * here;
    }
    store<f64>(pattern + q8, value);
    total += load<f64>(weight + q8) * value * value;
  }
  return total;
}

/** A −= Σ w X pV, T likewise; distant cells through their polynomials. */
export function takeOffEdges(
  nodes: i32,
  weight: usize,
  first: usize,
  cell: usize,
  coefficients: usize,
  near: usize,
  start: usize,
  profile: usize,
  pattern: usize,
  potential: usize,
  byIntensity: usize,
  byPosition: usize,
): void {
  for (let q = 0; q < nodes; q++) {
    const q4 = (<usize>q) << 2;
    const q8 = (<usize>q) << 3;
    const z = -load<f64>(weight + q8) * load<f64>(pattern + q8);
    const zz = f64x2.splat(z);
    const last = load<i32>(first + q4, 4);
    for (let i = load<i32>(first + q4); i < last; i++) {
      const y = potential + <usize>(load<i32>(cell + ((<usize>i) << 2)) * 80);
      const e = coefficients + <usize>(i * 80);
      v128.store(y, f64x2.add(v128.load(y), f64x2.mul(zz, v128.load(e))));
      v128.store(y, f64x2.add(v128.load(y, 16), f64x2.mul(zz, v128.load(e, 16))), 16);
      v128.store(y, f64x2.add(v128.load(y, 32), f64x2.mul(zz, v128.load(e, 32))), 32);
      v128.store(y, f64x2.add(v128.load(y, 48), f64x2.mul(zz, v128.load(e, 48))), 48);
      v128.store(y, f64x2.add(v128.load(y, 64), f64x2.mul(zz, v128.load(e, 64))), 64);
    }
    const end = load<i32>(start + ((<usize>load<i32>(near + q8, 4)) << 2));
    for (let k = load<i32>(start + ((<usize>load<i32>(near + q8)) << 2)); k < end; k++, profile += 16) {
      const k8 = (<usize>k) << 3;
      store<f64>(byIntensity + k8, load<f64>(byIntensity + k8) + z * load<f64>(profile));
      store<f64>(byPosition + k8, load<f64>(byPosition + k8) + z * load<f64>(profile, 8));
    }
  }
}
