/**
 * Y = X Wᵀ for many rows of X at once, the loop in which nearly all the time of the potential is spent. Four rows and
 * two outputs go together, so that six numbers read serve eight products and the sums stay in registers.
 * @param weight [nOut * nIn]
 * @param x rows × nIn, from `xAt` on
 * @param y rows × nOut, from `yAt` on; overwritten
 */
export function multiplyRows(
  weight: Float64Array,
  nIn: number,
  nOut: number,
  x: Float64Array,
  xAt: number,
  rows: number,
  y: Float64Array,
  yAt: number,
): void {
  let r = 0;
  for (; r + 4 <= rows; r += 4) fourRows(weight, nIn, nOut, x, xAt + r * nIn, y, yAt + r * nOut);
  for (; r < rows; r++) oneRow(weight, nIn, nOut, x, xAt + r * nIn, y, yAt + r * nOut);
}

function fourRows(
  weight: Float64Array,
  nIn: number,
  nOut: number,
  x: Float64Array,
  xAt: number,
  y: Float64Array,
  yAt: number,
): void {
  const [x1, x2, x3] = [xAt + nIn, xAt + 2 * nIn, xAt + 3 * nIn];
  let o = 0;
  for (; o + 2 <= nOut; o += 2) {
    const w = o * nIn;
    let [s00, s01, s10, s11, s20, s21, s30, s31] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < nIn; i++) {
      const a = weight[w + i]!;
      const b = weight[w + nIn + i]!;
      const p = x[xAt + i]!;
      const q = x[x1 + i]!;
      const s = x[x2 + i]!;
      const t = x[x3 + i]!;
      s00 += a * p;
      s01 += b * p;
      s10 += a * q;
      s11 += b * q;
      s20 += a * s;
      s21 += b * s;
      s30 += a * t;
      s31 += b * t;
    }
    y[yAt + o] = s00;
    y[yAt + o + 1] = s01;
    y[yAt + nOut + o] = s10;
    y[yAt + nOut + o + 1] = s11;
    y[yAt + 2 * nOut + o] = s20;
    y[yAt + 2 * nOut + o + 1] = s21;
    y[yAt + 3 * nOut + o] = s30;
    y[yAt + 3 * nOut + o + 1] = s31;
  }
  for (; o < nOut; o++)
    for (let r = 0; r < 4; r++) y[yAt + r * nOut + o] = dot(weight, o * nIn, x, xAt + r * nIn, nIn);
}

function oneRow(
  weight: Float64Array,
  nIn: number,
  nOut: number,
  x: Float64Array,
  xAt: number,
  y: Float64Array,
  yAt: number,
): void {
  let o = 0;
  for (; o + 4 <= nOut; o += 4) {
    const w0 = o * nIn;
    const [w1, w2, w3] = [w0 + nIn, w0 + 2 * nIn, w0 + 3 * nIn];
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let i = 0; i < nIn; i++) {
      const p = x[xAt + i]!;
      s0 += weight[w0 + i]! * p;
      s1 += weight[w1 + i]! * p;
      s2 += weight[w2 + i]! * p;
      s3 += weight[w3 + i]! * p;
    }
    y[yAt + o] = s0;
    y[yAt + o + 1] = s1;
    y[yAt + o + 2] = s2;
    y[yAt + o + 3] = s3;
  }
  for (; o < nOut; o++) y[yAt + o] = dot(weight, o * nIn, x, xAt, nIn);
}

function dot(p: Float64Array, pAt: number, q: Float64Array, qAt: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += p[pAt + i]! * q[qAt + i]!;
  return sum;
}
