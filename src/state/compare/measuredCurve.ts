import { findPeaks } from '../../diffraction/findPeaks.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { userPattern } from '../files/userFiles.ts';
import type { CompareCurve } from './compareSlice.ts';

/** A measured pattern as it is in its file, its maxima as peaks. */
export async function measuredCurve(key: string, id: string, base: Instrument): Promise<CompareCurve> {
  const { name, twoTheta, intensity, wavelength } = await userPattern(id);
  const n = twoTheta.length;
  const highest = intensity.reduce((most, value) => Math.max(most, value), 0);
  if (!(highest > 0)) throw new Error('no intensity above 0');
  return {
    key,
    name,
    formula: name,
    spaceGroup: null,
    family: 'triclinic',
    cell: null,
    instrument: {
      ...base,
      wavelength: wavelength.alpha1,
      twoThetaMin: twoTheta[0]!,
      twoThetaMax: twoTheta[n - 1]!,
      step: (twoTheta[n - 1]! - twoTheta[0]!) / (n - 1),
    },
    twoTheta,
    values: intensity,
    highest,
    table: null,
    peaks: findPeaks(twoTheta, intensity).map(peak => ({ ...peak, forms: [] })),
    measured: true,
  };
}
