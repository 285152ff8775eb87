/**
 * Discrete Fourier transforms in float64 for lengths 2^a 3^b 5^c, in one and three dimensions.
 * Stockham's self-sorting form (Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, section 1.7):
 * every stage reads one buffer and writes the other, so no bit reversal is needed, and `stride` interleaved sequences
 * are transformed side by side, which keeps the innermost loop over adjacent numbers along every axis of a grid.
 * Nothing is normalised; "forward" has exp(−2πi jk/n), "inverse" exp(+2πi jk/n).
 */

/** Numbers of points along the three axes; element (x, y, z) of a grid is at (x · ny + y) · nz + z. */
export type GridShape = readonly [number, number, number];

/** Whether n has no prime factor but 2, 3 and 5. */
export function isSmooth(n: number): boolean {
  if (!Number.isInteger(n) || n < 1) return false;
  let rest = n;
  for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime;
  return rest === 1;
}

/** The smallest length ≥ n that can be transformed. */
export function nextSmooth(n: number): number {
  let length = Math.max(1, Math.ceil(n));
  while (!isSmooth(length)) length++;
  return length;
}

/** What a transform of one length needs: its radices in order and exp(−2πi j/n) for j = 0 … n − 1. */
interface AxisPlan {
  readonly n: number;
  readonly radices: readonly number[];
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

function axisPlan(n: number): AxisPlan {
  if (!isSmooth(n)) throw new Error(`a transform of length ${n} needs prime factors other than 2, 3 and 5`);
  const radices: number[] = [];
  let rest = n;
  for (const radix of [4, 2, 3, 5])
    while (rest % radix === 0) {
      radices.push(radix);
      rest /= radix;
    }
  const turn = (-2 * Math.PI) / n;
  return {
    n,
    radices,
    cos: Float64Array.from({ length: n }, (_, j) => Math.cos(turn * j)),
    sin: Float64Array.from({ length: n }, (_, j) => Math.sin(turn * j)),
  };
}

/** Input and output of a stage, real and imaginary, each from its offset on. */
interface StageBuffers {
  xr: Float64Array;
  xi: Float64Array;
  xAt: number;
  yr: Float64Array;
  yi: Float64Array;
  yAt: number;
}

/*
 * One stage of radix r over m = n / r groups of `s` adjacent sequences:
 * y[q + s (r p + j)] = w^(jp) Σ_k x[q + s (p + m k)] exp(−2πi jk/r),  w = exp(−2πi/n); `step` finds w in the plan.
 */

function stage2(plan: AxisPlan, m: number, s: number, step: number, b: StageBuffers): void {
  const { xr, xi, yr, yi } = b;
  for (let p = 0; p < m; p++) {
    const c = plan.cos[p * step]!;
    const d = plan.sin[p * step]!;
    const x0 = b.xAt + s * p;
    const x1 = x0 + s * m;
    const y0 = b.yAt + s * 2 * p;
    const y1 = y0 + s;
    for (let q = 0; q < s; q++) {
      const ar = xr[x0 + q]!;
      const ai = xi[x0 + q]!;
      const br = xr[x1 + q]!;
      const bi = xi[x1 + q]!;
      yr[y0 + q] = ar + br;
      yi[y0 + q] = ai + bi;
      const ur = ar - br;
      const ui = ai - bi;
      yr[y1 + q] = ur * c - ui * d;
      yi[y1 + q] = ur * d + ui * c;
    }
  }
}

function stage3(plan: AxisPlan, m: number, s: number, step: number, b: StageBuffers): void {
  const { xr, xi, yr, yi } = b;
  const half = Math.sqrt(3) / 2;
  for (let p = 0; p < m; p++) {
    const c1 = plan.cos[p * step]!;
    const d1 = plan.sin[p * step]!;
    const c2 = plan.cos[2 * p * step]!;
    const d2 = plan.sin[2 * p * step]!;
    const x0 = b.xAt + s * p;
    const x1 = x0 + s * m;
    const x2 = x1 + s * m;
    const y0 = b.yAt + s * 3 * p;
    const y1 = y0 + s;
    const y2 = y1 + s;
    for (let q = 0; q < s; q++) {
      const sr = xr[x1 + q]! + xr[x2 + q]!;
      const si = xi[x1 + q]! + xi[x2 + q]!;
      const tr = half * (xr[x1 + q]! - xr[x2 + q]!);
      const ti = half * (xi[x1 + q]! - xi[x2 + q]!);
      const ar = xr[x0 + q]!;
      const ai = xi[x0 + q]!;
      const mr = ar - 0.5 * sr;
      const mi = ai - 0.5 * si;
      yr[y0 + q] = ar + sr;
      yi[y0 + q] = ai + si;
      yr[y1 + q] = (mr + ti) * c1 - (mi - tr) * d1;
      yi[y1 + q] = (mr + ti) * d1 + (mi - tr) * c1;
      yr[y2 + q] = (mr - ti) * c2 - (mi + tr) * d2;
      yi[y2 + q] = (mr - ti) * d2 + (mi + tr) * c2;
    }
  }
}

function stage4(plan: AxisPlan, m: number, s: number, step: number, b: StageBuffers): void {
  const { xr, xi, yr, yi } = b;
  for (let p = 0; p < m; p++) {
    const c1 = plan.cos[p * step]!;
    const d1 = plan.sin[p * step]!;
    const c2 = plan.cos[2 * p * step]!;
    const d2 = plan.sin[2 * p * step]!;
    const c3 = plan.cos[3 * p * step]!;
    const d3 = plan.sin[3 * p * step]!;
    const x0 = b.xAt + s * p;
    const x1 = x0 + s * m;
    const x2 = x1 + s * m;
    const x3 = x2 + s * m;
    const y0 = b.yAt + s * 4 * p;
    const y1 = y0 + s;
    const y2 = y1 + s;
    const y3 = y2 + s;
    for (let q = 0; q < s; q++) {
      const er = xr[x0 + q]! + xr[x2 + q]!;
      const ei = xi[x0 + q]! + xi[x2 + q]!;
      const fr = xr[x0 + q]! - xr[x2 + q]!;
      const fi = xi[x0 + q]! - xi[x2 + q]!;
      const gr = xr[x1 + q]! + xr[x3 + q]!;
      const gi = xi[x1 + q]! + xi[x3 + q]!;
      const hr = xr[x1 + q]! - xr[x3 + q]!;
      const hi = xi[x1 + q]! - xi[x3 + q]!;
      yr[y0 + q] = er + gr;
      yi[y0 + q] = ei + gi;
      yr[y1 + q] = (fr + hi) * c1 - (fi - hr) * d1;
      yi[y1 + q] = (fr + hi) * d1 + (fi - hr) * c1;
      yr[y2 + q] = (er - gr) * c2 - (ei - gi) * d2;
      yi[y2 + q] = (er - gr) * d2 + (ei - gi) * c2;
      yr[y3 + q] = (fr - hi) * c3 - (fi + hr) * d3;
      yi[y3 + q] = (fr - hi) * d3 + (fi + hr) * c3;
    }
  }
}

const C5_1 = Math.cos((2 * Math.PI) / 5);
const C5_2 = Math.cos((4 * Math.PI) / 5);
const S5_1 = Math.sin((2 * Math.PI) / 5);
const S5_2 = Math.sin((4 * Math.PI) / 5);

function stage5(plan: AxisPlan, m: number, s: number, step: number, b: StageBuffers): void {
  const { xr, xi, yr, yi } = b;
  const { cos, sin } = plan;
  for (let p = 0; p < m; p++) {
    const w = p * step;
    const x0 = b.xAt + s * p;
    const y0 = b.yAt + s * 5 * p;
    for (let q = 0; q < s; q++) {
      const at = x0 + q;
      const to = y0 + q;
      const ar = xr[at]!;
      const ai = xi[at]!;
      const pr = xr[at + s * m]! + xr[at + 4 * s * m]!;
      const pi = xi[at + s * m]! + xi[at + 4 * s * m]!;
      const ur = xr[at + s * m]! - xr[at + 4 * s * m]!;
      const ui = xi[at + s * m]! - xi[at + 4 * s * m]!;
      const qr = xr[at + 2 * s * m]! + xr[at + 3 * s * m]!;
      const qi = xi[at + 2 * s * m]! + xi[at + 3 * s * m]!;
      const vr = xr[at + 2 * s * m]! - xr[at + 3 * s * m]!;
      const vi = xi[at + 2 * s * m]! - xi[at + 3 * s * m]!;
      const mr = ar + C5_1 * pr + C5_2 * qr;
      const mi = ai + C5_1 * pi + C5_2 * qi;
      const nr = ar + C5_2 * pr + C5_1 * qr;
      const ni = ai + C5_2 * pi + C5_1 * qi;
      const tr = S5_1 * ur + S5_2 * vr;
      const ti = S5_1 * ui + S5_2 * vi;
      const kr = S5_2 * ur - S5_1 * vr;
      const ki = S5_2 * ui - S5_1 * vi;
      yr[to] = ar + pr + qr;
      yi[to] = ai + pi + qi;
      yr[to + s] = (mr + ti) * cos[w]! - (mi - tr) * sin[w]!;
      yi[to + s] = (mr + ti) * sin[w]! + (mi - tr) * cos[w]!;
      yr[to + 2 * s] = (nr + ki) * cos[2 * w]! - (ni - kr) * sin[2 * w]!;
      yi[to + 2 * s] = (nr + ki) * sin[2 * w]! + (ni - kr) * cos[2 * w]!;
      yr[to + 3 * s] = (nr - ki) * cos[3 * w]! - (ni + kr) * sin[3 * w]!;
      yi[to + 3 * s] = (nr - ki) * sin[3 * w]! + (ni + kr) * cos[3 * w]!;
      yr[to + 4 * s] = (mr - ti) * cos[4 * w]! - (mi + tr) * sin[4 * w]!;
      yi[to + 4 * s] = (mr - ti) * sin[4 * w]! + (mi + tr) * cos[4 * w]!;
    }
  }
}

const STAGES = { 2: stage2, 3: stage3, 4: stage4, 5: stage5 } as const;

/** Two buffers that a transform may overwrite, at least (length × stride) numbers each. */
interface Scratch {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Forward transform in place of `stride` interleaved sequences, element j of sequence q at `at + q + stride · j`. */
function transformLines(
  plan: AxisPlan,
  re: Float64Array,
  im: Float64Array,
  at: number,
  stride: number,
  scratch: Scratch,
  buffers: StageBuffers,
): void {
  buffers.xr = re;
  buffers.xi = im;
  buffers.xAt = at;
  buffers.yr = scratch.re;
  buffers.yi = scratch.im;
  buffers.yAt = 0;
  let n = plan.n;
  let s = stride;
  for (let i = 0; i < plan.radices.length; i++) {
    const radix = plan.radices[i] as 2 | 3 | 4 | 5;
    const m = n / radix;
    STAGES[radix](plan, m, s, plan.n / n, buffers);
    const { xr, xi, xAt } = buffers;
    buffers.xr = buffers.yr;
    buffers.xi = buffers.yi;
    buffers.xAt = buffers.yAt;
    buffers.yr = xr;
    buffers.yi = xi;
    buffers.yAt = xAt;
    n = m;
    s *= radix;
  }
  if (plan.radices.length % 2 === 0) return;
  const size = plan.n * stride;
  for (let i = 0; i < size; i++) {
    re[at + i] = scratch.re[i]!;
    im[at + i] = scratch.im[i]!;
  }
}

const emptyBuffers = (): StageBuffers => {
  const none = new Float64Array(0);
  return { xr: none, xi: none, xAt: 0, yr: none, yi: none, yAt: 0 };
};

const scratchOf = (size: number): Scratch => ({ re: new Float64Array(size), im: new Float64Array(size) });

/** A transform of complex grids of one shape; it owns its tables and scratch, so calls allocate nothing. */
export interface ComplexFft {
  readonly shape: GridShape;
  /** In place, real and imaginary parts [nx * ny * nz]: X(h) = Σ x(j) exp(−2πi h·j/n). */
  forward(re: Float64Array, im: Float64Array): void;
  /** In place: x(j) = Σ X(h) exp(+2πi h·j/n), without 1/n. */
  inverse(re: Float64Array, im: Float64Array): void;
}

/** Throws for an axis whose length has a prime factor beyond 5; see `nextSmooth`. */
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

/** Throws for an axis whose length has a prime factor beyond 5; see `nextSmooth`. */
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
