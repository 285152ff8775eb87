import { type Hkl, hklOf, type MergedPeak, type ReflectionTable } from '../../diffraction/mergePeaks.ts';
import { strongestOf } from './peaks.ts';

/** A table of reflections with its peaks. */
export interface PeakSet {
  readonly table: ReflectionTable;
  readonly peaks: readonly MergedPeak[];
}

/** The reflection that lies where a target peak is, in the current pattern. */
export interface Occupancy {
  /** Index into the target's peaks. */
  readonly target: number;
  readonly kind: 'own' | 'other' | 'none';
  /** The strongest reflection there, where it is another: under the name it has in the target, if it is there. */
  readonly occupant: Hkl | null;
}

/** A line from where a reflection is in the target to where it is now. Degrees. */
export interface Ribbon {
  readonly from: number;
  readonly to: number;
  /** Index of the target peak it leaves; −1 when it comes from outside the window. */
  readonly target: number;
  /** Index into the current peaks. */
  readonly current: number;
  /** It ends where another reflection's peak is in the target, and that one has left. */
  readonly other: boolean;
}

export interface Comparison {
  /** Of the target peaks that count. */
  readonly occupancies: readonly Occupancy[];
  readonly ribbons: readonly Ribbon[];
  /** Of each current peak: how far it is from where its strongest form is in the target, degrees; NaN if not there. */
  readonly shifts: Float64Array;
}

/** A peak counts from this share of the strongest one of the target. */
export const COUNTS_FROM = 0.01;

const key = ([h, k, l]: Hkl): number => ((h + 512) * 1024 + (k + 512)) * 1024 + (l + 512);

const rowsOf = (peak: MergedPeak): number[] => peak.forms.flatMap(form => form.rows);

/** Peak index of every reflection. */
function peakByKey({ table, peaks }: PeakSet): Map<number, number> {
  const found = new Map<number, number>();
  peaks.forEach((peak, i) => {
    for (const row of rowsOf(peak)) found.set(key(hklOf(table, row)), i);
  });
  return found;
}

/**
 * Finds the reflections that lie where the peaks of the target are. A target peak is with its own as long as one of its
 * reflections is within half its full width at half maximum.
 * @param width full width at half maximum at a 2θ, degrees
 */
export function occupanciesOf(
  target: PeakSet,
  current: PeakSet,
  width: (twoTheta: number) => number,
  window: readonly [number, number],
): Comparison {
  const threshold = COUNTS_FROM * strongestOf(target.peaks);
  const now = peakByKey(current);
  const before = peakByKey(target);
  const occupancies: Occupancy[] = [];
  /** Current peaks that took a place, with the target peak whose place it was. */
  const taken = new Map<number, number>();
  const ribbons: Omit<Ribbon, 'other'>[] = [];

  target.peaks.forEach((peak, i) => {
    if (peak.intensity < threshold) return;
    const half = 0.5 * width(peak.twoTheta);
    const own = new Set(rowsOf(peak).flatMap(row => now.get(key(hklOf(target.table, row))) ?? []));
    for (const to of own)
      ribbons.push({ from: peak.twoTheta, to: current.peaks[to]!.twoTheta, target: i, current: to });
    const near = (to: number): boolean => Math.abs(current.peaks[to]!.twoTheta - peak.twoTheta) <= half;
    if ([...own].some(near)) {
      occupancies.push({ target: i, kind: 'own', occupant: null });
      return;
    }
    const others = current.peaks.flatMap((other, j) => (other.intensity >= threshold && near(j) ? [j] : []));
    for (const j of others) taken.set(j, i);
    const strongest = others.sort((p, q) => current.peaks[q]!.intensity - current.peaks[p]!.intensity)[0];
    const occupant = strongest === undefined ? null : nameInTarget(current, strongest, target, before);
    occupancies.push({ target: i, kind: occupant ? 'other' : 'none', occupant });
  });

  const drawn = new Set(ribbons.map(ribbon => ribbon.current));
  for (const to of taken.keys()) {
    if (drawn.has(to)) continue;
    const { twoTheta } = current.peaks[to]!;
    const origin = before.get(key(hklOf(current.table, current.peaks[to]!.forms[0]!.rows[0]!)));
    const edge = twoTheta - window[0] < window[1] - twoTheta ? window[0] : window[1];
    const from = origin === undefined ? edge : target.peaks[origin]!.twoTheta;
    ribbons.push({ from, to: twoTheta, target: origin ?? -1, current: to });
  }

  const shifts = Float64Array.from(current.peaks, peak => {
    const origin = before.get(key(hklOf(current.table, peak.forms[0]!.rows[0]!)));
    return origin === undefined ? Number.NaN : peak.twoTheta - target.peaks[origin]!.twoTheta;
  });
  return {
    occupancies,
    ribbons: ribbons.map(ribbon => ({ ...ribbon, other: taken.has(ribbon.current) })),
    shifts,
  };
}

/** A split-off 1 −2 0 is still called 110, as its form in the target is. */
function nameInTarget(
  current: PeakSet,
  index: number,
  target: PeakSet,
  before: ReadonlyMap<number, number>,
): Hkl {
  const form = current.peaks[index]!.forms[0]!;
  const id = key(hklOf(current.table, form.rows[0]!));
  const origin = before.get(id);
  const known =
    origin === undefined
      ? undefined
      : target.peaks[origin]!.forms.find(other =>
          other.rows.some(row => key(hklOf(target.table, row)) === id),
        );
  return (known ?? form).hkl;
}

export interface Tally {
  readonly total: number;
  readonly own: number;
  readonly other: number;
  readonly none: number;
  /** The strongest target peak that another reflection sits under. */
  readonly example: { readonly place: Hkl; readonly occupant: Hkl } | null;
}

export function tally(target: PeakSet, occupancies: readonly Occupancy[]): Tally {
  const count = (kind: Occupancy['kind']): number => occupancies.filter(entry => entry.kind === kind).length;
  let example: Tally['example'] = null;
  let strongest = 0;
  for (const { target: index, occupant } of occupancies) {
    const peak = target.peaks[index]!;
    if (!occupant || peak.intensity <= strongest) continue;
    strongest = peak.intensity;
    example = { place: peak.forms[0]!.hkl, occupant };
  }
  return {
    total: occupancies.length,
    own: count('own'),
    other: count('other'),
    none: count('none'),
    example,
  };
}
