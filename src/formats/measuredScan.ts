import { MOST_INTENSITY, MOST_POINTS } from './limits.ts';
import { FormatError, type Result, settle } from './result.ts';

/** Wavelengths that a file states, in angstrom. */
export interface FileWavelength {
  readonly alpha1: number;
  /** Kα2, where the beam holds it. */
  readonly alpha2: number | null;
  /** I(Kα2)/I(Kα1) in the beam. */
  readonly ratio: number | null;
  /** Place in the file: "usedWavelength, line 12". */
  readonly source: string;
}

export type IntensityUnit = 'counts' | 'counts per second' | 'arbitrary';

/** One measured powder pattern, as it is in the file: every point, nothing scaled. */
export interface MeasuredScan {
  readonly title: string;
  /** 2θ in degrees, strictly ascending. */
  readonly twoTheta: Float64Array;
  readonly intensity: Float64Array;
  /** Standard uncertainties, where the file has them. */
  readonly sigma: Float64Array | null;
  readonly intensityUnit: IntensityUnit;
  /** Null where the file does not say: then it has to be asked, never assumed. */
  readonly wavelength: FileWavelength | null;
  /** Assumptions made in reading, one sentence each. */
  readonly assumptions: readonly string[];
}

/** Stands for an intensity where a program has none. */
const NOT_MEASURED = -9999;

interface ScanParts extends Omit<MeasuredScan, 'twoTheta' | 'intensity' | 'sigma'> {
  readonly twoTheta: ArrayLike<number>;
  readonly intensity: ArrayLike<number>;
  readonly sigma?: ArrayLike<number> | null;
}

/**
 * Runs a reader that adds to the scans and says what it passes over. What is wrong behind scans that are read becomes a
 * warning; a file without a scan is refused for the first reason.
 */
export const readScans = (
  none: string,
  read: (scans: MeasuredScan[], warnings: string[]) => void,
): Result<readonly MeasuredScan[]> =>
  settle(() => {
    const scans: MeasuredScan[] = [];
    const warnings: string[] = [];
    try {
      read(scans, warnings);
    } catch (error) {
      if (!(error instanceof FormatError) || scans.length === 0) throw error;
      const line = error.line === undefined ? '' : `line ${error.line}: `;
      warnings.push(`${line}${error.message}; only what stands before it is read`);
    }
    if (scans.length === 0) throw new FormatError(warnings[0] ?? none);
    return { ok: true, value: scans, warnings };
  });

/**
 * Points in ascending order. Descending scans are turned, points at the same angle (joined ranges, repeated sweeps)
 * become their mean. Throws FormatError where what is left is no pattern.
 */
export function scanOf(parts: ScanParts): MeasuredScan {
  const { twoTheta, intensity, sigma = null } = parts;
  const n = twoTheta.length;
  if (n !== intensity.length)
    throw new FormatError(`${n} angles stand against ${intensity.length} intensities`);
  const missing = Array.prototype.filter.call(intensity, value => value === NOT_MEASURED).length;
  if (missing > 0) {
    if (missing === n) throw new FormatError(`none of the ${n} points was measured`);
    const kept = (values: ArrayLike<number>): number[] =>
      Array.prototype.filter.call(values, (_, i: number) => intensity[i] !== NOT_MEASURED);
    return scanOf({
      ...parts,
      twoTheta: kept(twoTheta),
      intensity: kept(intensity),
      sigma: sigma && kept(sigma),
      assumptions: [
        ...parts.assumptions,
        `${missing} of ${n} points have the intensity ${NOT_MEASURED}, were not measured and are left out`,
      ],
    });
  }
  if (n < 3) throw new FormatError(`${n} ${n === 1 ? 'point is' : 'points are'} no pattern`);
  if (n > MOST_POINTS) throw new FormatError(`the scan has ${n} points; at most ${MOST_POINTS} are read`);
  for (let i = 0; i < n; i++) {
    if (!(twoTheta[i]! > -180 && twoTheta[i]! < 180))
      throw new FormatError(`2θ = ${twoTheta[i]} of point ${i + 1} is not between −180° and 180°`);
    for (const [what, value] of [
      ['intensity', intensity[i]!],
      ['uncertainty', sigma ? sigma[i]! : 0],
    ] as const)
      if (!(Math.abs(value) <= MOST_INTENSITY))
        throw new FormatError(
          `the ${what} of point ${i + 1} is ${Number.isNaN(value) ? 'not a number' : `beyond ${MOST_INTENSITY}`}`,
        );
  }
  const assumptions = [...parts.assumptions];
  const order = ascendingOrder(twoTheta, assumptions);
  const x: number[] = [];
  const y: number[] = [];
  const variance: number[] = [];
  const times: number[] = [];
  for (const i of order) {
    const s = sigma ? sigma[i]! : 0;
    if (x.length > 0 && twoTheta[i]! - x[x.length - 1]! < 1e-9) {
      times[times.length - 1]!++;
      y[y.length - 1]! += intensity[i]!;
      variance[variance.length - 1]! += s * s;
    } else {
      x.push(twoTheta[i]!);
      y.push(intensity[i]!);
      variance.push(s * s);
      times.push(1);
    }
  }
  if (x.length < n) assumptions.push(`${n - x.length} points at an angle that is there already are averaged`);
  if (x.length < 3) throw new FormatError(`${x.length} different angles are no pattern`);
  return {
    title: parts.title.trim().slice(0, 200),
    twoTheta: Float64Array.from(x),
    intensity: Float64Array.from(y, (value, i) => value / times[i]!),
    sigma: sigma ? Float64Array.from(variance, (value, i) => Math.sqrt(value) / times[i]!) : null,
    intensityUnit: parts.intensityUnit,
    wavelength: parts.wavelength,
    assumptions,
  };
}

function ascendingOrder(x: ArrayLike<number>, assumptions: string[]): Iterable<number> {
  const n = x.length;
  let up = true;
  let down = true;
  for (let i = 1; i < n; i++) {
    if (x[i]! < x[i - 1]!) up = false;
    if (x[i]! > x[i - 1]!) down = false;
  }
  if (up) return Array.from({ length: n }, (_, i) => i);
  assumptions.push(
    down
      ? 'the scan runs downwards and is turned around'
      : 'the points are not in order and are sorted by 2θ',
  );
  return Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => x[i]! - x[j]! || i - j);
}

const plausible = (wavelength: number): boolean => wavelength >= 0.1 && wavelength <= 10;

/** A wavelength that a file states, where it is one: 0.1–10 Å; nanometres are recognised by nothing and refused. */
export function wavelengthOf(
  alpha1: number,
  alpha2: number | null,
  ratio: number | null,
  source: string,
): FileWavelength | null {
  if (!plausible(alpha1)) return null;
  const second = alpha2 !== null && plausible(alpha2) && Math.abs(alpha2 - alpha1) > 1e-6 ? alpha2 : null;
  const share = second !== null && ratio !== null && ratio > 0 && ratio <= 1 ? ratio : null;
  return { alpha1, alpha2: second, ratio: share, source };
}

/** Remarks on the wavelength that a file gives of its tube. */
export function tubeRemarks(found: FileWavelength | null): readonly string[] {
  if (!found) return ['the file gives no usable wavelength'];
  return found.alpha2
    ? ['the file gives the Kα2 of the tube, but not whether a monochromator takes it out of the beam']
    : [];
}

/** Angles of a step scan. */
export const evenAngles = (start: number, end: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => start + ((end - start) * i) / Math.max(1, count - 1));
