import type { Structure } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { reflectionWindow } from '../../diffraction/instrument.ts';
import { lorentzPolarisation } from '../../diffraction/lorentzPolarisation.ts';
import { listedReflections } from '../../diffraction/reflections.ts';
import type { PhaseChoice } from '../phaseChoice.ts';
import { chosenPhases, withPhases } from '../phaseChoice.ts';
import { powderPattern, twoThetaOf } from '../powderPattern.ts';
import { type StructureFactors, shiftOrigin, squareS, structureFactorsAt } from '../structureFactors.ts';

/** The loaded crystal with other phases, or with moved atoms. */
export interface PatternArgs {
  readonly crystal: Structure;
  readonly moved: Structure['sites'] | null;
  readonly origin: readonly [number, number, number];
  readonly choice: PhaseChoice;
  readonly instrument: Instrument;
}

/** The pattern from complex structure factors, and the flat rows of its reflections. */
export interface PhasedPattern {
  readonly values: Float64Array;
  readonly hkl: Int32Array;
  readonly twoTheta: Float64Array;
  readonly intensity: Float64Array;
}

/** The pattern that the chosen phases give: from complex structure factors through |F|², nothing taken for granted. */
export function patternOf({ crystal, moved, origin, choice, instrument }: PatternArgs): PhasedPattern {
  const sites = moved ?? crystal.sites;
  const factors = shiftOrigin(
    structureFactorsAt({ cell: crystal.cell, sites }, listedReflections(crystal.cell, instrument, 1)),
    origin,
  );
  const phased = choice.kind === 'true' ? factors : withPhases(factors, chosenPhases(factors, choice).phases);
  return patternOfFactors(phased, instrument);
}

/** Below this share of F(000)² a reflection is extinct: it has no row. */
const EXTINCT = 1e-18;

export function patternOfFactors(factors: StructureFactors, instrument: Instrument): PhasedPattern {
  const { lower, upper } = reflectionWindow(instrument);
  const s2 = squareS(factors.cell, factors.hkl);
  const hkl: number[] = [];
  const twoThetas: number[] = [];
  const intensities: number[] = [];
  for (let k = 0; k < s2.length; k++) {
    const twoTheta = twoThetaOf(s2[k]!, instrument.wavelength);
    const square = factors.re[k]! ** 2 + factors.im[k]! ** 2;
    if (!(twoTheta > lower && twoTheta <= upper) || square <= EXTINCT * factors.f000 ** 2) continue;
    hkl.push(factors.hkl[3 * k]!, factors.hkl[3 * k + 1]!, factors.hkl[3 * k + 2]!);
    twoThetas.push(twoTheta);
    intensities.push(2 * square * lorentzPolarisation(s2[k]! * instrument.wavelength ** 2));
  }
  return {
    values: powderPattern(factors, instrument),
    hkl: Int32Array.from(hkl),
    twoTheta: Float64Array.from(twoThetas),
    intensity: Float64Array.from(intensities),
  };
}
