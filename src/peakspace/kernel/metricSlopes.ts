const RAD = Math.PI / 180;

/**
 * The chain rule of `cellGradient` without its allocations: with Γ = Σ_k (∂L/∂(1/d²)_k) h_k h_kᵀ and N = G* Γ G*,
 * dL/dp = −tr(N dG/dp), where dG/da has 2a, b cosγ, c cosβ in its first row and column, and so on.
 * @param gamma Γ as 11, 22, 33, 12, 13, 23
 * @param out six derivatives, per angstrom and per degree
 */
export function cellSlopes(
  cell: Float64Array,
  recip: Float64Array,
  gamma: Float64Array,
  out: Float64Array,
): void {
  const r0 = recip[0];
  const r1 = recip[4];
  const r2 = recip[8];
  const r01 = recip[1];
  const r02 = recip[2];
  const r12 = recip[5];
  const g0 = gamma[0];
  const g1 = gamma[1];
  const g2 = gamma[2];
  const g01 = gamma[3];
  const g02 = gamma[4];
  const g12 = gamma[5];
  // rows of Γ G*
  const m00 = g0 * r0 + g01 * r01 + g02 * r02;
  const m01 = g0 * r01 + g01 * r1 + g02 * r12;
  const m02 = g0 * r02 + g01 * r12 + g02 * r2;
  const m10 = g01 * r0 + g1 * r01 + g12 * r02;
  const m11 = g01 * r01 + g1 * r1 + g12 * r12;
  const m12 = g01 * r02 + g1 * r12 + g12 * r2;
  const m20 = g02 * r0 + g12 * r01 + g2 * r02;
  const m21 = g02 * r01 + g12 * r1 + g2 * r12;
  const m22 = g02 * r02 + g12 * r12 + g2 * r2;
  const n00 = r0 * m00 + r01 * m10 + r02 * m20;
  const n11 = r01 * m01 + r1 * m11 + r12 * m21;
  const n22 = r02 * m02 + r12 * m12 + r2 * m22;
  const n01 = r0 * m01 + r01 * m11 + r02 * m21;
  const n02 = r0 * m02 + r01 * m12 + r02 * m22;
  const n12 = r01 * m02 + r1 * m12 + r12 * m22;
  const a = cell[0];
  const b = cell[1];
  const c = cell[2];
  const alpha = cell[3] * RAD;
  const beta = cell[4] * RAD;
  const gammaRad = cell[5] * RAD;
  const cosAlpha = Math.cos(alpha);
  const cosBeta = Math.cos(beta);
  const cosGamma = Math.cos(gammaRad);
  out[0] = -2 * (n00 * a + n01 * b * cosGamma + n02 * c * cosBeta);
  out[1] = -2 * (n11 * b + n01 * a * cosGamma + n12 * c * cosAlpha);
  out[2] = -2 * (n22 * c + n02 * a * cosBeta + n12 * b * cosAlpha);
  out[3] = 2 * n12 * b * c * Math.sin(alpha) * RAD;
  out[4] = 2 * n02 * a * c * Math.sin(beta) * RAD;
  out[5] = 2 * n01 * a * b * Math.sin(gammaRad) * RAD;
}
