import type { Hkl, MergedPeak, ReflectionTable } from '../../diffraction/mergePeaks.ts';
import { lowerBound } from './curve.ts';
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

/** One number for the indices of a row. */
const key = ({ hkl }: ReflectionTable, row: number): number =>
  ((hkl[3 * row]! + 512) * 1024 + (hkl[3 * row + 1]! + 512)) * 1024 + (hkl[3 * row + 2]! + 512);

/** Where the reflections of the peaks last asked about are: a target stays while the current crystal moves. */
const places = new WeakMap<readonly MergedPeak[], ReadonlyMap<number, number>>();

/** Peak index of every reflection. */
function peakByKey({ table, peaks }: PeakSet): ReadonlyMap<number, number> {
  const known = places.get(peaks);
  if (known) return known;
  const found = new Map<number, number>();
  peaks.forEach(({ rows }, i) => {
    for (const row of rows) found.set(key(table, row), i);
  });
  places.set(peaks, found);
  return found;
}

/**
 * Finds the reflections that lie where the peaks of the target are, in time that grows with their number. A target peak is
 * with its own as long as one of its reflections is within half its full width at half maximum.
 * @param target peaks of both in the order of 2θ
 * @param width full width at half maximum at a 2θ, degrees
 */
export function occupanciesOf(
  target: PeakSet,
  current: PeakSet,
  width: (twoTheta: number) => number,
  window: readonly [number, number],
): Comparison {
  const threshold = COUNTS_FROM * strongestOf(target.peaks);
  if (current.peaks === target.peaks) return unmoved(target, threshold);
  const before = peakByKey(target);
  const place = Float64Array.from(current.peaks, ({ twoTheta }) => twoTheta);
  /** Current peaks with reflections of a target peak. */
  const ownOf = new Map<number, number[]>();
  const shifts = new Float64Array(current.peaks.length).fill(Number.NaN);
  current.peaks.forEach(({ rows, twoTheta }, to) => {
    for (const row of rows) {
      const origin = before.get(key(current.table, row));
      if (origin === undefined) continue;
      const from = target.peaks[origin]!;
      if (row === rows[0]) shifts[to] = twoTheta - from.twoTheta;
      if (from.intensity < threshold) continue;
      const own = ownOf.get(origin);
      if (!own) ownOf.set(origin, [to]);
      else if (own.at(-1) !== to) own.push(to);
    }
  });
  const occupancies: Occupancy[] = [];
  /** Current peaks that took a place. */
  const taken = new Set<number>();
  const ribbons: Omit<Ribbon, 'other'>[] = [];

  target.peaks.forEach((peak, i) => {
    if (peak.intensity < threshold) return;
    const half = 0.5 * width(peak.twoTheta);
    const own = ownOf.get(i) ?? [];
    for (const to of own) ribbons.push({ from: peak.twoTheta, to: place[to]!, target: i, current: to });
    if (own.some(to => Math.abs(place[to]! - peak.twoTheta) <= half)) {
      occupancies.push({ target: i, kind: 'own', occupant: null });
      return;
    }
    let strongest = -1;
    for (let to = lowerBound(place, peak.twoTheta - half); place[to]! <= peak.twoTheta + half; to++) {
      const { intensity } = current.peaks[to]!;
      if (intensity < threshold) continue;
      taken.add(to);
      if (strongest < 0 || intensity > current.peaks[strongest]!.intensity) strongest = to;
    }
    const occupant = strongest < 0 ? null : nameInTarget(current, strongest, target, before);
    occupancies.push({ target: i, kind: occupant ? 'other' : 'none', occupant });
  });

  const drawn = new Set(ribbons.map(ribbon => ribbon.current));
  for (const to of taken) {
    if (drawn.has(to)) continue;
    const twoTheta = place[to]!;
    const origin = before.get(key(current.table, current.peaks[to]!.rows[0]!));
    const edge = twoTheta - window[0] < window[1] - twoTheta ? window[0] : window[1];
    const from = origin === undefined ? edge : target.peaks[origin]!.twoTheta;
    ribbons.push({ from, to: twoTheta, target: origin ?? -1, current: to });
  }
  return {
    occupancies,
    ribbons: ribbons.map(ribbon => ({ ...ribbon, other: taken.has(ribbon.current) })),
    shifts,
  };
}

/** Of a pattern with itself, as the first one is of every crystal. */
function unmoved({ peaks }: PeakSet, threshold: number): Comparison {
  const counted = peaks.flatMap(({ intensity }, i) => (intensity < threshold ? [] : [i]));
  return {
    occupancies: counted.map(target => ({ target, kind: 'own', occupant: null })),
    ribbons: counted.map(i => {
      const { twoTheta } = peaks[i]!;
      return { from: twoTheta, to: twoTheta, target: i, current: i, other: false };
    }),
    shifts: new Float64Array(peaks.length),
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
  const id = key(current.table, form.rows[0]!);
  const origin = before.get(id);
  const known =
    origin === undefined
      ? undefined
      : target.peaks[origin]!.forms.find(other => other.rows.some(row => key(target.table, row) === id));
  return (known ?? form).hkl;
}

const sameHkl = (p: Hkl, q: Hkl): boolean => p.every((index, i) => index === q[i]);

export interface Tally {
  readonly total: number;
  readonly own: number;
  readonly other: number;
  readonly none: number;
  /** The strongest target peak that another reflection sits under, and from where to where that one moved, degrees. */
  readonly example: {
    readonly place: Hkl;
    readonly occupant: Hkl;
    readonly from: number;
    readonly to: number;
  } | null;
}

export function tally(target: PeakSet, occupancies: readonly Occupancy[]): Tally {
  const count = (kind: Occupancy['kind']): number => occupancies.filter(entry => entry.kind === kind).length;
  let example: Tally['example'] = null;
  let strongest = 0;
  for (const { target: index, occupant } of occupancies) {
    const peak = target.peaks[index]!;
    if (!occupant || peak.intensity <= strongest) continue;
    strongest = peak.intensity;
    const own = target.peaks.find(({ forms }) => forms.some(({ hkl }) => sameHkl(hkl, occupant)));
    const to = peak.twoTheta;
    example = { place: peak.forms[0]!.hkl, occupant, from: own?.twoTheta ?? to, to };
  }
  return {
    total: occupancies.length,
    own: count('own'),
    other: count('other'),
    none: count('none'),
    example,
  };
}
