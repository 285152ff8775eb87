import FFT from 'fft.js';

/** Numbers of points along the three axes; element (x, y, z) of a grid is at (x · ny + y) · nz + z. */
export type GridShape = readonly [number, number, number];

/**
 * A transform between real grids [nx * ny * nz] and the half of their Hermitian spectrum with 0 ≤ l ≤ nz / 2,
 * element (h, k, l) at (h · ny + k) · nl + l with nl = nz / 2 + 1, in float64. Nothing is normalised. It owns its
 * tables and scratch, so calls allocate nothing.
 */
export interface RealFft {
  readonly shape: GridShape;
  /** nl, the length of the last axis of the spectrum. */
  readonly halfLength: number;
  /** nx · ny · nl. */
  readonly spectrumSize: number;
  /** X(h) = Σ x(j) exp(−2πi h·j/n). */
  forward(map: Float64Array, re: Float64Array, im: Float64Array): void;
  /** x(j) = Σ X(h) exp(+2πi h·j/n) over the whole spectrum, without 1/n. Overwrites re and im. */
  inverse(re: Float64Array, im: Float64Array, map: Float64Array): void;
}

/** The smallest length ≥ n that can be transformed: a power of two, at least 2. */
export const transformLength = (n: number): number => 2 ** Math.ceil(Math.log2(Math.max(2, n)));

/** Throws for an axis whose length is not a power of two, 2 or more. */
export function realFft(shape: GridShape): RealFft {
  const refused = shape.find(n => n !== transformLength(n));
  if (refused !== undefined) throw new Error(`a transform of length ${refused} is not of a power of two`);
  const [nx, ny, nz] = shape;
  const nl = nz / 2 + 1;
  const [alongX, alongY, alongZ] = [line(nx), line(ny), line(nz)];
  const { data, out } = alongZ;

  /** Two real rows as the real and imaginary part of one complex row, then taken apart by their symmetry. */
  const rowsForward = (map: Float64Array, re: Float64Array, im: Float64Array, first: number): void => {
    const [from, to] = [first * nz, first * nl];
    for (let z = 0; z < nz; z++) {
      data[2 * z] = map[from + z]!;
      data[2 * z + 1] = map[from + nz + z]!;
    }
    alongZ.transform();
    for (let l = 0; l < nl; l++) {
      const mirror = l === 0 ? 0 : nz - l;
      const [pr, pi, qr, qi] = [out[2 * l]!, out[2 * l + 1]!, out[2 * mirror]!, out[2 * mirror + 1]!];
      re[to + l] = 0.5 * (pr + qr);
      im[to + l] = 0.5 * (pi - qi);
      re[to + nl + l] = 0.5 * (pi + qi);
      im[to + nl + l] = 0.5 * (qr - pr);
    }
  };

  /** The way back; imaginary before real, which turns the forward sum into the inverse one. */
  const rowsInverse = (re: Float64Array, im: Float64Array, map: Float64Array, first: number): void => {
    const [from, to] = [first * nl, first * nz];
    for (let l = 0; l < nl; l++) {
      const self = l === 0 || 2 * l === nz;
      const [ar, br] = [re[from + l]!, re[from + nl + l]!];
      const [ai, bi] = self ? [0, 0] : [im[from + l]!, im[from + nl + l]!];
      data[2 * l] = ai + br;
      data[2 * l + 1] = ar - bi;
      if (self) continue;
      data[2 * (nz - l)] = br - ai;
      data[2 * (nz - l) + 1] = ar + bi;
    }
    alongZ.transform();
    for (let z = 0; z < nz; z++) {
      map[to + z] = out[2 * z + 1]!;
      map[to + nz + z] = out[2 * z]!;
    }
  };

  const columns = (re: Float64Array, im: Float64Array): void => {
    for (let x = 0; x < nx; x++) for (let l = 0; l < nl; l++) alongY.inPlace(re, im, x * ny * nl + l, nl);
  };
  const sheets = (re: Float64Array, im: Float64Array): void => {
    for (let at = 0; at < ny * nl; at++) alongX.inPlace(re, im, at, ny * nl);
  };

  return {
    shape,
    halfLength: nl,
    spectrumSize: nx * ny * nl,
    forward(map, re, im) {
      for (let row = 0; row < nx * ny; row += 2) rowsForward(map, re, im, row);
      columns(re, im);
      sheets(re, im);
    },
    inverse(re, im, map) {
      sheets(im, re);
      columns(im, re);
      for (let row = 0; row < nx * ny; row += 2) rowsInverse(re, im, map, row);
    },
  };
}

/** The forward transform of n complex points, real and imaginary parts side by side in `data` and `out` [2n]. */
function line(n: number) {
  const fft = new FFT(n);
  const data = new Float64Array(2 * n);
  const out = new Float64Array(2 * n);
  const transform = (): void => fft.transform(out, data);
  return {
    data,
    out,
    transform,
    /** Of the points `first`, `first` + `stride`, …, written back over them. */
    inPlace(re: Float64Array, im: Float64Array, first: number, stride: number): void {
      for (let j = 0, at = first; j < n; j++, at += stride) {
        data[2 * j] = re[at]!;
        data[2 * j + 1] = im[at]!;
      }
      transform();
      for (let j = 0, at = first; j < n; j++, at += stride) {
        re[at] = out[2 * j]!;
        im[at] = out[2 * j + 1]!;
      }
    },
  };
}
