import { binCount, type Instrument } from '../diffraction/instrument.ts';
import type { MeasuredScan } from '../formats/measuredScan.ts';
import { chebyshevBackground } from './chebyshevBackground.ts';
import { type MeasuredSettings, scanStep } from './settings.ts';
import { snipBackground } from './snip.ts';

/** A measured pattern on the grid of an instrument. Nothing is scaled or normalised. */
export interface PreparedPattern {
  /** Intensity less background, in the units of the file; 0 where it does not count. [bins] */
  readonly pattern: Float64Array;
  /** Standard uncertainties, where the scan has them. [bins] */
  readonly sigma: Float64Array | null;
  /** 1 where the bin counts: measured, in the range, not excluded. [bins] */
  readonly mask: Uint8Array;
  /** The background on the points of the scan. [points] */
  readonly background: Float64Array;
  /** Bins that count. */
  readonly counted: number;
  /** Remarks for the user, one sentence each. */
  readonly warnings: readonly string[];
}

/** A gap of more than this many steps was not measured; lines are not drawn across it. */
const GAP = 10;

/** The background on the points of the scan; excluded regions take no part. */
export function backgroundOf(scan: MeasuredScan, settings: MeasuredSettings): Float64Array {
  const { twoTheta, intensity } = scan;
  const { background } = settings;
  if (background.kind === 'none') return new Float64Array(twoTheta.length);
  const counts = Uint8Array.from(twoTheta, x => (isExcluded(settings, x - settings.zeroShift) ? 0 : 1));
  if (background.kind === 'chebyshev')
    return chebyshevBackground(twoTheta, intensity, background.degree, counts);
  const window = Math.max(1, Math.round(background.halfWidth / scanStep(scan)));
  return snipBackground(bridged(intensity, counts), window);
}

const isExcluded = ({ excluded }: MeasuredSettings, x: number): boolean =>
  excluded.some(([from, to]) => x >= from && x <= to);

/** Straight lines across what is excluded. */
function bridged(y: Float64Array, counts: Uint8Array): Float64Array {
  const out = Float64Array.from(y);
  for (let i = 0; i < out.length; ) {
    if (counts[i]) {
      i++;
      continue;
    }
    let end = i;
    while (end < out.length && !counts[end]) end++;
    const [left, right] = [i > 0 ? y[i - 1]! : (y[end] ?? 0), end < y.length ? y[end]! : (y[i - 1] ?? 0)];
    for (let k = i; k < end; k++) out[k] = left + ((right - left) * (k - i + 1)) / (end - i + 1);
    i = end;
  }
  return out;
}

/**
 * Zero shift, background, range and excluded regions, then the grid: a bin is the mean, over its width, of the straight
 * lines between the points. Where the grid is as fine as the scan or finer this follows every point; where it is
 * coarser it keeps areas, so no peak falls between two bins. `gridFor` gives a grid that loses nothing.
 */
export function prepareTarget(
  scan: MeasuredScan,
  settings: MeasuredSettings,
  instrument: Instrument,
): PreparedPattern {
  const bins = binCount(instrument);
  const { twoThetaMin, step } = instrument;
  const background = backgroundOf(scan, settings);
  const x = scan.twoTheta.map(value => value - settings.zeroShift);
  const net = scan.intensity.map((value, i) => value - background[i]!);
  const pattern = new Float64Array(bins);
  const sigma = scan.sigma ? new Float64Array(bins) : null;
  const mask = new Uint8Array(bins);
  const spacing = scanStep(scan);
  const [first, last] = [x[0]!, x[x.length - 1]!];
  const [from, to] = settings.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let counted = 0;
  let k = 0;
  for (let i = 0; i < bins; i++) {
    const centre = twoThetaMin + step * i;
    if (
      centre < first - 1e-9 ||
      centre > last + 1e-9 ||
      centre < from ||
      centre > to ||
      isExcluded(settings, centre)
    )
      continue;
    while (k < x.length - 2 && x[k + 1]! < centre) k++;
    if (x[k + 1]! - x[k]! > GAP * spacing && centre - x[k]! > spacing && x[k + 1]! - centre > spacing)
      continue;
    const [low, high] = [Math.max(first, centre - step / 2), Math.min(last, centre + step / 2)];
    pattern[i] = meanBetween(x, net, low, high, k);
    if (sigma) sigma[i] = meanBetween(x, scan.sigma!, low, high, k);
    mask[i] = 1;
    counted++;
  }
  return {
    pattern,
    sigma,
    mask,
    background,
    counted,
    warnings: warningsFor(scan, instrument, counted, spacing, bins),
  };
}

function warningsFor(
  scan: MeasuredScan,
  instrument: Instrument,
  counted: number,
  spacing: number,
  bins: number,
): string[] {
  const warnings: string[] = [];
  if (counted === 0) warnings.push('nothing of the measured pattern lies in the window of the instrument');
  else if (counted < bins)
    warnings.push(`${bins - counted} of ${bins} bins were not measured or do not count`);
  if (instrument.step > 1.001 * spacing)
    warnings.push(
      `the grid of ${instrument.step}° is coarser than the scan's steps of ${Number(spacing.toFixed(4))}°: points are averaged`,
    );
  if (scan.wavelength && Math.abs(scan.wavelength.alpha1 - instrument.wavelength) > 1e-4)
    warnings.push(
      `the file says λ = ${scan.wavelength.alpha1} Å, the instrument has ${instrument.wavelength} Å`,
    );
  return warnings;
}

/** Mean of the straight lines between points over [low, high]. @param near a point at or left of the middle */
function meanBetween(x: Float64Array, y: Float64Array, low: number, high: number, near: number): number {
  let k = near;
  while (k > 0 && x[k]! > low) k--;
  while (k < x.length - 2 && x[k + 1]! <= low) k++;
  const valueAt = (place: number, segment: number): number => {
    const t = (place - x[segment]!) / (x[segment + 1]! - x[segment]!);
    return y[segment]! + t * (y[segment + 1]! - y[segment]!);
  };
  if (!(high > low)) return valueAt(low, k);
  let area = 0;
  for (let at = low; at < high; k++) {
    const end = k < x.length - 2 ? Math.min(high, x[k + 1]!) : high;
    area += ((end - at) * (valueAt(at, k) + valueAt(end, k))) / 2;
    at = end;
  }
  return area / (high - low);
}
