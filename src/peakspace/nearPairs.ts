import type { AxisCells } from './axisCells.ts';
import type { LeafOrder } from './leafOrder.ts';
import type { OverlapTable, PANEL } from './overlapKernel.ts';

/**
 * Overlap of the peaks of the same leaf and of adjacent leaves, pair by pair from the table: O = σ P(v, ε) with
 * v = |d|/σ, ε = (H₁ − H₂)/σ and P = o0 + ε² o2. With D = ∂P/∂v, S = P − v D (∂O/∂σ without ε), E = ∂P/∂ε = 2 ε o2:
 *   ∂O/∂t₁ = ± D + H₁′ (S + E (1 − ε)),  ∂O/∂t₂ = ∓ D + H₂′ (S − E (1 + ε)),
 * the sign that of t₁ − t₂, since σ ∂ε/∂H₁ = 1 − ε and σ ∂ε/∂H₂ = −(1 + ε).
 * Self terms: O = 2H o0(0), half of whose derivative is H′ o0(0).
 *
 * Overwrites A_i = Σ_j I_j O_ij and T_i = Σ_j I_j ∂O_ij/∂t_i.
 */
export function nearField(
  { coefficients, panelsPerUnit, self }: OverlapTable,
  { leaves }: AxisCells,
  { start, position, width, intensity, widthSlope }: LeafOrder,
  byIntensity: Float64Array,
  byPosition: Float64Array,
): void {
  const N: typeof PANEL = 9;
  const count = start[leaves];
  for (let i = 0; i < count; i++) {
    byIntensity[i] = 2 * self * width[i] * intensity[i];
    byPosition[i] = self * widthSlope[i] * intensity[i];
  }
  const perPanel = 2 * panelsPerUnit;
  for (let c = 0; c < leaves; c++) {
    const own = start[c + 1];
    const end = start[Math.min(c + 2, leaves)];
    for (let i = start[c]; i < own; i++) {
      const t = position[i];
      const h = width[i];
      const hSlope = widthSlope[i];
      const weight = intensity[i];
      let value = 0;
      let slope = 0;
      for (let j = i + 1; j < end; j++) {
        const d = t - position[j];
        const sigma = h + width[j];
        const perSigma = 1 / sigma;
        const v = Math.abs(d) * perSigma;
        const e = (h - width[j]) * perSigma;
        const panel = (v * panelsPerUnit) | 0;
        const x = v * perPanel - 2 * panel - 1;
        const at = panel * N;
        const c1 = coefficients[at + 1];
        const c2 = coefficients[at + 2];
        const c3 = coefficients[at + 3];
        const c4 = coefficients[at + 4];
        const c5 = coefficients[at + 5];
        const b1 = coefficients[at + 7];
        const b2 = coefficients[at + 8];
        const o2 = coefficients[at + 6] + x * (b1 + x * b2);
        const p = coefficients[at] + x * (c1 + x * (c2 + x * (c3 + x * (c4 + x * c5)))) + e * e * o2;
        const dp =
          perPanel *
          (c1 + x * (2 * c2 + x * (3 * c3 + x * (4 * c4 + x * 5 * c5))) + e * e * (b1 + x * 2 * b2));
        const common = p - v * dp;
        const byE = 2 * e * o2;
        const along = d >= 0 ? dp : -dp;
        const other = intensity[j];
        value += other * sigma * p;
        slope += other * (along + hSlope * (common + byE * (1 - e)));
        byIntensity[j] += weight * sigma * p;
        byPosition[j] += weight * (widthSlope[j] * (common - byE * (1 + e)) - along);
      }
      byIntensity[i] += value;
      byPosition[i] += slope;
    }
  }
}

/** Σ over near pairs and self terms of I_i I_j O_ij: their share of the squared norm of the pattern. */
export function nearEnergy(
  { coefficients, panelsPerUnit, self }: OverlapTable,
  { leaves }: AxisCells,
  { start, position, width, intensity }: LeafOrder,
): number {
  const N: typeof PANEL = 9;
  const perPanel = 2 * panelsPerUnit;
  let energy = 0;
  for (let c = 0; c < leaves; c++) {
    const own = start[c + 1];
    const end = start[Math.min(c + 2, leaves)];
    for (let i = start[c]; i < own; i++) {
      const t = position[i];
      const h = width[i];
      let value = self * h * intensity[i];
      for (let j = i + 1; j < end; j++) {
        const sigma = h + width[j];
        const perSigma = 1 / sigma;
        const v = Math.abs(t - position[j]) * perSigma;
        const e = (h - width[j]) * perSigma;
        const panel = (v * panelsPerUnit) | 0;
        const x = v * perPanel - 2 * panel - 1;
        const at = panel * N;
        const o0 =
          coefficients[at] +
          x *
            (coefficients[at + 1] +
              x *
                (coefficients[at + 2] +
                  x * (coefficients[at + 3] + x * (coefficients[at + 4] + x * coefficients[at + 5]))));
        const o2 = coefficients[at + 6] + x * (coefficients[at + 7] + x * coefficients[at + 8]);
        value += intensity[j] * sigma * (o0 + e * e * o2);
      }
      energy += intensity[i] * value;
    }
  }
  return 2 * energy;
}
