/** Correlation of a pattern with a triangular weight, in a time that does not depend on the width. */
export interface TriangleFilter {
  /** out_i = Σ_r max(0, 1 − |r|/L) v_{i+r}; bins outside count as zero. `out` may not be `v`. */
  apply(v: Float64Array, out: Float64Array): void;
}

/**
 * The weight for a half base of L bins, any real number ≥ 0; up to 1 it is the single bin. With m the whole number
 * above L − 1, so that m bins on either side have a weight, max(0, 1 − |r|/L) is a mixture of the triangle of half base
 * m and the box of half width m − 1; both come from running sums, which err by rounding alone.
 */
export function triangleFilter(halfBase: number): TriangleFilter {
  const m = Math.max(1, Math.ceil(halfBase));
  const triangleShare = halfBase <= 1 ? 1 : m / halfBase;
  const boxShare = 1 - triangleShare;
  return {
    apply(v, out) {
      const n = v.length;
      // rising flank of the triangle: Σ_{r = 0}^{m − 1} v_{i+r} ahead, Σ v_{i−r} behind
      let ahead = 0;
      let behind = 0;
      let triangle = 0;
      for (let r = 0; r < m && r < n; r++) {
        ahead += v[r]!;
        triangle += (m - r) * v[r]!;
      }
      for (let i = 0; i < n; i++) {
        // here: triangle = Σ (m − |r|) v_{i+r}, ahead = Σ_{0 ≤ r < m} v_{i+r}, behind = Σ_{1 ≤ r < m} v_{i−r}
        const box = ahead + behind;
        out[i] = (triangleShare * triangle) / m + boxShare * box;
        behind += v[i]! - (i - m + 1 >= 0 ? v[i - m + 1]! : 0);
        ahead += (i + m < n ? v[i + m]! : 0) - v[i]!;
        // the weights of what lies ahead grow by one, those of what lies behind shrink by one
        triangle += ahead - (behind + (i - m + 1 >= 0 ? v[i - m + 1]! : 0));
      }
    },
  };
}
