import type { Structure } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { listedReflections } from '../../diffraction/reflections.ts';
import { pointwiseDistance, pointwiseDistances } from '../../matching/invariants.ts';
import { matchCrystals } from '../../matching/matcher.ts';
import { type PhasedPattern, patternOfFactors } from '../../phasing/lab/phasedPattern.ts';
import {
  amplitudesOf,
  phasesOf,
  structureFactors,
  structureFactorsAt,
} from '../../phasing/structureFactors.ts';

export interface PairArgs {
  readonly first: Structure;
  readonly second: Structure;
  readonly dMin: number;
  readonly instrument: Instrument;
}
export interface HomometricCheck {
  readonly reflections: number;
  /** Largest ||F| − |F'|| over F(000), and largest difference of the patterns over their highest point. */
  readonly amplitudeDifference: number;
  readonly patternDifference: number;
  /** Largest phase difference, degrees, where |F| is more than a thousandth of F(000). */
  readonly phaseDifference: number;
  /** Earth Mover's Distance of the pointwise distance distributions, angstrom; 0 only for equal crystals. */
  readonly distance: number;
  readonly matched: boolean;
  readonly first: PhasedPattern;
  readonly second: PhasedPattern;
  /** Projected densities along c, equal steps [m]. */
  readonly projections: readonly [Float64Array, Float64Array];
}

/** Points along c of the projected densities. */
const PROJECTED = 240;
/** Of F(000): weaker reflections have no phase to speak of. */
const PHASED = 1e-3;

/** True where two crystals diffract alike and are different all the same, in numbers. */
export function checkPair({ first, second, dMin, instrument }: PairArgs): HomometricCheck {
  const p = structureFactors(first, dMin);
  const q = structureFactorsAt(second, p.hkl);
  const [pF, qF] = [amplitudesOf(p), amplitudesOf(q)];
  const [pPhase, qPhase] = [phasesOf(p), phasesOf(q)];
  let amplitudeDifference = 0;
  let phaseDifference = 0;
  for (let k = 0; k < pF.length; k++) {
    amplitudeDifference = Math.max(amplitudeDifference, Math.abs(pF[k]! - qF[k]!) / p.f000);
    if (pF[k]! < PHASED * p.f000) continue;
    const apart = Math.abs(pPhase[k]! - qPhase[k]!);
    phaseDifference = Math.max(phaseDifference, Math.min(apart, 360 - apart));
  }
  const one = patternOfFactors(
    structureFactorsAt(first, listedReflections(first.cell, instrument, 1)),
    instrument,
  );
  const two = patternOfFactors(
    structureFactorsAt(second, listedReflections(second.cell, instrument, 1)),
    instrument,
  );
  const highest = one.values.reduce((most, value) => Math.max(most, value), 0);
  const gap = one.values.reduce((most, value, i) => Math.max(most, Math.abs(value - two.values[i]!)), 0);
  return {
    reflections: pF.length,
    amplitudeDifference,
    patternDifference: highest > 0 ? gap / highest : Number.NaN,
    phaseDifference,
    distance: pointwiseDistance(pointwiseDistances(first), pointwiseDistances(second)),
    matched: matchCrystals(first, second).matched,
    first: one,
    second: two,
    projections: [projection(p), projection(q)],
  };
}

/** Density projected on c, electrons per angstrom: the sum of the 00l alone, (1/c) Σ_l F(00l) exp(−2πi l z). */
function projection({ cell, hkl, re, im, f000 }: ReturnType<typeof structureFactors>): Float64Array {
  const out = new Float64Array(PROJECTED).fill(f000 / cell[2]);
  for (let k = 0; k < re.length; k++) {
    if (hkl[3 * k] !== 0 || hkl[3 * k + 1] !== 0) continue;
    for (let i = 0; i < PROJECTED; i++) {
      const angle = (2 * Math.PI * hkl[3 * k + 2]! * i) / PROJECTED;
      out[i]! += (2 / cell[2]) * (re[k]! * Math.cos(angle) + im[k]! * Math.sin(angle));
    }
  }
  return out;
}
