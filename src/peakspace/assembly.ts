import type { OverlapRoom } from './peakOverlap.ts';
import type { Peaks } from './peakStage.ts';
import type { ReflectionList } from './reflectionList.ts';
import type { TARGET_TERMS, TargetTable } from './targetTable.ts';

/** x · x̂ = Σ_k I_k G(t_k). */
export function dotWith(
  { coefficients, low, panelsPerDegree }: TargetTable,
  { count, position, intensity }: Peaks,
): number {
  const N: typeof TARGET_TERMS = 8;
  let dot = 0;
  for (let k = 0; k < count; k++) {
    const scaled = (position[k] - low) * panelsPerDegree;
    const panel = scaled | 0;
    const x = 2 * (scaled - panel) - 1;
    const c = panel * N;
    const upper =
      coefficients[c + 4] + x * (coefficients[c + 5] + x * (coefficients[c + 6] + x * coefficients[c + 7]));
    const lower =
      coefficients[c] +
      x * (coefficients[c + 1] + x * (coefficients[c + 2] + x * (coefficients[c + 3] + x * upper)));
    dot += intensity[k] * lower;
  }
  return dot;
}

/** x · x̂, and its derivative in u = sin²θ of each peak: G dI/du + I G′ dt/du, into `dotByU`. */
export function dotSlopes(
  { coefficients, low, panelsPerDegree }: TargetTable,
  { count, position, intensity, positionByU, intensityByU, dotByU }: Peaks,
): number {
  const N: typeof TARGET_TERMS = 8;
  let dot = 0;
  for (let k = 0; k < count; k++) {
    const scaled = (position[k] - low) * panelsPerDegree;
    const panel = scaled | 0;
    const x = 2 * (scaled - panel) - 1;
    const c = panel * N;
    const c1 = coefficients[c + 1];
    const c2 = coefficients[c + 2];
    const c3 = coefficients[c + 3];
    const c4 = coefficients[c + 4];
    const c5 = coefficients[c + 5];
    const c6 = coefficients[c + 6];
    const c7 = coefficients[c + 7];
    const value = coefficients[c] + x * (c1 + x * (c2 + x * (c3 + x * (c4 + x * (c5 + x * (c6 + x * c7))))));
    const byX = c1 + x * (2 * c2 + x * (3 * c3 + x * (4 * c4 + x * (5 * c5 + x * (6 * c6 + x * 7 * c7)))));
    dot += intensity[k] * value;
    dotByU[k] = value * intensityByU[k] + 2 * panelsPerDegree * byX * intensity[k] * positionByU[k];
  }
  return dot;
}

/**
 * Γ = Σ_k dL/du_k h hᵀ with dL/du = k₁ d(x·x̂)/du + k₂ (A dI/du + I T dt/du).
 * @param out Γ as 11, 22, 33, 12, 13, 23
 */
export function assemble(
  { products }: ReflectionList,
  { count, reflection, intensity, positionByU, intensityByU, dotByU }: Peaks,
  { distinct: { place }, byIntensity, byPosition }: OverlapRoom,
  k1: number,
  k2: number,
  out: Float64Array,
): void {
  let g11 = 0;
  let g22 = 0;
  let g33 = 0;
  let g12 = 0;
  let g13 = 0;
  let g23 = 0;
  for (let k = 0; k < count; k++) {
    const at = place[k];
    const byNorm = byIntensity[at] * intensityByU[k] + byPosition[at] * intensity[k] * positionByU[k];
    const byU = k1 * dotByU[k] + k2 * byNorm;
    const h = 6 * reflection[k];
    g11 += byU * products[h];
    g22 += byU * products[h + 1];
    g33 += byU * products[h + 2];
    g12 += byU * products[h + 3];
    g13 += byU * products[h + 4];
    g23 += byU * products[h + 5];
  }
  out[0] = g11;
  out[1] = g22;
  out[2] = g33;
  out[3] = g12;
  out[4] = g13;
  out[5] = g23;
}
