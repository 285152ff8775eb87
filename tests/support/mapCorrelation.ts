/** Pearson correlation of two maps on one grid, the origin as it is; NaN when one is constant. */
export function mapCorrelation(p: Float64Array, q: Float64Array): number {
  if (p.length !== q.length) throw new Error(`a map of ${p.length} points against one of ${q.length}`);
  let meanP = 0;
  let meanQ = 0;
  for (let i = 0; i < p.length; i++) {
    meanP += p[i]!;
    meanQ += q[i]!;
  }
  meanP /= p.length;
  meanQ /= p.length;
  let pp = 0;
  let qq = 0;
  let pq = 0;
  for (let i = 0; i < p.length; i++) {
    const dp = p[i]! - meanP;
    const dq = q[i]! - meanQ;
    pp += dp * dp;
    qq += dq * dq;
    pq += dp * dq;
  }
  return pq / Math.sqrt(pp * qq);
}
