import type { Site } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import type { Direction } from '../../diffraction/marchDollase.ts';
import { measurementSlot, type Slots } from '../../model/slots.ts';
import {
  elementSums,
  occupancySlopes,
  placeSites,
  type SitePhases,
  sitePhases,
  siteSlopes,
} from './sitePhases.ts';

/**
 * The loss at a row of slots (model/slots.ts) and, where asked, its derivative in each slot that moves [slots.length]; 0
 * in the others. NaN where the row stands for no pattern.
 */
export type RowObjective = (row: Float64Array, byRow: Float64Array | null) => number;

/** Rows that a loss is asked for at. */
export interface Rows {
  readonly slots: Slots;
  /** What the slots that do not move are [slots.length]. */
  readonly base: Float64Array;
  /** 1 at slots that may differ from it [slots.length]; those of the cell are not read. */
  readonly moving: Uint8Array;
  /** Axis of preferred orientation. */
  readonly axis: Direction;
}

/** Degrees that a peak may be shifted by at most. */
export const MOST_SHIFT = 2;

/**
 * True where the measurement of a row is one: r and the factor on widths above 0, η from 0 to 1, shifts of 2° at most.
 * Occupancies and B may be negative: the pattern goes on smoothly there, and a search may pass through.
 */
export function measurementExists(slots: Slots, row: Float64Array): boolean {
  const at = slots.measurement;
  return (
    Math.abs(row[at]) + Math.abs(row[at + 1]) <= MOST_SHIFT &&
    row[at + 2] > 0 &&
    row[at + 3] >= 0 &&
    row[at + 3] <= 1 &&
    row[at + 4] > 0
  );
}

/** True where any of some slots moves. */
export const anyMoves = ({ moving }: Rows, from: number, count: number): boolean =>
  moving.subarray(from, from + count).some(Boolean);

/** True where positions and profiles of the peaks are the same at all rows of one cell. */
export const intensitiesAlone = (rows: Rows): boolean =>
  !(['zero', 'displacement', 'widthFactor', 'eta'] as const).some(
    key => rows.moving[measurementSlot(rows.slots, key)],
  );

/** True where atoms vibrate, in any row. */
export const vibrates = (rows: Rows): boolean => {
  const { slots, base } = rows;
  const count = slots.elements.length + 1;
  return anyMoves(rows, slots.b, count) || base.subarray(slots.b, slots.b + count).some(b => b !== 0);
};

/** True where there is preferred orientation, in any row. */
export const textured = ({ slots, base, moving }: Rows): boolean => {
  const march = measurementSlot(slots, 'march');
  return moving[march] === 1 || base[march] !== 1;
};

/** The instrument with a margin that holds all shifted peaks. */
export function withReach(instrument: Instrument, { slots, base, moving }: Rows): Instrument {
  const at = slots.measurement;
  if (moving[at] || moving[at + 1]) return { ...instrument, margin: instrument.margin + MOST_SHIFT };
  const shift = Math.abs(base[at]) + Math.abs(base[at + 1]);
  return shift === 0 ? instrument : { ...instrument, margin: instrument.margin + shift };
}

/** B of each element, the overall one in it, Å² [elements]. */
export function thermalOf(slots: Slots, row: Float64Array, out: Float64Array): Float64Array {
  for (let e = 0; e < out.length; e++) out[e] = row[slots.b + e] + row[slots.overallB];
  return out;
}

/** Σ occ exp(2πi h·x) over the sites of each element at a list of reflections; sites that stay are summed once. */
export interface AtomSums {
  /** [count * elements] */
  readonly re: Float64Array;
  readonly im: Float64Array;
  place(row: Float64Array): void;
  /**
   * Writes ∂L/∂coordinate and ∂L/∂occupancy of the sites that move.
   * @param factors f of each element at each distinct angle [angles * elements]
   * @param angle which of them a reflection has [count]
   * @param re F of each reflection [count]
   * @param bySquare dL/d|F|² [count]
   */
  slopes(
    factors: Float64Array,
    angle: Int32Array,
    re: Float64Array,
    im: Float64Array,
    bySquare: Float64Array,
    byRow: Float64Array,
  ): void;
}

/** @param hkl as `sitePhases` takes them */
export function atomSums(sites: readonly Site[], rows: Rows, hkl: Int32Array): AtomSums {
  const { slots, base, moving } = rows;
  const elements = slots.elements.length;
  const { fract, occupancy } = slots;
  const moves = (j: number): boolean => anyMoves(rows, fract + 3 * j, 3) || moving[occupancy + j] === 1;
  const all = [...sites.keys()];
  const [mobile, fixed] = [all.filter(moves), all.filter(j => !moves(j))];
  const phasesOf = (which: readonly number[]): SitePhases =>
    sitePhases(
      hkl,
      which.map(j => slots.elements.indexOf(sites[j]!.element)),
      elements,
    );
  const column = (): Float64Array => new Float64Array((hkl.length / 3) * elements);
  const [re, im] = [column(), column()];
  const sumUp = (
    phases: SitePhases,
    which: readonly number[],
    coordinates: Float64Array,
    row: Float64Array,
  ) => {
    for (let i = 0; i < which.length; i++) {
      const j = which[i]!;
      for (let k = 0; k < 3; k++) coordinates[3 * i + k] = row[fract + 3 * j + k];
      phases.occupancy[phases.placeOf[i]] = row[occupancy + j];
    }
    placeSites(phases, coordinates);
    elementSums(phases, hkl, re, im);
  };
  if (fixed.length > 0) sumUp(phasesOf(fixed), fixed, new Float64Array(3 * fixed.length), base);
  if (mobile.length === 0) return { re, im, place() {}, slopes() {} };
  const stay = fixed.length > 0 ? { re: re.slice(), im: im.slice() } : null;
  const phases = phasesOf(mobile);
  const coordinates = new Float64Array(3 * mobile.length);
  const byCoordinate = new Float64Array(3 * mobile.length);
  const byOccupancy = new Float64Array(mobile.length);
  const coordinatesMove = anyMoves(rows, fract, 3 * slots.sites);
  const occupanciesMove = anyMoves(rows, occupancy, slots.sites);
  return {
    re,
    im,
    place(row) {
      sumUp(phases, mobile, coordinates, row);
      if (!stay) return;
      for (let i = 0; i < re.length; i++) {
        re[i] += stay.re[i];
        im[i] += stay.im[i];
      }
    },
    slopes(factors, angle, fRe, fIm, bySquare, byRow) {
      if (coordinatesMove) {
        siteSlopes(phases, hkl, factors, angle, fRe, fIm, bySquare, byCoordinate);
        for (let i = 0; i < mobile.length; i++)
          for (let k = 0; k < 3; k++) byRow[fract + 3 * mobile[i]! + k] = byCoordinate[3 * i + k];
      }
      if (occupanciesMove) {
        occupancySlopes(phases, hkl, factors, angle, fRe, fIm, bySquare, byOccupancy);
        for (let i = 0; i < mobile.length; i++) byRow[occupancy + mobile[i]!] = byOccupancy[i];
      }
    },
  };
}

/**
 * Adds ∂L/∂B of each element and of all: f falls as exp(−B q), so that d|F|²/dB_e = −2 q f_e Re(F* S_e).
 * @param factors f with its thermal motion [angles * elements]
 * @param q (sinθ/λ)² at each angle
 */
export function thermalSlopes(
  slots: Slots,
  factors: Float64Array,
  angle: Int32Array,
  q: Float64Array,
  sums: AtomSums,
  re: Float64Array,
  im: Float64Array,
  bySquare: Float64Array,
  count: number,
  byRow: Float64Array,
): void {
  const elements = slots.elements.length;
  for (let n = 0; n < count; n++) {
    const scale = -2 * bySquare[n] * q[angle[n]];
    for (let e = 0; e < elements; e++) {
      const at = n * elements + e;
      const slope = scale * factors[angle[n] * elements + e] * (re[n] * sums.re[at] + im[n] * sums.im[at]);
      byRow[slots.b + e] += slope;
      byRow[slots.overallB] += slope;
    }
  }
}
