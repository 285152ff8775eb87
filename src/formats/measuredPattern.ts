import {
  type Check,
  type Checks,
  isEither,
  isList,
  isOneOf,
  isShaped,
  isText,
  wrongField,
} from '../num/fields.ts';
import { MOST_INTENSITY, MOST_POINTS } from './limits.ts';
import type { IntensityUnit, MeasuredScan } from './measuredScan.ts';
import type { Result } from './result.ts';

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

const isBetween =
  (low: number, high: number): Check =>
  value =>
    typeof value === 'number' && value >= low && value <= high;
const isLength = isBetween(0.1, 10);
const isColumn = isList(isBetween(-MOST_INTENSITY, MOST_INTENSITY), 2, MOST_POINTS);
const UNITS: readonly IntensityUnit[] = ['counts', 'counts per second', 'arbitrary'];
const absent = (check: Check): Check => isEither(null, isEither(undefined, check));

const PATTERN: Checks<MeasuredPattern> = {
  name: isText(400),
  twoTheta: isList(isBetween(-180, 180), 2, MOST_POINTS),
  intensity: isColumn,
  sigma: absent(isColumn),
  unit: isOneOf(UNITS),
  wavelength: isShaped<PatternWavelength>({
    alpha1: isLength,
    alpha2: absent(isLength),
    ratio: absent(isBetween(0, 1)),
    source: isText(200),
  }),
  assumptions: isList(isText(1000), 0, 100),
};

/** Wanted of a field, to follow "pattern 3" or the name of one. */
const WANTED: Readonly<Record<keyof MeasuredPattern, string>> = {
  name: 'has no name',
  twoTheta: `has no list of 2 to ${MOST_POINTS} angles from −180° to 180°`,
  intensity: `has no list of 2 to ${MOST_POINTS} finite intensities`,
  sigma: `has a list of uncertainties that is not one of 2 to ${MOST_POINTS} finite numbers`,
  unit: 'has no unit of intensity',
  wavelength: 'has no wavelength of 0.1–10 Å with its source, or a second one or a ratio that is none',
  assumptions: 'has no list of assumptions',
};

/** A pattern from a project file or this device, every field checked; columns may be lists of numbers. */
export function checkedPattern(kept: unknown): Result<MeasuredPattern> {
  const wrong = wrongField(kept, PATTERN) as keyof MeasuredPattern | null;
  if (wrong) return { ok: false, message: WANTED[wrong] };
  const pattern = kept as MeasuredPattern;
  const twoTheta = Float64Array.from(pattern.twoTheta);
  const n = twoTheta.length;
  if (pattern.intensity.length !== n || (pattern.sigma && pattern.sigma.length !== n))
    return { ok: false, message: 'has columns of different lengths' };
  if (!twoTheta.every((angle, i) => i === 0 || angle > twoTheta[i - 1]!))
    return { ok: false, message: 'has angles that do not rise' };
  const { alpha1, alpha2, ratio, source } = pattern.wavelength;
  return {
    ok: true,
    value: {
      name: pattern.name,
      unit: pattern.unit,
      twoTheta,
      intensity: Float64Array.from(pattern.intensity),
      sigma: pattern.sigma ? Float64Array.from(pattern.sigma) : null,
      wavelength: { alpha1, alpha2: alpha2 ?? null, ratio: ratio ?? null, source },
      assumptions: pattern.assumptions,
    },
    warnings: [],
  };
}
