import {
  type Cell,
  cellExists,
  cellGradient,
  inverseSquareSpacing,
  reciprocalMetric,
} from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import { fwhm, fwhmSlope } from '../../diffraction/caglioti.ts';
import { formFactorOf, scatteringFactor, scatteringFactorSlope } from '../../diffraction/formFactor.ts';
import { type Instrument, reflectionWindow, spectralLines } from '../../diffraction/instrument.ts';
import { lorentzPolarisation, lorentzPolarisationSlope } from '../../diffraction/lorentzPolarisation.ts';
import {
  addDirectionSlope,
  cosineSquare,
  type Direction,
  marchDollase,
  marchDollaseByR,
  marchDollaseBySquare,
  USUAL_AXIS,
} from '../../diffraction/marchDollase.ts';
import { instrumentAs, type Measurement, peakShift, peakShiftSlope } from '../../diffraction/measurement.ts';
import { largestStretch, listedReflections } from '../../diffraction/reflections.ts';
import type { Loss } from '../../losses/loss.ts';
import { measurementAt, rowOf } from '../../model/point.ts';
import { measurementSlot, slotsOf } from '../../model/slots.ts';
import { LIST_STRETCH } from '../denseObjective.ts';
import { type ListedPeaks, listedPeaks } from '../pattern/listPattern.ts';
import type { ObjectiveInput } from '../ways.ts';
import { listedLoss, type PatternMap } from './listedLoss.ts';
import {
  type AtomSums,
  anyMoves,
  atomSums,
  measurementExists,
  type RowObjective,
  type Rows,
  textured,
  thermalOf,
  thermalSlopes,
  vibrates,
} from './rowObjective.ts';

/**
 * The loss at a cell and fractional coordinates [sites * 3]; writes its gradient in both: per angstrom and per degree
 * [6], per unit fraction [sites * 3]. NaN where the cell does not exist or nothing has any intensity.
 */
export type CrystalObjective = (
  cell: Float64Array,
  coordinates: Float64Array,
  byCell: Float64Array,
  byCoordinates: Float64Array,
) => number;

/**
 * The loss as a function of cell and coordinates together, all free: the joint search of a crystal whose lattice and atoms
 * are both off (see `rowObjective`).
 * @param target what the pattern, gone through the map, is compared with
 * @param map null: the pattern itself is compared
 */
export function crystalObjective(
  sites: readonly Site[],
  instrument: Instrument,
  loss: Loss,
  target: Float64Array,
  map: PatternMap | null,
): CrystalObjective {
  const slots = slotsOf(sites);
  const row = rowOf(sites, instrument);
  const byRow = row.slice();
  const end = slots.fract + 3 * slots.sites;
  const moving = Uint8Array.from(row, (_, i) => Number(i < end));
  const rows = { slots, base: row.slice(), moving, axis: USUAL_AXIS };
  const objective = rowObjective({ sites, instrument, loss, target, excluded: null }, rows, map);
  return (cell, coordinates, byCell, byCoordinates) => {
    row.set(cell);
    row.set(coordinates, slots.fract);
    const value = objective(row, byRow);
    byCell.set(byRow.subarray(0, 6));
    byCoordinates.set(byRow.subarray(slots.fract, end));
    return value;
  };
}

/** Reflections of all cells near one, in the order of their indices. */
interface Listed {
  readonly reference: Cell;
  readonly hkl: Int32Array;
  readonly count: number;
  readonly atoms: AtomSums;
  /** 0, 1, 2, …: each reflection has scattering factors of its own. */
  readonly own: Int32Array;
  /** The cell last placed, 0 at first, and whether with slopes; what depends on it alone is not worked out again. */
  readonly cell: Float64Array;
  sloped: boolean;
  /** q = (sinθ/λ)²; cos² of the angle to the axis of preferred orientation; [count]. */
  readonly q: Float64Array;
  readonly direction: Float64Array;
  /** f at rest, with its thermal motion, and df/dq of the latter: [count * elements]. */
  readonly atRest: Float64Array;
  readonly atRestSlope: Float64Array;
  readonly factors: Float64Array;
  /** F, |F|² and d|F|²/dq; texture; [count]. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly square: Float64Array;
  readonly squareSlope: Float64Array;
  readonly preference: Float64Array;
  /** dL/d(|F|² · texture), dL/d|F|² and dL/dq, [count]. */
  readonly byIntensity: Float64Array;
  readonly bySquare: Float64Array;
  readonly byQ: Float64Array;
  /** Those inside the window, line by line: reflection, sin²θ, Bragg angle and factor on |F|² with its slope in q. */
  readonly inside: {
    count: number;
    readonly reflection: Int32Array;
    readonly u: Float64Array;
    readonly bragg: Float64Array;
    readonly perQ: Float64Array;
    readonly perSquare: Float64Array;
    readonly perSquareSlope: Float64Array;
  };
  /** The one of them that a peak belongs to. */
  readonly peakOf: Int32Array;
  readonly peaks: ListedPeaks;
}

const DEGREES = 180 / Math.PI;

/** |F|² below which a reflection is extinct: rounding. */
const EXTINCT = 1e-20;

/**
 * The loss over all slots of a row, whatever of it moves: structure factors are summed anew at each point, (reflections ×
 * moving sites); the pattern costs bins plus reflections, bins times reflections where the factor on widths moves. Float64;
 * the value depends on nothing but the row, to the last bit.
 * @param map what the pattern goes through before it is compared with the target; null: nothing
 */
export function rowObjective(input: ObjectiveInput, rows: Rows, map: PatternMap | null): RowObjective {
  const { sites } = input;
  const { slots, base, moving, axis } = rows;
  if (!measurementExists(slots, base)) return () => Number.NaN;
  const seen = instrumentAs(input.instrument, measurementAt(slots, base));
  const formFactors = slots.elements.map(formFactorOf);
  const elements = formFactors.length;
  const lines = spectralLines(seen);
  const { lower, upper } = reflectionWindow(seen);
  const uOf = (degrees: number): number => Math.sin(degrees / (2 * DEGREES)) ** 2;
  const [uMin, uMax] = [uOf(lower), uOf(upper)];
  const slot = (key: keyof Measurement) => measurementSlot(slots, key);
  const [zero, displacement, widthFactor, march] = [
    slot('zero'),
    slot('displacement'),
    slot('widthFactor'),
    slot('march'),
  ];
  const cellMoves = moving.subarray(0, 6).some(Boolean);
  const stretch = cellMoves ? LIST_STRETCH : 1 + 1e-9;
  const hasTexture = textured(rows);
  const hasMotion = vibrates(rows);
  const thermalMoves = anyMoves(rows, slots.b, elements + 1);
  const thermal = new Float64Array(elements);
  const compare = listedLoss({ ...input, instrument: seen }, rows, map);
  const gamma = new Float64Array(9);
  let listed: Listed | null = null;

  const drawUp = (cell: ArrayLike<number>): Listed => {
    const reference = Array.from({ length: 6 }, (_, i) => cell[i]!) as unknown as Cell;
    const hkl = sortedByIndex(listedReflections(reference, seen, stretch));
    const count = hkl.length / 3;
    const column = (n = 1): Float64Array => new Float64Array(count * n);
    const ofLines = (): Float64Array => column(lines.length);
    return {
      reference,
      hkl,
      count,
      atoms: atomSums(sites, rows, hkl),
      own: Int32Array.from({ length: count }, (_, k) => k),
      cell: new Float64Array(6),
      sloped: false,
      q: column(),
      direction: column(),
      atRest: column(elements),
      atRestSlope: column(elements),
      factors: column(elements),
      re: column(),
      im: column(),
      square: column(),
      squareSlope: column(),
      preference: column().fill(1),
      byIntensity: column(),
      bySquare: column(),
      byQ: column(),
      inside: {
        count: 0,
        reflection: new Int32Array(count * lines.length),
        u: ofLines(),
        bragg: ofLines(),
        perQ: ofLines(),
        perSquare: ofLines(),
        perSquareSlope: ofLines(),
      },
      peakOf: new Int32Array(count * lines.length),
      peaks: listedPeaks(count * lines.length),
    };
  };

  const hklOf = ({ hkl }: Listed, k: number): Direction => [hkl[3 * k]!, hkl[3 * k + 1]!, hkl[3 * k + 2]!];

  /** What depends on the cell alone. */
  const placeCell = (at: Listed, recip: Float64Array, sloped: boolean): void => {
    const { hkl, count, q, inside, atRest, atRestSlope } = at;
    at.sloped = sloped;
    let n = 0;
    for (let k = 0; k < count; k++) {
      q[k] = inverseSquareSpacing(recip, hkl[3 * k]!, hkl[3 * k + 1]!, hkl[3 * k + 2]!) / 4;
      let counts = false;
      for (const { wavelength, weight } of lines) {
        const perQ = wavelength * wavelength;
        const u = perQ * q[k]!;
        if (!(u > uMin && u <= uMax)) continue;
        counts = true;
        inside.reflection[n] = k;
        inside.u[n] = u;
        inside.perQ[n] = perQ;
        inside.bragg[n] = 2 * Math.asin(Math.sqrt(u)) * DEGREES;
        // 2: the Friedel mate
        inside.perSquare[n] = 2 * weight * lorentzPolarisation(u);
        inside.perSquareSlope[n] = 2 * weight * lorentzPolarisationSlope(u) * perQ;
        n++;
      }
      if (!counts) continue;
      for (let e = 0; e < elements; e++) {
        atRest[k * elements + e] = scatteringFactor(formFactors[e]!, q[k]!);
        if (sloped) atRestSlope[k * elements + e] = scatteringFactorSlope(formFactors[e]!, q[k]!);
      }
      if (hasTexture) at.direction[k] = cosineSquare(recip, hklOf(at, k), axis);
    }
    inside.count = n;
  };

  const squareOf = (at: Listed, k: number, r: number): void => {
    const { atoms, q, factors, atRest, atRestSlope } = at;
    let [re, im, reSlope, imSlope] = [0, 0, 0, 0];
    for (let e = 0; e < elements; e++) {
      const i = k * elements + e;
      const damping = hasMotion ? Math.exp(-thermal[e]! * q[k]!) : 1;
      const f = atRest[i]! * damping;
      factors[i] = f;
      re += f * atoms.re[i]!;
      im += f * atoms.im[i]!;
      if (!at.sloped) continue;
      const slope = atRestSlope[i]! * damping - thermal[e]! * f;
      reSlope += slope * atoms.re[i]!;
      imSlope += slope * atoms.im[i]!;
    }
    at.re[k] = re;
    at.im[k] = im;
    at.square[k] = re * re + im * im;
    at.squareSlope[k] = 2 * (re * reSlope + im * imSlope);
    if (hasTexture) at.preference[k] = marchDollase(r, at.direction[k]!);
  };

  /** Peaks of every line of the radiation; false where none has any intensity. */
  const placePeaks = (at: Listed, row: Float64Array): boolean => {
    const { peaks, inside, square, preference, peakOf } = at;
    const shifts = { zero: row[zero]!, displacement: row[displacement]! };
    const wider = row[widthFactor]! / base[widthFactor]!;
    let [n, total, last] = [0, 0, -1];
    for (let i = 0; i < inside.count; i++) {
      const k = inside.reflection[i]!;
      if (k !== last) squareOf(at, k, row[march]!);
      last = k;
      if (square[k]! < EXTINCT) continue;
      const t = inside.bragg[i]! + peakShift(shifts, inside.u[i]!);
      if (!(t > 0)) continue;
      peaks.position[n] = t;
      peaks.width[n] = wider * fwhm(seen, t);
      peaks.widthSlope[n] = wider * fwhmSlope(seen, t);
      peaks.intensity[n] = inside.perSquare[i]! * square[k]! * preference[k]!;
      total += peaks.intensity[n]!;
      peakOf[n] = i;
      n++;
    }
    peaks.count = n;
    return total > 0 && total < Number.POSITIVE_INFINITY;
  };

  const goBack = (at: Listed, row: Float64Array, recip: Float64Array, byRow: Float64Array): void => {
    const { hkl, count, atoms, peaks, peakOf, inside, byIntensity, bySquare, byQ, square, preference } = at;
    const shifts = { displacement: row[displacement]! };
    byIntensity.fill(0);
    byQ.fill(0);
    for (let n = 0; n < peaks.count; n++) {
      const i = peakOf[n]!;
      const k = inside.reflection[i]!;
      const slope = peaks.byIntensity[n]!;
      const byPosition = peaks.intensity[n]! * peaks.byPosition[n]!;
      const u = inside.u[i]!;
      byIntensity[k]! += slope * inside.perSquare[i]!;
      const positionByU = DEGREES / Math.sqrt(u * (1 - u)) + peakShiftSlope(shifts, u);
      byQ[k]! +=
        slope *
          preference[k]! *
          (inside.perSquare[i]! * at.squareSlope[k]! + inside.perSquareSlope[i]! * square[k]!) +
        byPosition * inside.perQ[i]! * positionByU;
      byRow[zero]! += byPosition;
      byRow[displacement]! += byPosition * Math.sqrt(1 - u);
      if (moving[widthFactor])
        byRow[widthFactor]! +=
          (peaks.intensity[n]! * peaks.byWidth[n]! * peaks.width[n]!) / row[widthFactor]!;
    }
    for (let k = 0; k < count; k++) {
      bySquare[k] = byIntensity[k]! * preference[k]!;
      if (moving[march])
        byRow[march]! += byIntensity[k]! * square[k]! * marchDollaseByR(row[march]!, at.direction[k]!);
    }
    atoms.slopes(at.factors, at.own, at.re, at.im, bySquare, byRow);
    if (thermalMoves)
      thermalSlopes(slots, at.factors, at.own, at.q, atoms, at.re, at.im, bySquare, count, byRow);
    if (!cellMoves) return;
    gamma.fill(0);
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++) gamma[3 * i + j]! += (byQ[k]! / 4) * hkl[3 * k + i]! * hkl[3 * k + j]!;
      if (hasTexture && byIntensity[k] !== 0) {
        const slope = byIntensity[k]! * square[k]! * marchDollaseBySquare(row[march]!, at.direction[k]!);
        addDirectionSlope(gamma, slope, recip, hklOf(at, k), axis);
      }
    }
    byRow.set(cellGradient(row, recip, gamma, new Float64Array(6)));
  };

  return (row, byRow) => {
    if (!cellExists(row) || !measurementExists(slots, row)) return Number.NaN;
    if (!listed || largestStretch(listed.reference, row) > stretch) listed = drawUp(row);
    const at = listed;
    const recip = reciprocalMetric(row);
    const sloped = cellMoves && byRow !== null;
    if ((sloped && !at.sloped) || at.cell.some((value, i) => value !== row[i])) {
      placeCell(at, recip, sloped);
      at.cell.set(row.subarray(0, 6));
    }
    if (hasMotion) thermalOf(slots, row, thermal);
    at.atoms.place(row);
    if (!placePeaks(at, row)) {
      // what is no number must not stay where the next row does not write
      for (const values of [at.re, at.im, at.square, at.factors]) values.fill(0);
      at.preference.fill(1);
      return Number.NaN;
    }
    if (!byRow) return compare(at.peaks, row, null);
    byRow.fill(0);
    const value = compare(at.peaks, row, byRow);
    goBack(at, row, recip, byRow);
    return value;
  };
}

function sortedByIndex(hkl: Int32Array): Int32Array {
  const order = Array.from({ length: hkl.length / 3 }, (_, k) => 3 * k);
  order.sort((p, q) => hkl[p]! - hkl[q]! || hkl[p + 1]! - hkl[q + 1]! || hkl[p + 2]! - hkl[q + 2]!);
  return Int32Array.from(order.flatMap(k => [hkl[k]!, hkl[k + 1]!, hkl[k + 2]!]));
}
