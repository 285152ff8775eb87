import { toCartesian } from './cellAtoms.ts';
import type { CellFrame, CellSurface } from './frame.ts';

/** Convex pieces of planes as triangles, each a fan from its first corner, with the normal of the plane. */
export function planeTriangles(planes: CellFrame['planes'], lattice: ArrayLike<number>): CellSurface {
  const positions: number[] = [];
  const normals: number[] = [];
  const indices: number[] = [];
  for (const piece of planes) {
    const from = positions.length / 3;
    const corners = piece.map(corner => toCartesian(lattice, corner));
    const [p, q, r] = corners;
    if (!p || !q || !r) continue;
    const u = [q[0] - p[0], q[1] - p[1], q[2] - p[2]] as const;
    const v = [r[0] - p[0], r[1] - p[1], r[2] - p[2]] as const;
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    const size = Math.hypot(...n) || 1;
    for (const corner of corners) {
      positions.push(...corner);
      normals.push(n[0]! / size, n[1]! / size, n[2]! / size);
    }
    for (let i = 1; i + 1 < corners.length; i++) indices.push(from, from + i, from + i + 1);
  }
  return {
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    indices: Uint32Array.from(indices),
  };
}

/** Borders of the pieces as fractional segments [n * 6]. */
export function planeBorders(planes: CellFrame['planes']): Float32Array {
  return Float32Array.from(
    planes.flatMap(piece => piece.flatMap((corner, i) => [...corner, ...piece[(i + 1) % piece.length]!])),
  );
}
