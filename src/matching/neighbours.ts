import type { Matrix3 } from '../num/matrix3.ts';
import { changedFract, changedMetric, metricVolume, reciprocalLengths } from './basis.ts';
import { niggliChange } from './niggli.ts';
import type { PeriodicSet } from './periodicSet.ts';

/** First radius over that of the sphere which holds k points on average: one try is mostly enough. */
const FIRST_RADIUS = 1.25;

/**
 * Distances from each point to its k nearest neighbours in the whole crystal, labels ignored, ascending. Angstrom.
 * @returns [n][k]
 */
export function nearestDistances(set: PeriodicSet, k: number): Float64Array[] {
  const change = niggliChange(set.metric);
  const metric = changedMetric(set.metric, change);
  const fract = changedFract(set.fract, change);
  const n = fract.length / 3;
  const average = Math.cbrt((3 * (k + 1) * metricVolume(metric)) / (4 * Math.PI * n));
  return Array.from({ length: n }, (_, i) => {
    for (let radius = FIRST_RADIUS * average; ; radius *= FIRST_RADIUS) {
      const squares = squaresWithin(metric, fract, i, radius);
      if (squares.length >= k) return Float64Array.from(squares.sort((p, q) => p - q).slice(0, k), Math.sqrt);
    }
  });
}

/** Squared distances of one point to all others within the radius, in no order. */
function squaresWithin(metric: Matrix3, fract: Float64Array, i: number, radius: number): number[] {
  const [ra, rb, rc] = reciprocalLengths(metric).map(length => length * radius) as [number, number, number];
  const found: number[] = [];
  for (let j = 0; j < fract.length / 3; j++) {
    const [x, y, z] = [0, 1, 2].map(m => fract[3 * j + m]! - fract[3 * i + m]!) as [number, number, number];
    for (let u = x + Math.ceil(-ra - x); u <= ra; u++)
      for (let v = y + Math.ceil(-rb - y); v <= rb; v++)
        for (let w = z + Math.ceil(-rc - z); w <= rc; w++) {
          const square =
            metric[0]! * u * u +
            metric[4]! * v * v +
            metric[8]! * w * w +
            2 * (metric[1]! * u * v + metric[2]! * u * w + metric[5]! * v * w);
          const itself = i === j && u === 0 && v === 0 && w === 0;
          if (square <= radius * radius && !itself) found.push(square);
        }
  }
  return found;
}
