import type { Structure } from '../crystal/structure.ts';
import { type FormFactor, formFactorOf, scatteringFactor } from '../diffraction/formFactor.ts';
import { samePosition } from './positions.ts';
import { type StructureFactors, squareS } from './structureFactors.ts';

export interface PattersonOptions {
  /** Divide by the fall-off of the atoms, Σ f_j²(s) / Σ f_j²(0), as if they were points. */
  readonly sharpen: boolean;
  /** Subtract Σ f_j²(s), the vectors of each atom to itself. */
  readonly removeOrigin: boolean;
  /** Gaussian damping exp(−2 B s²) against the ripples of a sharpened map; B in square angstrom, 0 for none. */
  readonly damping: number;
}

/**
 * Coefficients of the Patterson function P(u) = (1/V) Σ |F(h)|² cos 2π h·u, which is V ∫ ρ(x) ρ(x + u) d³x over unit
 * fractions, the autocorrelation of the density (Patterson, Phys. Rev. 46, 372, 1934; sharpening and origin removal:
 * International Tables B, 2.3.1). Real, so that any synthesis of this folder makes the map; square electrons, and
 * the map in square electrons per cubic angstrom.
 */
export function pattersonFactors(
  factors: StructureFactors,
  { sites }: Pick<Structure, 'sites'>,
  { sharpen, removeOrigin, damping }: PattersonOptions,
): StructureFactors {
  const q = squareS(factors.cell, factors.hkl);
  const selfOf = selfScattering(sites);
  const self0 = selfOf(0);
  const coefficient = (square: number, s2: number): number => {
    const self = selfOf(s2);
    const kept = removeOrigin ? square - self : square;
    return (sharpen ? (kept * self0) / self : kept) * Math.exp(-2 * damping * s2);
  };
  return {
    ...factors,
    re: factors.re.map((re, k) => coefficient(re * re + factors.im[k]! ** 2, q[k]!)),
    im: new Float64Array(factors.im.length),
    f000: coefficient(factors.f000 ** 2, 0),
  };
}

/** Σ over positions of |Σ occ f(s)|²: species that share a position are one scatterer. */
function selfScattering(sites: Structure['sites']): (s2: number) => number {
  const positions: { fract: Structure['sites'][number]['fract']; parts: [number, FormFactor][] }[] = [];
  for (const { element, fract, occupancy } of sites) {
    const known = positions.find(position => samePosition(position.fract, fract));
    if (known) known.parts.push([occupancy, formFactorOf(element)]);
    else positions.push({ fract, parts: [[occupancy, formFactorOf(element)]] });
  }
  return s2 =>
    positions.reduce(
      (sum, { parts }) =>
        sum + parts.reduce((f, [occupancy, factor]) => f + occupancy * scatteringFactor(factor, s2), 0) ** 2,
      0,
    );
}
