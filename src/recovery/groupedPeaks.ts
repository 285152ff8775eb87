import { type Cell, inverseSquareSpacing, reciprocalMetric } from '../crystal/cell.ts';
import type { FamilyId } from '../crystal/family.ts';
import type { Site } from '../crystal/structure.ts';
import { fwhm, fwhmSlope } from '../diffraction/caglioti.ts';
import {
  type FormFactor,
  formFactorOf,
  scatteringFactor,
  scatteringFactorSlope,
} from '../diffraction/formFactor.ts';
import { type Instrument, reflectionWindow, spectralLines } from '../diffraction/instrument.ts';
import { lorentzPolarisation, lorentzPolarisationSlope } from '../diffraction/lorentzPolarisation.ts';
import {
  FAMILY_INVARIANTS,
  mergeReflections,
  type ReflectionRows,
} from '../diffraction/mergedReflections.ts';
import { emptyPeaks, type PeakList } from '../diffraction/pattern.ts';
import { largestStretch, listedReflections } from '../diffraction/reflections.ts';
import { dropExtinct, sortByIndex, structureFactorSums } from '../diffraction/structureFactor.ts';

/** A list serves cells within this stretch of the one it was drawn up at. */
const STRETCH = 1.15;

const DEGREES = 180 / Math.PI;

/**
 * Peaks of a crystal at any cell of a family, those that coincide throughout the family as one: a tenth of the work where
 * the symmetry is high. The list of reflections follows the cell; in the order of indices, so that a sum over the peaks
 * does not depend on the cells before, to the last bit.
 */
export interface GroupedPeaks {
  /**
   * Peaks with 2θ between two angles, degrees, of every line of the radiation; `index` counts groups. The list is
   * overwritten by the next call.
   */
  at(cell: ArrayLike<number>, lower: number, upper: number): PeakList;
  /** Indices of one reflection of each group [groups * 3], of the list that served last. */
  hkl(): Int32Array;
}

/** @param family null: every reflection is a peak of its own, Friedel mates apart */
export function groupedPeaks(
  sites: readonly Site[],
  instrument: Instrument,
  family: FamilyId | null,
): GroupedPeaks {
  let reference: Cell | null = null;
  let listedTo = 0;
  let rows: ReflectionRows | null = null;
  let factors: readonly FormFactor[] = [];
  let peaks = emptyPeaks(0);
  const lines = spectralLines(instrument);

  const drawUp = (cell: ArrayLike<number>, upper: number): void => {
    reference = Array.from({ length: 6 }, (_, i) => cell[i]!) as unknown as Cell;
    listedTo = upper;
    const beyond = Math.max(0, upper - reflectionWindow(instrument).upper);
    const wide = { ...instrument, margin: instrument.margin + beyond };
    const sums = sortByIndex(
      dropExtinct(structureFactorSums(sites, listedReflections(reference, wide, STRETCH))),
    );
    rows = mergeReflections(sums, FAMILY_INVARIANTS[family ?? 'triclinic']).rows;
    factors = sums.elements.map(formFactorOf);
    if (peaks.index.length < rows.count * lines.length) peaks = emptyPeaks(rows.count * lines.length);
  };

  return {
    hkl: () => rows!.hkl,
    at(cell, lower, upper) {
      if (!reference || upper > listedTo || largestStretch(reference, cell) > STRETCH) drawUp(cell, upper);
      const { hkl, count, ranks, elements, amplitudes } = rows!;
      const recip = reciprocalMetric(cell);
      const uMin = Math.sin(lower / (2 * DEGREES)) ** 2;
      const uMax = Math.sin(upper / (2 * DEGREES)) ** 2;
      const f = new Float64Array(elements);
      const fSlope = new Float64Array(elements);
      let n = 0;
      for (const { wavelength, weight, stretch } of lines) {
        const perQ = 1 / (wavelength * wavelength);
        for (let k = 0; k < count; k++) {
          const u =
            (inverseSquareSpacing(recip, hkl[3 * k]!, hkl[3 * k + 1]!, hkl[3 * k + 2]!) * 0.25) / perQ;
          if (!(u > uMin && u <= uMax)) continue;
          for (let e = 0; e < elements; e++) {
            f[e] = scatteringFactor(factors[e]!, u * perQ);
            fSlope[e] = scatteringFactorSlope(factors[e]!, u * perQ) * perQ;
          }
          let square = 0;
          let squareSlope = 0;
          for (let r = 0; r < ranks; r++) {
            let sum = 0;
            let slope = 0;
            for (let e = 0; e < elements; e++) {
              const amplitude = amplitudes[(k * ranks + r) * elements + e]!;
              sum += f[e]! * amplitude;
              slope += fSlope[e]! * amplitude;
            }
            square += sum * sum;
            squareSlope += 2 * sum * slope;
          }
          const lp = lorentzPolarisation(u);
          const t = 2 * Math.asin(Math.sqrt(u)) * DEGREES;
          const tSlope = (stretch * DEGREES) / Math.sqrt(u * (1 - u));
          peaks.index[n] = k;
          peaks.twoTheta[n] = t;
          peaks.intensity[n] = 2 * weight * square * lp;
          peaks.intensitySlope[n] =
            2 * weight * stretch * (squareSlope * lp + square * lorentzPolarisationSlope(u));
          peaks.positionSlope[n] = tSlope;
          peaks.width[n] = fwhm(instrument, t);
          peaks.widthSlope[n] = fwhmSlope(instrument, t) * tSlope;
          n++;
        }
      }
      peaks.count = n;
      return peaks;
    },
  };
}
