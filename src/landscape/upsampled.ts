import type { GridField } from './minima.ts';

/**
 * A smooth field on a grid `factor` times as fine, by cubic convolution (Keys 1981, a = −1/2), which goes through its
 * points. Where a neighbour has no value there is none.
 */
export function upsampled(field: GridField, factor: number): GridField {
  const [nx, ny] = [field.xs.length, field.ys.length];
  const [columns, rows] = [factor * (nx - 1) + 1, factor * (ny - 1) + 1];
  const across = new Float64Array(columns * ny);
  for (let iy = 0; iy < ny; iy++)
    for (let ix = 0; ix < columns; ix++)
      across[iy * columns + ix] = cubic(nx, ix / factor, i => field.values[iy * nx + i]!);
  const values = new Float64Array(columns * rows);
  for (let iy = 0; iy < rows; iy++)
    for (let ix = 0; ix < columns; ix++)
      values[iy * columns + ix] = cubic(ny, iy / factor, i => across[i * columns + ix]!);
  return { xs: finer(field.xs, factor), ys: finer(field.ys, factor), values };
}

/** The value at a place between the points 0 … n − 1; beyond the ends the line through the last two goes on. */
function cubic(n: number, place: number, at: (i: number) => number): number {
  const i = Math.min(n - 2, Math.floor(place));
  const t = place - i;
  const [one, two] = [at(i), at(i + 1)];
  const before = i > 0 ? at(i - 1) : 2 * one - two;
  const after = i + 2 < n ? at(i + 2) : 2 * two - one;
  return (
    one +
    0.5 *
      t *
      (two - before + t * (2 * before - 5 * one + 4 * two - after + t * (3 * (one - two) + after - before)))
  );
}

const finer = (axis: Float64Array, factor: number): Float64Array =>
  Float64Array.from({ length: factor * (axis.length - 1) + 1 }, (_, k) => {
    const i = Math.min(axis.length - 2, Math.floor(k / factor));
    return axis[i]! + (k / factor - i) * (axis[i + 1]! - axis[i]!);
  });
