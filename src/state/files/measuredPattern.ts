import type { IntensityUnit, MeasuredScan } from '../../formats/measuredScan.ts';

/** The radiation of a measured pattern: from its file, or as the user said. Angstrom. */
export interface PatternWavelength {
  readonly alpha1: number;
  /** Null for one line alone. */
  readonly alpha2: number | null;
  /** I(α2) / I(α1). */
  readonly ratio: number | null;
  readonly source: string;
}

/** A measured pattern as it is kept: every point of the file, nothing scaled. */
export interface MeasuredPattern {
  readonly name: string;
  /** Degrees, ascending. */
  readonly twoTheta: Float64Array;
  readonly intensity: Float64Array;
  readonly sigma: Float64Array | null;
  readonly unit: IntensityUnit;
  readonly wavelength: PatternWavelength;
  /** Every assumption made in reading it. */
  readonly assumptions: readonly string[];
}

/** The pattern as the code that prepares targets takes it. */
export const scanOfPattern = ({ name, unit, ...rest }: MeasuredPattern): MeasuredScan => ({
  ...rest,
  title: name,
  intensityUnit: unit,
});
