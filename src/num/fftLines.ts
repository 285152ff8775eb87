/**
 * One-dimensional Fourier transforms of side-by-side sequences, lengths 2^a 3^b 5^c: the stages under `fft.ts`.
 * Stockham's self-sorting form (Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, section 1.7):
 * every stage reads one buffer and writes the other, so no bit reversal is needed, and `stride` interleaved sequences
 * are transformed together, which keeps the innermost loop over adjacent numbers along every axis of a grid.
 */

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
export interface AxisPlan {
  readonly n: number;
  readonly radices: readonly number[];
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

export function axisPlan(n: number): AxisPlan {
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
export interface StageBuffers {
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
export interface Scratch {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Forward transform in place of `stride` interleaved sequences, element j of sequence q at `at + q + stride · j`. */
export function transformLines(
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
    // Quotients are whole; `| 0` keeps them from being boxed as floating-point arguments at every call.
    const m = (n / radix) | 0;
    STAGES[radix](plan, m, s, (plan.n / n) | 0, buffers);
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

export const emptyBuffers = (): StageBuffers => {
  const none = new Float64Array(0);
  return { xr: none, xi: none, xAt: 0, yr: none, yi: none, yAt: 0 };
};

export const scratchOf = (size: number): Scratch => ({
  re: new Float64Array(size),
  im: new Float64Array(size),
});
