import type { Instrument } from '../diffraction/instrument.ts';
import { lorentzPolarisation } from '../diffraction/lorentzPolarisation.ts';
import { fwhmGroups } from './powderCounts.ts';
import { twoThetaOf } from './powderPattern.ts';
import { type StructureFactors, squareS } from './structureFactors.ts';

export interface ExtractedAmplitudes {
  /** |F| in electrons [n], equal within each group of reflections that the powder does not resolve. */
  readonly amplitudes: Float64Array;
  /** Groups of reflections within one FWHM: the numbers that were really there. */
  readonly groups: number;
  /** Σ ||F| extracted − |F|| / Σ |F|. */
  readonly error: number;
}

/**
 * The amplitudes that a powder pattern gives away: the intensity of all reflections within one FWHM is known, its
 * distribution is not and is taken as even, |F|² = Σ lp |F|² / Σ lp, as every whole-pattern extraction starts and, for
 * exact overlaps, ends (Pawley, J. Appl. Cryst. 14, 357, 1981; Le Bail, Duroy & Fourquet, Mater. Res. Bull. 23, 447,
 * 1988). The profile itself is taken as perfectly fitted.
 * @param absent rows known to be extinct take no share and come back as 0; null when nothing is known [n]
 * @param instrument wavelength and widths count, its window does not; throws where the list passes the limiting sphere
 */
export function extractAmplitudes(
  factors: StructureFactors,
  instrument: Instrument,
  absent: Uint8Array | null,
): ExtractedAmplitudes {
  const s2 = squareS(factors.cell, factors.hkl);
  const kept = Array.from(s2.keys()).filter(row => !absent?.[row]);
  kept.sort((p, q) => s2[p]! - s2[q]!);
  const twoTheta = kept.map(row => twoThetaOf(s2[row]!, instrument.wavelength));
  const last = kept.at(-1);
  // Backscattering itself has no finite Lorentz factor.
  if (last !== undefined && !(twoTheta.at(-1)! < 179.9))
    throw new Error(
      `d = ${(0.5 / Math.sqrt(s2[last]!)).toFixed(3)} Å is out of reach of wavelength ${instrument.wavelength} Å`,
    );
  const amplitudes = new Float64Array(s2.length);
  const groups = fwhmGroups(twoTheta, instrument);
  for (const [from, to] of groups) {
    const rows = kept.slice(from, to);
    let intensity = 0;
    let share = 0;
    for (const row of rows) {
      const lp = lorentzPolarisation(s2[row]! * instrument.wavelength ** 2);
      intensity += lp * (factors.re[row]! ** 2 + factors.im[row]! ** 2);
      share += lp;
    }
    for (const row of rows) amplitudes[row] = Math.sqrt(intensity / share);
  }
  let difference = 0;
  let total = 0;
  for (let k = 0; k < s2.length; k++) {
    const ideal = Math.hypot(factors.re[k]!, factors.im[k]!);
    difference += Math.abs(amplitudes[k]! - ideal);
    total += ideal;
  }
  return { amplitudes, groups: groups.length, error: difference / total };
}
