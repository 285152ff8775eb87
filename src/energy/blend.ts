import { type Cell, cellExists, cellGradient, latticeMatrix, reciprocalMetric } from '../crystal/cell.ts';
import { determinant, product, transpose } from '../num/matrix3.ts';
import { atomsInCell, type PrimitiveAtoms } from './centring.ts';
import { CLOSEST, closestPair } from './graph.ts';
import { GPA, type Potential } from './potential.ts';

/** A scalar of the six cell parameters with its gradient, per angstrom and per degree. */
export type CellFunction = (cell: Float64Array, gradient: Float64Array) => number;

/**
 * Energy of the cell, eV, fractional coordinates fixed; NaN where there is no cell or atoms are closer than 0.7 Å.
 * Centred cells are computed with their primitive atoms.
 */
export function cellEnergy(potential: Potential, atoms: PrimitiveAtoms): CellFunction {
  return (cell, gradient) => {
    if (!cellExists(cell)) return Number.NaN;
    const at = Array.from(cell) as unknown as Cell;
    const placed = atomsInCell(atoms, at);
    if (closestPair(placed) < CLOSEST) return Number.NaN;
    const { energy, stress } = potential.evaluate(placed);
    energyGradient(at, stress, gradient);
    return atoms.multiplicity * energy;
  };
}

/** The scale common to the two terms: value 0 at the truth (XRD) or the lowest energy, 1 at the top of the slice. */
export interface BlendScales {
  /** XRD loss of the truth, and the range of the loss over the slice. */
  readonly xrdZero: number;
  readonly xrdRange: number;
  /** Lowest energy over the slice and its range there, eV. */
  readonly energyZero: number;
  readonly energyRange: number;
}

/** w (XRD − zero)/range + (1 − w) (E − zero)/range: a number without unit. */
export const blended = (w: number, scales: BlendScales, xrd: number, energy: number): number =>
  (w === 0 ? 0 : (w * (xrd - scales.xrdZero)) / scales.xrdRange) +
  (w === 1 ? 0 : ((1 - w) * (energy - scales.energyZero)) / scales.energyRange);

/** The blended objective; a term of weight 0 is not evaluated. */
export function blendedObjective(
  w: number,
  scales: BlendScales,
  xrd: CellFunction,
  energy: CellFunction,
): CellFunction {
  const [gx, ge] = [new Float64Array(6), new Float64Array(6)];
  return (cell, gradient) => {
    const x = w > 0 ? xrd(cell, gx) : 0;
    const e = w < 1 ? energy(cell, ge) : 0;
    for (let i = 0; i < 6; i++)
      gradient[i] =
        (w > 0 ? (w * gx[i]!) / scales.xrdRange : 0) + (w < 1 ? ((1 - w) * ge[i]!) / scales.energyRange : 0);
    return blended(w, scales, x, e);
  };
}

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
