import { multiplyRows } from './linear.ts';
import { CHANNELS, type Linear } from './weights.ts';

/**
 * Tensors of the atoms: per atom and channel a 3 × 3 matrix X = I 1 + skew(a) + S with S symmetric and traceless.
 * Nine numbers (I | ax ay az | Sxx Syy Sxy Sxz Syz; Szz = −Sxx − Syy), stored [9][atoms][128] so that each irreducible
 * part is a block of rows for channel mixing.
 * Cotangents are matrices too, G with dE = ⟨G, dX⟩ = 3 G_I dI + 2 G_a·da + G_S:dS.
 */
export type Tensors = Float64Array;

export const PARTS = 9;
export const tensorsFor = (atoms: number): Tensors => new Float64Array(PARTS * atoms * CHANNELS);

/** First row and number of rows of I, a and S. */
const BLOCKS = [
  [0, 1],
  [1, 3],
  [4, 5],
] as const;

/** Mixes the channels of each irreducible part with a matrix of its own; backwards with the transposed ones. */
export function mixChannels(
  linears: readonly Linear[],
  first: number,
  atoms: number,
  from: Tensors,
  to: Tensors,
  backwards = false,
): void {
  BLOCKS.forEach(([row, rows], k) => {
    const linear = linears[first + k]!;
    const at = row * atoms * CHANNELS;
    multiplyRows(
      backwards ? linear.transposed : linear.weight,
      CHANNELS,
      CHANNELS,
      from,
      at,
      rows * atoms,
      to,
      at,
    );
  });
}

/** ⟨X, Y⟩ = 3 I I′ + 2 a·a′ + S:S′ of element `at` of a stride of atoms × channels. */
export function inner(x: Tensors, y: Tensors, at: number, stride: number): number {
  const [xx, yy, xy, xz, yz] = [
    at + 4 * stride,
    at + 5 * stride,
    at + 6 * stride,
    at + 7 * stride,
    at + 8 * stride,
  ];
  return (
    3 * x[at]! * y[at]! +
    2 *
      (x[at + stride]! * y[at + stride]! +
        x[at + 2 * stride]! * y[at + 2 * stride]! +
        x[at + 3 * stride]! * y[at + 3 * stride]!) +
    x[xx]! * y[xx]! +
    x[yy]! * y[yy]! +
    (x[xx]! + x[yy]!) * (y[xx]! + y[yy]!) +
    2 * (x[xy]! * y[xy]! + x[xz]! * y[xz]! + x[yz]! * y[yz]!)
  );
}

/** X / (|X|² + 1) per atom and channel. */
export function normalise(x: Tensors, out: Tensors, stride: number): void {
  for (let e = 0; e < stride; e++) {
    const s = 1 / (inner(x, x, e, stride) + 1);
    for (let part = 0; part < PARTS; part++) out[part * stride + e] = s * x[part * stride + e]!;
  }
}

/** Cotangent through `normalise`, in place: G ← s G − 2 s² ⟨G, X⟩ X with s = 1/(|X|² + 1). */
export function normaliseBack(x: Tensors, g: Tensors, stride: number): void {
  for (let e = 0; e < stride; e++) {
    const s = 1 / (inner(x, x, e, stride) + 1);
    const t = 2 * s * s * inner(g, x, e, stride);
    for (let part = 0; part < PARTS; part++)
      g[part * stride + e] = s * g[part * stride + e]! - t * x[part * stride + e]!;
  }
}

/**
 * The anticommutator {M, Y} = M Y + Y M of every atom and channel, times `scale`, added to `out`. With `flip` = −1 the
 * second factor is transposed.
 */
export function addAnticommutator(
  mt: Tensors,
  yt: Tensors,
  out: Tensors,
  n: number,
  scale: number,
  flip: 1 | -1,
): void {
  for (let e = 0; e < n; e++) {
    const m = mt[e]!;
    const a0 = mt[e + n]!;
    const a1 = mt[e + 2 * n]!;
    const a2 = mt[e + 3 * n]!;
    const axx = mt[e + 4 * n]!;
    const ayy = mt[e + 5 * n]!;
    const axy = mt[e + 6 * n]!;
    const axz = mt[e + 7 * n]!;
    const ayz = mt[e + 8 * n]!;
    const azz = -axx - ayy;
    const y = yt[e]!;
    const b0 = flip * yt[e + n]!;
    const b1 = flip * yt[e + 2 * n]!;
    const b2 = flip * yt[e + 3 * n]!;
    const bxx = yt[e + 4 * n]!;
    const byy = yt[e + 5 * n]!;
    const bxy = yt[e + 6 * n]!;
    const bxz = yt[e + 7 * n]!;
    const byz = yt[e + 8 * n]!;
    const bzz = -bxx - byy;
    const ab = a0 * b0 + a1 * b1 + a2 * b2;
    const contraction = axx * bxx + ayy * byy + azz * bzz + 2 * (axy * bxy + axz * bxz + ayz * byz);
    const trace = (2 / 3) * (ab + contraction);
    out[e] = out[e]! + scale * (2 * m * y - (4 / 3) * ab + (2 / 3) * contraction);
    out[e + n] =
      out[e + n]! +
      scale * (2 * (m * b0 + y * a0) - (bxx * a0 + bxy * a1 + bxz * a2) - (axx * b0 + axy * b1 + axz * b2));
    out[e + 2 * n] =
      out[e + 2 * n]! +
      scale * (2 * (m * b1 + y * a1) - (bxy * a0 + byy * a1 + byz * a2) - (axy * b0 + ayy * b1 + ayz * b2));
    out[e + 3 * n] =
      out[e + 3 * n]! +
      scale * (2 * (m * b2 + y * a2) - (bxz * a0 + byz * a1 + bzz * a2) - (axz * b0 + ayz * b1 + azz * b2));
    out[e + 4 * n] =
      out[e + 4 * n]! +
      scale * (2 * (m * bxx + y * axx + a0 * b0 + axx * bxx + axy * bxy + axz * bxz) - trace);
    out[e + 5 * n] =
      out[e + 5 * n]! +
      scale * (2 * (m * byy + y * ayy + a1 * b1 + axy * bxy + ayy * byy + ayz * byz) - trace);
    out[e + 6 * n] =
      out[e + 6 * n]! +
      scale *
        (2 * (m * bxy + y * axy) +
          (a0 * b1 + a1 * b0) +
          (axx * bxy + axy * byy + axz * byz) +
          (bxx * axy + bxy * ayy + bxz * ayz));
    out[e + 7 * n] =
      out[e + 7 * n]! +
      scale *
        (2 * (m * bxz + y * axz) +
          (a0 * b2 + a2 * b0) +
          (axx * bxz + axy * byz + axz * bzz) +
          (bxx * axz + bxy * ayz + bxz * azz));
    out[e + 8 * n] =
      out[e + 8 * n]! +
      scale *
        (2 * (m * byz + y * ayz) +
          (a1 * b2 + a2 * b1) +
          (axy * bxz + ayy * byz + ayz * bzz) +
          (bxy * axz + byy * ayz + byz * azz));
  }
}
