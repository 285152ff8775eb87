import { type Cell, cellGradient, latticeMatrix, reciprocalMetric } from '../crystal/cell.ts';
import { determinant, product, transpose } from '../num/matrix3.ts';
import { GPA } from './potential.ts';

/**
 * dE/d(a, b, c, α, β, γ) at fixed fractional coordinates, eV per angstrom and per degree. With the virial
 * W = dE/dε = V σ and L′ = (1 + ε) L, dE = ½ tr(L⁻¹ W L⁻ᵀ dG); `cellGradient` wants −½ Lᵀ W L.
 * @param stress GPa, 3 × 3, in the orientation of `latticeMatrix`
 */
export function energyGradient(cell: Cell, stress: ArrayLike<number>, out: Float64Array): Float64Array {
  const lattice = latticeMatrix(cell);
  const scale = -Math.abs(determinant(lattice)) / GPA / 2;
  const gamma = product(transpose(lattice), product(stress, lattice)).map(value => scale * value);
  return cellGradient(cell, reciprocalMetric(cell), gamma, out);
}
