/** A position or vector in unit fractions. */
export type Fract = readonly [number, number, number];

/** Unit fractions: positions closer than this along every axis are one. */
export const SAME = 1e-3;

/** Equality of two positions up to lattice translations. */
export const samePosition = (p: Fract, q: Fract): boolean =>
  p.every((value, axis) => {
    const apart = value - q[axis]!;
    return Math.abs(apart - Math.round(apart)) < SAME;
  });

/**
 * Shortest distance of two positions up to lattice translations, angstrom. One cell each way around the smallest
 * fractions is looked at, enough for angles between about 60° and 120°, where conventional cells lie.
 * @param lattice vectors as columns, a along x, b in the xy plane (`latticeMatrix`)
 */
export function periodicDistance(lattice: Float64Array, p: Fract, q: Fract): number {
  const apart = (axis: 0 | 1 | 2): number => p[axis] - q[axis] - Math.round(p[axis] - q[axis]);
  const [x, y, z] = [apart(0), apart(1), apart(2)];
  let best = Number.POSITIVE_INFINITY;
  for (let i = -1; i <= 1; i++)
    for (let j = -1; j <= 1; j++)
      for (let k = -1; k <= 1; k++) {
        const [u, v, w] = [x + i, y + j, z + k];
        const length = Math.hypot(
          lattice[0]! * u + lattice[1]! * v + lattice[2]! * w,
          lattice[4]! * v + lattice[5]! * w,
          lattice[8]! * w,
        );
        if (length < best) best = length;
      }
  return best;
}
