import type { Instrument } from '../diffraction/instrument.ts';
import { reflectionWindow } from '../diffraction/instrument.ts';
import type { PeakList } from '../diffraction/pattern.ts';
import { FOUR_LN2 } from '../diffraction/pseudoVoigt.ts';
import type { StageGrid } from './smoothing.ts';

/**
 * Peaks after the kernel, each a Lorentzian and a Gaussian of one FWHM f, with all derivatives in u = sin²θ of the first
 * line. The profile at distance d is hL / (1 + 4 (d/f)²) + hG exp(−4 ln2 (d/f)²).
 */
export interface SmoothedPeaks {
  count: number;
  readonly position: Float64Array;
  readonly width: Float64Array;
  readonly lorentz: Float64Array;
  readonly gauss: Float64Array;
  readonly positionSlope: Float64Array;
  readonly widthSlope: Float64Array;
  readonly lorentzSlope: Float64Array;
  readonly gaussSlope: Float64Array;
}

export function emptySmoothed(room: number): SmoothedPeaks {
  const column = (): Float64Array => new Float64Array(room);
  return {
    count: 0,
    position: column(),
    width: column(),
    lorentz: column(),
    gauss: column(),
    positionSlope: column(),
    widthSlope: column(),
    lorentzSlope: column(),
    gaussSlope: column(),
  };
}

/** Parts of 2θ that count, degrees, ascending. */
export type Counted = readonly (readonly [low: number, high: number])[];

/** The parts of the window whose bins count. @param excluded 1 at bins that do not */
export function countedParts(instrument: Instrument, excluded: Uint8Array | null): Counted {
  const { twoThetaMin, twoThetaMax, step } = instrument;
  if (!excluded) return [[twoThetaMin, twoThetaMax]];
  const parts: [number, number][] = [];
  for (let i = 0; i < excluded.length; i++) {
    if (excluded[i]) continue;
    const from = i;
    while (i + 1 < excluded.length && !excluded[i + 1]) i++;
    parts.push([twoThetaMin + (from - 0.5) * step, twoThetaMin + (i + 0.5) * step]);
  }
  return parts;
}

/** Widths of a peak beyond an edge from which on it leaves nothing in the window. */
const EDGE_REACH = 3;
/** Steepness of the edge: a Lorentzian's share of the window changes by about one over its width there. */
const STEEP = 3;

/** 2θ between which peaks matter, degrees: the instrument's own window for the plain pattern, somewhat more under a kernel. */
export function peakWindow(
  instrument: Instrument,
  kernel: number,
  edgeWidth: number,
): { lower: number; upper: number } {
  const own = reflectionWindow(instrument);
  if (kernel === 0) return own;
  const reach = EDGE_REACH * edgeWidth;
  return {
    lower: instrument.twoThetaMin > 0 ? Math.max(0, instrument.twoThetaMin - reach) : 0,
    upper: Math.min(179.9, instrument.twoThetaMax + reach),
  };
}

const LORENTZ_AREA = Math.PI / 2;
const GAUSS_AREA = Math.sqrt(Math.PI / FOUR_LN2);

/**
 * The peaks convolved with a Gaussian of FWHM s, their area kept. The Lorentzian of FWHM H becomes a Voigt profile, written
 * as a pseudo-Voigt: f = 0.5346 H + √(0.2166 H² + s²) (Olivero & Longbothum 1977), Lorentzian share of the area
 * 1.36603 r − 0.47719 r² + 0.11116 r³ with r = H/f (Thompson, Cox & Hastings 1987); the instrument's own Gaussian share
 * goes with the Gaussian part. At s = 0 this is the paper's profile, exactly. A target that is convolved bin by bin knows
 * nothing outside its window: a peak near an edge of a part that counts keeps the share of it that lies inside, smoothly.
 */
export function smoothPeaks(
  { eta }: Instrument,
  { fwhm: s }: StageGrid,
  peaks: PeakList,
  counted: Counted,
  out: SmoothedPeaks,
): SmoothedPeaks {
  const lorentzArea = (1 - eta) * LORENTZ_AREA;
  const area = lorentzArea + eta * GAUSS_AREA;
  const lorentzShare = lorentzArea / area;
  for (let k = 0; k < peaks.count; k++) {
    const h = peaks.width[k]!;
    const t = peaks.twoTheta[k]!;
    const hSlope = peaks.widthSlope[k]!;
    const root = Math.sqrt(0.2166 * h * h + s * s);
    const f = s === 0 ? h : 0.5346 * h + root;
    const fSlope = s === 0 ? hSlope : (0.5346 + (0.2166 * h) / root) * hSlope;
    const r = h / f;
    const mix = s === 0 ? 1 : r * (1.36603 + r * (-0.47719 + r * 0.11116));
    const mixSlope =
      s === 0 ? 0 : ((1.36603 + r * (-2 * 0.47719 + r * 3 * 0.11116)) * (hSlope * f - h * fSlope)) / (f * f);
    let inside = 1;
    let insideSlope = 0;
    if (s > 0) {
      inside = 0;
      const tSlope = peaks.positionSlope[k]! / h;
      for (const part of counted) {
        const left = beyondEdge(t, part[0], h);
        const right = beyondEdge(t, part[1], h);
        inside += left - right;
        insideSlope += left * (1 - left) * STEEP * (tSlope - ((t - part[0]) * hSlope) / (h * h));
        insideSlope -= right * (1 - right) * STEEP * (tSlope - ((t - part[1]) * hSlope) / (h * h));
      }
    }
    // heights: area · share / (area of a peak of height 1 and width f)
    const intensity = peaks.intensity[k]!;
    const scale = (inside * area * h) / f;
    const perF = insideSlope * ((area * h) / f) + inside * area * ((hSlope * f - h * fSlope) / (f * f));
    const lorentz = (lorentzShare * mix) / LORENTZ_AREA;
    const lorentzSlope = (lorentzShare * mixSlope) / LORENTZ_AREA;
    const gauss = (1 - lorentzShare * mix) / GAUSS_AREA;
    const gaussSlope = (-lorentzShare * mixSlope) / GAUSS_AREA;
    const heightSlope = peaks.intensitySlope[k]! * scale + intensity * perF;
    out.position[k] = t;
    out.positionSlope[k] = peaks.positionSlope[k]!;
    out.width[k] = f;
    out.widthSlope[k] = fSlope;
    out.lorentz[k] = intensity * scale * lorentz;
    out.gauss[k] = intensity * scale * gauss;
    out.lorentzSlope[k] = heightSlope * lorentz + intensity * scale * lorentzSlope;
    out.gaussSlope[k] = heightSlope * gauss + intensity * scale * gaussSlope;
  }
  out.count = peaks.count;
  return out;
}

/** Share of a peak at t that lies beyond an edge; all of it where the window begins at 0, before which nothing is. */
const beyondEdge = (t: number, edge: number, width: number): number =>
  edge <= 0 ? 1 : 1 / (1 + Math.exp((STEEP * (edge - t)) / width));

/** In widths: beyond, the Gaussian is below 1e-17 of its height. */
const GAUSS_REACH = 3.8;

/** The pattern of smoothed peaks [count], tails not cut. */
export function addSmoothed(grid: StageGrid, peaks: SmoothedPeaks, out: Float64Array): Float64Array {
  for (let k = 0; k < peaks.count; k++) addProfile(grid, peaks, k, out);
  return out;
}

/** The pattern once for each row of factors on the heights of its peaks [peaks.count], one profile serving all. */
export function weightedSums(
  grid: StageGrid,
  peaks: SmoothedPeaks,
  factors: readonly Float64Array[],
): Float64Array[] {
  const sums = factors.map(() => new Float64Array(grid.count));
  const profile = new Float64Array(grid.count);
  for (let k = 0; k < peaks.count; k++) {
    addProfile(grid, peaks, k, profile.fill(0));
    for (const [row, sum] of sums.entries()) {
      const factor = factors[row]![k]!;
      for (let i = 0; i < sum.length; i++) sum[i]! += factor * profile[i]!;
    }
  }
  return sums;
}

function addProfile(
  { first, step, count }: StageGrid,
  peaks: SmoothedPeaks,
  k: number,
  out: Float64Array,
): void {
  const f = peaks.width[k]!;
  const origin = first - peaks.position[k]!;
  const quarter = 0.25 * f * f;
  const scale = peaks.lorentz[k]! * quarter;
  for (let i = 0; i < count; i++) {
    const d = origin + i * step;
    out[i]! += scale / (quarter + d * d);
  }
  const gauss = peaks.gauss[k]!;
  if (gauss === 0) return;
  const a = FOUR_LN2 / (f * f);
  const low = Math.max(0, Math.ceil((-origin - GAUSS_REACH * f) / step));
  const high = Math.min(count - 1, Math.floor((-origin + GAUSS_REACH * f) / step));
  for (let i = low; i <= high; i++) {
    const d = origin + i * step;
    out[i]! += gauss * Math.exp(-a * d * d);
  }
}

/** First and last point within so many widths of a peak. */
export function pointsNear(
  { first, step, count }: StageGrid,
  peaks: SmoothedPeaks,
  k: number,
  widths: number,
): readonly [number, number] {
  const centre = (peaks.position[k]! - first) / step;
  const half = (widths * peaks.width[k]!) / step;
  return [Math.max(0, Math.ceil(centre - half)), Math.min(count - 1, Math.floor(centre + half))];
}

/** ∂profile/∂u of one peak at the points low … high, into out[0 …]: by position, width and heights together. */
export function profileSlope(
  { first, step }: StageGrid,
  peaks: SmoothedPeaks,
  k: number,
  low: number,
  high: number,
  out: Float64Array,
): void {
  const f = peaks.width[k]!;
  const perF2 = 1 / (f * f);
  const lorentz = peaks.lorentz[k]!;
  const lorentzSlope = peaks.lorentzSlope[k]!;
  const gauss = peaks.gauss[k]!;
  const gaussSlope = peaks.gaussSlope[k]!;
  const byD = -2 * peaks.positionSlope[k]! * perF2;
  const byQ = (-2 * peaks.widthSlope[k]!) / f;
  const origin = first - peaks.position[k]!;
  const cut = GAUSS_REACH * GAUSS_REACH;
  for (let i = low; i <= high; i++) {
    const d = origin + i * step;
    const q = d * d * perF2;
    const qSlope = byD * d + byQ * q;
    const l = 1 / (1 + 4 * q);
    let value = l * (lorentzSlope - 4 * lorentz * l * qSlope);
    if (q < cut && gauss !== 0) value += Math.exp(-FOUR_LN2 * q) * (gaussSlope - FOUR_LN2 * gauss * qSlope);
    out[i - low] = value;
  }
}
