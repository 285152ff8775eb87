/** Windows of more points than this are taken on averaged points: cost stays below 400 operations a point. */
const WIDEST = 400;

/**
 * Background by SNIP, statistics-sensitive non-linear iterative peak clipping (Ryan et al., Nucl. Instrum. Methods B 34,
 * 396, 1988), windows shrinking (Morháč et al., Nucl. Instrum. Methods A 401, 113, 1997): with
 * v = ln(ln(√(y + 1) + 1) + 1), for p = m … 1: v_i ← min(v_i, (v_{i−p} + v_{i+p})/2).
 * @param y intensities [n]; negative ones count as 0
 * @param window m, in points: half the width of what counts as a peak
 */
export function snipBackground(y: ArrayLike<number>, window: number): Float64Array {
  const n = y.length;
  const stride = Math.max(1, Math.ceil(window / WIDEST));
  if (stride > 1) {
    const coarse = snipBackground(averaged(y, stride), Math.round(window / stride));
    return stretched(coarse, stride, n);
  }
  let v = Float64Array.from(y, value => Math.log(Math.log(Math.sqrt(Math.max(0, value) + 1) + 1) + 1));
  for (let p = Math.min(Math.floor(window), (n - 1) >> 1); p >= 1; p--) {
    const next = v.slice();
    for (let i = p; i < n - p; i++) {
      const mean = (v[i - p]! + v[i + p]!) / 2;
      if (mean < v[i]!) next[i] = mean;
    }
    v = next;
  }
  return v.map(value => (Math.exp(Math.exp(value) - 1) - 1) ** 2 - 1);
}

function averaged(y: ArrayLike<number>, stride: number): Float64Array {
  const out = new Float64Array(Math.ceil(y.length / stride));
  for (let k = 0; k < out.length; k++) {
    const end = Math.min(y.length, (k + 1) * stride);
    for (let i = k * stride; i < end; i++) out[k]! += y[i]! / (end - k * stride);
  }
  return out;
}

/** Straight lines between the middles of the averaged blocks. */
function stretched(coarse: Float64Array, stride: number, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const at = (i - (stride - 1) / 2) / stride;
    const k = Math.min(Math.max(0, Math.floor(at)), Math.max(0, coarse.length - 2));
    const t = Math.min(1, Math.max(0, at - k));
    return coarse[k]! * (1 - t) + (coarse[k + 1] ?? coarse[k]!) * t;
  });
}
