import type { Instrument } from '../diffraction/instrument.ts';
import type { MeasuredScan } from '../formats/measuredScan.ts';

export type BackgroundSettings =
  | { readonly kind: 'none' }
  /** @see snipBackground; half the width of what counts as a peak, in degrees. */
  | { readonly kind: 'snip'; readonly halfWidth: number }
  | { readonly kind: 'chebyshev'; readonly degree: number };

/** Settings of the way from a measured pattern to a target. */
export interface MeasuredSettings {
  /** Degrees: the true 2θ is the measured one minus this. */
  readonly zeroShift: number;
  readonly background: BackgroundSettings;
  /** Regions of true 2θ that do not count, degrees. */
  readonly excluded: readonly (readonly [from: number, to: number])[];
  /** The part of true 2θ that counts; null for all that was measured. */
  readonly range: readonly [from: number, to: number] | null;
}

export const DEFAULT_MEASURED_SETTINGS: MeasuredSettings = {
  zeroShift: 0,
  background: { kind: 'snip', halfWidth: 1.5 },
  excluded: [],
  range: null,
};

/** Why these settings cannot be used, naming value and unit; null when they can. */
export function measuredProblem({ zeroShift, background, excluded, range }: MeasuredSettings): string | null {
  if (!(Math.abs(zeroShift) <= 5)) return `zero shift ${zeroShift}° is outside −5°–5°`;
  if (background.kind === 'snip' && !(background.halfWidth > 0 && background.halfWidth <= 30))
    return `SNIP half width ${background.halfWidth}° is outside 0°–30°`;
  if (
    background.kind === 'chebyshev' &&
    !(Number.isInteger(background.degree) && background.degree >= 0 && background.degree <= 20)
  )
    return `Chebyshev degree ${background.degree} is not a whole number from 0 to 20`;
  for (const [from, to] of range ? [...excluded, range] : excluded)
    if (!(Number.isFinite(from) && Number.isFinite(to) && from < to))
      return `the region ${from}°–${to}° is empty`;
  return null;
}

/** The step that most neighbours of a scan have, degrees: the median. */
export function scanStep({ twoTheta }: Pick<MeasuredScan, 'twoTheta'>): number {
  const steps = Float64Array.from(
    { length: twoTheta.length - 1 },
    (_, i) => twoTheta[i + 1]! - twoTheta[i]!,
  ).sort();
  return steps[steps.length >> 1]!;
}

/**
 * The instrument with a grid that loses nothing of the scan: its step is the scan's, rounded down to a thousandth of a
 * degree (0.001°–0.1°), its window what was measured and is to count.
 */
export function gridFor(scan: MeasuredScan, settings: MeasuredSettings, instrument: Instrument): Instrument {
  const step = Math.min(0.1, Math.max(0.001, Math.floor(scanStep(scan) * 1000 + 1e-6) / 1000));
  const low = Math.max(0, scan.twoTheta[0]! - settings.zeroShift, settings.range?.[0] ?? 0);
  const high = Math.min(170, scan.twoTheta.at(-1)! - settings.zeroShift, settings.range?.[1] ?? 170);
  const twoThetaMin = Math.ceil(low / step - 1e-6) * step;
  const bins = Math.max(1, Math.floor((high - twoThetaMin) / step + 1e-6));
  const clean = (value: number): number => Math.round(value * 1e6) / 1e6;
  return {
    ...instrument,
    step,
    twoThetaMin: clean(twoThetaMin),
    twoThetaMax: clean(twoThetaMin + bins * step),
  };
}
