import type { GridField } from './minima.ts';

export interface Convexity {
  /** Inner points whose eight neighbours are known. */
  readonly points: number;
  /** Of these, where the curvature is not positive in every direction of the slice. */
  readonly nonConvex: number;
}

/**
 * Points where the second differences of a field form a positive definite matrix: f_xx > 0 and
 * f_xx f_yy > f_xy². Units of the axes do not matter. Differences below 1e-9 of the range are rounding and count as flat,
 * and flat is not convex here.
 */
export function convexity({ xs, ys, values }: GridField): Convexity {
  const nx = xs.length;
  let points = 0;
  let nonConvex = 0;
  for (let iy = 1; iy < ys.length - 1; iy++)
    for (let ix = 1; ix < nx - 1; ix++) {
      const at = (dx: number, dy: number): number => values[(iy + dy) * nx + ix + dx]!;
      const f = at(0, 0);
      const xx = at(1, 0) - 2 * f + at(-1, 0);
      const yy = at(0, 1) - 2 * f + at(0, -1);
      const xy = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / 4;
      const determinant = xx * yy - xy * xy;
      if (!Number.isFinite(determinant)) continue;
      points++;
      if (!(xx > 0 && determinant > 0)) nonConvex++;
    }
  return { points, nonConvex };
}
