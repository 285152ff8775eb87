import { fwhm } from '../diffraction/caglioti.ts';
import { binCount, type Instrument, reflectionWindow, spectralLines } from '../diffraction/instrument.ts';
import { lorentzPolarisation } from '../diffraction/lorentzPolarisation.ts';
import { addProfile } from '../diffraction/profileBins.ts';
import { type StructureFactors, squareS } from './structureFactors.ts';

const DEGREES = 180 / Math.PI;

/** 2θ in degrees of s² = (sinθ/λ)², inverse square angstrom; NaN beyond the limiting sphere. */
export const twoThetaOf = (s2: number, wavelength: number): number =>
  2 * Math.asin(wavelength * Math.sqrt(s2)) * DEGREES;

/**
 * The powder pattern of complex structure factors, whatever their phases, on the grid of the instrument [binCount]:
 * each reflection and its Friedel mate give |F|² times the Lorentz-polarisation factor each. It is the full pattern of
 * the crystal when the list reaches the end of the window, and one cut at the list's resolution when it does not.
 */
export function powderPattern(factors: StructureFactors, instrument: Instrument): Float64Array {
  const { lower, upper } = reflectionWindow(instrument);
  const out = new Float64Array(binCount(instrument));
  const s2 = squareS(factors.cell, factors.hkl);
  for (const { wavelength, weight } of spectralLines(instrument))
    for (let k = 0; k < s2.length; k++) {
      const twoTheta = twoThetaOf(s2[k]!, wavelength);
      if (!(twoTheta > lower && twoTheta <= upper)) continue;
      const square = factors.re[k]! ** 2 + factors.im[k]! ** 2;
      const u = s2[k]! * wavelength ** 2;
      addProfile(
        instrument,
        twoTheta,
        fwhm(instrument, twoTheta),
        2 * weight * square * lorentzPolarisation(u),
        out,
      );
    }
  return out;
}
