import type { StructureFactors } from './structureFactors.ts';

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

/**
 * The same correlation without a map, by Parseval's theorem: Σ |F||F'| cos(φ − φ') / √(Σ|F|² Σ|F'|²) over one list of
 * reflections (Lunin & Woolfson, Acta Cryst. D49, 530, 1993).
 */
export function factorCorrelation(p: StructureFactors, q: StructureFactors): number {
  if (p.re.length !== q.re.length) throw new Error(`${p.re.length} reflections against ${q.re.length}`);
  let pp = 0;
  let qq = 0;
  let pq = 0;
  for (let k = 0; k < p.re.length; k++) {
    pp += p.re[k]! ** 2 + p.im[k]! ** 2;
    qq += q.re[k]! ** 2 + q.im[k]! ** 2;
    pq += p.re[k]! * q.re[k]! + p.im[k]! * q.im[k]!;
  }
  return pq / Math.sqrt(pp * qq);
}
