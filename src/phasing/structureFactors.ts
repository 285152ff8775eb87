import { type Cell, inverseSquareSpacing, reciprocalMetric } from '../crystal/cell.ts';
import type { Site, Structure } from '../crystal/structure.ts';
import { formFactorOf, scatteringFactor } from '../diffraction/formFactor.ts';
import { enumerateReflections } from '../diffraction/reflections.ts';
import { structureFactorSums } from '../diffraction/structureFactor.ts';

/**
 * Complex structure factors of a crystal, in electrons: F(h) = Σ_j occ_j f_j(s) exp(2πi h·x_j), s = 1/(2d)
 * (International Tables B, 1.2.4). One reflection of each Friedel pair is listed; its mate is the conjugate,
 * F(−h) = F*(h), since the form factors are real. F(000) = Σ occ_j Z_j is kept beside the list.
 */
export interface StructureFactors {
  readonly cell: Cell;
  /** [n * 3]; (0,0,0) is not in it. */
  readonly hkl: Int32Array;
  /** [n] */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly f000: number;
}

type Crystal = Pick<Structure, 'cell' | 'sites'>;

/** q = s² = 1/(4d²) of every reflection, inverse square angstrom [n]. */
export function squareS(cell: Cell, hkl: Int32Array): Float64Array {
  const recip = reciprocalMetric(cell);
  return Float64Array.from(
    { length: hkl.length / 3 },
    (_, k) => 0.25 * inverseSquareSpacing(recip, hkl[3 * k]!, hkl[3 * k + 1]!, hkl[3 * k + 2]!),
  );
}

/** Structure factors of all reflections with d ≥ dMin (angstrom), ordered by falling d. Throws for dMin ≤ 0. */
export function structureFactors(crystal: Crystal, dMin: number): StructureFactors {
  if (!(dMin > 0)) throw new Error(`resolution ${dMin} Å is not a positive spacing`);
  return structureFactorsAt(crystal, enumerateReflections(crystal.cell, 1 / dMin));
}

/** Structure factors at given indices [n * 3], whatever their spacing. */
export function structureFactorsAt({ cell, sites }: Crystal, hkl: Int32Array): StructureFactors {
  const sums = structureFactorSums(sites, hkl);
  const factors = sums.elements.map(formFactorOf);
  const q = squareS(cell, hkl);
  const re = new Float64Array(sums.count);
  const im = new Float64Array(sums.count);
  for (let k = 0; k < sums.count; k++)
    for (let e = 0; e < factors.length; e++) {
      const f = scatteringFactor(factors[e]!, q[k]!);
      re[k]! += f * sums.re[k * factors.length + e]!;
      im[k]! += f * sums.im[k * factors.length + e]!;
    }
  return { cell, hkl, re, im, f000: electronCount(sites) };
}

/** Σ occ_j Z_j: electrons of the cell. */
const electronCount = (sites: readonly Site[]): number =>
  sites.reduce((sum, { element, occupancy }) => sum + occupancy * formFactorOf(element).z, 0);

/** |F| in electrons [n]. */
export const amplitudesOf = ({ re, im }: StructureFactors): Float64Array =>
  re.map((value, k) => Math.hypot(value, im[k]!));

/** Phases in degrees, −180 < φ ≤ 180 [n]; 0 where F is zero. */
export const phasesOf = ({ re, im }: StructureFactors): Float64Array =>
  re.map((value, k) => (Math.atan2(im[k]!, value) * 180) / Math.PI);

/**
 * The same crystal with every atom moved by `shift` (unit fractions): F(h) exp(2πi h·shift). Phases turn, amplitudes
 * stay.
 */
export function shiftOrigin(
  factors: StructureFactors,
  shift: readonly [number, number, number],
): StructureFactors {
  const { hkl } = factors;
  const re = factors.re.slice();
  const im = factors.im.slice();
  for (let k = 0; k < re.length; k++) {
    const turns = hkl[3 * k]! * shift[0] + hkl[3 * k + 1]! * shift[1] + hkl[3 * k + 2]! * shift[2];
    const phase = 2 * Math.PI * (turns - Math.round(turns));
    const [c, s] = [Math.cos(phase), Math.sin(phase)];
    re[k] = factors.re[k]! * c - factors.im[k]! * s;
    im[k] = factors.re[k]! * s + factors.im[k]! * c;
  }
  return { ...factors, re, im };
}

/**
 * The same crystal with all atoms blurred alike: F(h) exp(−B s²), B = 8π² ⟨u²⟩ in square angstrom (International
 * Tables B, 1.2.10). It makes a synthesis of few reflections ripple less.
 */
export function withBlur(factors: StructureFactors, b: number): StructureFactors {
  const s2 = squareS(factors.cell, factors.hkl);
  return {
    ...factors,
    re: factors.re.map((value, k) => value * Math.exp(-b * s2[k]!)),
    im: factors.im.map((value, k) => value * Math.exp(-b * s2[k]!)),
  };
}
