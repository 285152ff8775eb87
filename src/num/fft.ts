import { axisPlan, emptyBuffers, scratchOf, transformLines } from './fftLines.ts';

/**
 * Discrete Fourier transforms of three-dimensional grids in float64, axis lengths 2^a 3^b 5^c. Nothing is normalised;
 * "forward" has exp(−2πi jk/n), "inverse" exp(+2πi jk/n).
 */

/** Numbers of points along the three axes; element (x, y, z) of a grid is at (x · ny + y) · nz + z. */
export type GridShape = readonly [number, number, number];

/** A transform of complex grids of one shape; it owns its tables and scratch, so calls allocate nothing. */
export interface ComplexFft {
  readonly shape: GridShape;
  /** In place, real and imaginary parts [nx * ny * nz]: X(h) = Σ x(j) exp(−2πi h·j/n). */
  forward(re: Float64Array, im: Float64Array): void;
  /** In place: x(j) = Σ X(h) exp(+2πi h·j/n), without 1/n. */
  inverse(re: Float64Array, im: Float64Array): void;
}

/** Throws for an axis whose length has a prime factor beyond 5; see `nextSmooth` of `fftLines.ts`. */
export function complexFft(shape: GridShape): ComplexFft {
  const [nx, ny, nz] = shape;
  const [planX, planY, planZ] = [axisPlan(nx), axisPlan(ny), axisPlan(nz)];
  const scratch = scratchOf(nx * ny * nz);
  const buffers = emptyBuffers();
  const forward = (re: Float64Array, im: Float64Array): void => {
    for (let row = 0; row < nx * ny; row++) transformLines(planZ, re, im, row * nz, 1, scratch, buffers);
    for (let x = 0; x < nx; x++) transformLines(planY, re, im, x * ny * nz, nz, scratch, buffers);
    transformLines(planX, re, im, 0, ny * nz, scratch, buffers);
  };
  // Σ X exp(+i…) is the forward sum with real and imaginary parts exchanged on both sides.
  return { shape, forward, inverse: (re, im) => forward(im, re) };
}

/**
 * A transform between real grids [nx * ny * nz] and the half of their Hermitian spectrum with 0 ≤ l ≤ nz / 2,
 * element (h, k, l) at (h · ny + k) · nl + l with nl = ⌊nz / 2⌋ + 1. It owns its tables and scratch.
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

/** Throws for an axis whose length has a prime factor beyond 5; see `nextSmooth` of `fftLines.ts`. */
export function realFft(shape: GridShape): RealFft {
  const [nx, ny, nz] = shape;
  const [planX, planY, planZ] = [axisPlan(nx), axisPlan(ny), axisPlan(nz)];
  const nl = Math.floor(nz / 2) + 1;
  // Two real rows travel as the real and imaginary part of one complex row; a last odd row goes alone.
  const pairs = Math.ceil(ny / 2);
  const slab = scratchOf(nz * pairs);
  const scratch = scratchOf(Math.max(nx * ny * nl, nz * pairs));
  const buffers = emptyBuffers();

  const rowsForward = (map: Float64Array, re: Float64Array, im: Float64Array, x: number): void => {
    for (let j = 0; j < pairs; j++) {
      const row = (x * ny + 2 * j) * nz;
      const both = 2 * j + 1 < ny;
      for (let z = 0; z < nz; z++) {
        slab.re[z * pairs + j] = map[row + z]!;
        slab.im[z * pairs + j] = both ? map[row + nz + z]! : 0;
      }
    }
    transformLines(planZ, slab.re, slab.im, 0, pairs, scratch, buffers);
    for (let j = 0; j < pairs; j++) {
      const row = (x * ny + 2 * j) * nl;
      const both = 2 * j + 1 < ny;
      for (let l = 0; l < nl; l++) {
        const at = l * pairs + j;
        const mirror = (l === 0 ? 0 : nz - l) * pairs + j;
        const pr = slab.re[at]!;
        const pi = slab.im[at]!;
        const qr = slab.re[mirror]!;
        const qi = slab.im[mirror]!;
        re[row + l] = 0.5 * (pr + qr);
        im[row + l] = 0.5 * (pi - qi);
        if (!both) continue;
        re[row + nl + l] = 0.5 * (pi + qi);
        im[row + nl + l] = 0.5 * (qr - pr);
      }
    }
  };

  const rowsInverse = (re: Float64Array, im: Float64Array, map: Float64Array, x: number): void => {
    for (let j = 0; j < pairs; j++) {
      const row = (x * ny + 2 * j) * nl;
      const both = 2 * j + 1 < ny;
      for (let l = 0; l < nl; l++) {
        const self = l === 0 || 2 * l === nz;
        const ar = re[row + l]!;
        const ai = self ? 0 : im[row + l]!;
        const br = both ? re[row + nl + l]! : 0;
        const bi = both && !self ? im[row + nl + l]! : 0;
        slab.re[l * pairs + j] = ar - bi;
        slab.im[l * pairs + j] = ai + br;
        if (self) continue;
        slab.re[(nz - l) * pairs + j] = ar + bi;
        slab.im[(nz - l) * pairs + j] = br - ai;
      }
    }
    transformLines(planZ, slab.im, slab.re, 0, pairs, scratch, buffers);
    for (let j = 0; j < pairs; j++) {
      const row = (x * ny + 2 * j) * nz;
      const both = 2 * j + 1 < ny;
      for (let z = 0; z < nz; z++) {
        map[row + z] = slab.re[z * pairs + j]!;
        if (both) map[row + nz + z] = slab.im[z * pairs + j]!;
      }
    }
  };

  return {
    shape,
    halfLength: nl,
    spectrumSize: nx * ny * nl,
    forward(map, re, im) {
      for (let x = 0; x < nx; x++) {
        rowsForward(map, re, im, x);
        transformLines(planY, re, im, x * ny * nl, nl, scratch, buffers);
      }
      transformLines(planX, re, im, 0, ny * nl, scratch, buffers);
    },
    inverse(re, im, map) {
      transformLines(planX, im, re, 0, ny * nl, scratch, buffers);
      for (let x = 0; x < nx; x++) {
        transformLines(planY, im, re, x * ny * nl, nl, scratch, buffers);
        rowsInverse(re, im, map, x);
      }
    },
  };
}
