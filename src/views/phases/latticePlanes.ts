import type { Fract } from '../../phasing/positions.ts';

/** Planes drawn at most; of a high reflection every m-th is left, and the caller says so. */
const MOST = 14;

export interface LatticePlanes {
  /** Convex pieces inside the unit cell, corners in unit fractions, in order around each. */
  readonly pieces: readonly (readonly Fract[])[];
  /** Planes that cross the cell; more than are drawn where `every` is above 1. */
  readonly count: number;
  readonly every: number;
}

/**
 * The crests of the density wave of a reflection, h·x = n + φ/360° for whole n, inside one cell: where the wave
 * |F| cos 2π(h·x − φ/360°) is highest (International Tables B, 1.2.3). Without a phase, φ = 0, they are the lattice
 * planes through the origin's family.
 * @param phase degrees
 */
export function latticePlanes(hkl: Fract, phase: number): LatticePlanes {
  const offset = phase / 360;
  const extent = (sign: 1 | -1): number =>
    hkl.reduce((sum, index) => sum + (sign * index > 0 ? index : 0), 0);
  const first = Math.ceil(extent(-1) - offset - 1e-9);
  const last = Math.floor(extent(1) - offset + 1e-9);
  const all = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  const every = Math.max(1, Math.ceil(all.length / MOST));
  const pieces = all
    .filter((_, i) => i % every === 0)
    .map(n => planePiece(hkl, n + offset))
    .filter(piece => piece.length >= 3);
  return { pieces, count: all.length, every };
}

/** The corners of {x : h·x = d} in the unit cube, in order around it. */
function planePiece(hkl: Fract, d: number): Fract[] {
  const found: Fract[] = [];
  for (let axis = 0; axis < 3; axis++) {
    if (hkl[axis] === 0) continue;
    const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
    for (const u of [0, 1])
      for (const v of [0, 1]) {
        const t = (d - hkl[p]! * u - hkl[q]! * v) / hkl[axis]!;
        if (t < -1e-9 || t > 1 + 1e-9) continue;
        const corner = [0, 0, 0];
        corner[axis] = Math.max(0, Math.min(1, t));
        corner[p] = u;
        corner[q] = v;
        const point = corner as unknown as Fract;
        if (!found.some(other => other.every((value, i) => Math.abs(value - point[i]!) < 1e-9)))
          found.push(point);
      }
  }
  return aroundCentre(found, hkl);
}

/** Corners of a convex polygon sorted by angle in its plane. */
function aroundCentre(points: Fract[], normal: Fract): Fract[] {
  if (points.length < 3) return points;
  const centre = [0, 1, 2].map(i => points.reduce((sum, p) => sum + p[i]!, 0) / points.length);
  // Projecting along the axis of the largest index keeps the order and never flattens the polygon.
  const drop = normal.reduce((best, value, i) => (Math.abs(value) > Math.abs(normal[best]!) ? i : best), 0);
  const [p, q] = [(drop + 1) % 3, (drop + 2) % 3];
  const angle = (point: Fract): number => Math.atan2(point[q]! - centre[q]!, point[p]! - centre[p]!);
  return points.sort((a, b) => angle(a) - angle(b));
}
