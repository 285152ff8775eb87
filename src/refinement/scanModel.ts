import {
  type Cell,
  cellExists,
  cellGradient,
  inverseSquareSpacing,
  reciprocalMetric,
} from '../crystal/cell.ts';
import type { FamilyId } from '../crystal/family.ts';
import type { Site } from '../crystal/structure.ts';
import {
  type FormFactor,
  formFactorOf,
  scatteringFactor,
  scatteringFactorSlope,
} from '../diffraction/formFactor.ts';
import { PAPER_INSTRUMENT, spectralLines } from '../diffraction/instrument.ts';
import {
  addDirectionSlope,
  cosineSquare,
  type Direction,
  marchDollase,
  marchDollaseByR,
  marchDollaseBySquare,
} from '../diffraction/marchDollase.ts';
import { FAMILY_INVARIANTS, mergeReflections } from '../diffraction/mergedReflections.ts';
import { FOUR_LN2 } from '../diffraction/pseudoVoigt.ts';
import { largestStretch, listedReflections } from '../diffraction/reflections.ts';
import {
  dropExtinct,
  type StructureFactorSums,
  structureFactorSums,
} from '../diffraction/structureFactor.ts';
import { gaussLegendre } from '../num/gaussLegendre.ts';

/** Numbers of a scan besides the crystal and the linear ones, in the order of their columns; the cell comes first [6]. */
export const PROFILE_KEYS = [
  'zero',
  'displacement',
  'u',
  'v',
  'w',
  'mixing',
  'mixingSlope',
  'asymmetry',
  'b',
  'march',
] as const;
export type ProfileKey = (typeof PROFILE_KEYS)[number];
/** Row of a model: the cell (angstrom, degrees), then the numbers of `PROFILE_KEYS`. */
export const ROW_LENGTH = 6 + PROFILE_KEYS.length;
export const rowIndex = (key: ProfileKey): number => 6 + PROFILE_KEYS.indexOf(key);

/** What is fixed of a scan. */
export interface ScanSetting {
  /** Points, 2θ in degrees, ascending [n]. */
  readonly twoTheta: Float64Array;
  readonly wavelength: number;
  /** Kα₂ and its share of the first line; absent: one line. */
  readonly secondWavelength?: number | undefined;
  readonly secondRatio?: number | undefined;
  /** 2θ of the monochromator, degrees; absent or 0: none, unpolarised beam. */
  readonly monochromator?: number | undefined;
  readonly marchAxis: Direction;
}

/** Peaks that coincide throughout the family. */
interface Groups {
  readonly reference: Cell;
  readonly sums: StructureFactorSums;
  readonly factors: readonly FormFactor[];
  /** Members of each group, as rows of the sums. */
  readonly members: readonly (readonly number[])[];
}

const STRETCH = 1.04;
const DEGREES = 180 / Math.PI;
/** Profiles end so many widths to either side, where what a Lorentzian has left is taken off so that it ends at 0. */
const REACH = 30;
const TAIL = 1 / (1 + 4 * REACH * REACH);

/** A pattern at the points of a scan for a scale of 1, with its derivatives in a row. */
export interface ScanModel {
  /** Groups of coinciding peaks; the list follows the cell. */
  readonly groups: number;
  /**
   * Writes the pattern [n] and, where asked, ∂pattern/∂row as columns [ROW_LENGTH][n], those of `wanted` alone. False
   * where the row stands for no pattern.
   * @param intensities in place of those of the crystal [groups]; null: the crystal's
   */
  pattern(
    row: Float64Array,
    out: Float64Array,
    columns: readonly (Float64Array | null)[] | null,
    intensities?: Float64Array | null,
  ): boolean;
  /** Indices of one reflection of each group, of the list that served last. */
  groupsHkl(): readonly Direction[];
  /** Σ |F|² of each group as the row that was asked for last has it, texture and thermal motion in it [groups]. */
  squares(): Float64Array;
  /** One of each group's reflections and the angle of its first line, of the row that was asked for last. */
  peaks(): readonly GroupPeak[];
  /** Adds scale × the profile of each group to what `take` makes of it: (group, point, value). */
  share(take: (group: number, from: number, values: Float64Array) => void): void;
}

export interface GroupPeak {
  readonly hkl: Direction;
  /** Number of its reflections, Friedel mates counted. */
  readonly multiplicity: number;
  /** Degrees, as the scan shows it: with shifts. */
  readonly twoTheta: number;
  readonly width: number;
  /** Integrated intensity for a scale of 1. */
  readonly intensity: number;
}

/** Areas of both profiles of height 1 and FWHM 1. */
const LORENTZ_AREA = Math.atan(2 * REACH) - 2 * REACH * TAIL;
const GAUSS_AREA = Math.sqrt(Math.PI / FOUR_LN2);

/**
 * The Rietveld model of a scan: Σ over lines and reflections of L·P·|F|²·P_March·exp(−2B sin²θ/λ²) times a pseudo-Voigt
 * of area 1, of Caglioti widths H² = U tan²θ + V tanθ + W, Gaussian share η = mixing + mixingSlope·(2θ/100°), drawn out
 * to one side by axial divergence (`axialNodes`). Positions are shifted by zero + displacement·cosθ. With a monochromator the polarisation is (1 + cos²2θ_m cos²2θ)/(1 + cos²2θ_m).
 * Integrated intensities follow |F|², unlike the pattern of the paper, whose heights do (S1.2).
 */
export function scanModel(
  sites: readonly Site[] | null,
  family: FamilyId,
  setting: ScanSetting,
  allowed: (h: number, k: number, l: number) => boolean = () => true,
): ScanModel {
  const { twoTheta, marchAxis } = setting;
  const n = twoTheta.length;
  const lines = spectralLines({ ...PAPER_INSTRUMENT, ...setting, secondRatio: setting.secondRatio });
  const mono = Math.cos((setting.monochromator ?? 0) / DEGREES) ** 2;
  const [first, last] = [twoTheta[0]!, twoTheta[n - 1]!];
  let list: Groups | null = null;
  let squares = new Float64Array(0);
  let shown: GroupPeak[] = [];
  let drawn: { group: number; from: number; values: Float64Array }[] = [];

  const drawUp = (cell: Cell): Groups => {
    const window = {
      ...PAPER_INSTRUMENT,
      ...setting,
      twoThetaMin: 0,
      twoThetaMax: Math.min(170, last + 2),
      margin: 0,
    };
    const hkl = listedReflections(cell, window, STRETCH);
    const kept: number[] = [];
    for (let k = 0; k < hkl.length; k += 3)
      if (allowed(hkl[k]!, hkl[k + 1]!, hkl[k + 2]!)) kept.push(hkl[k]!, hkl[k + 1]!, hkl[k + 2]!);
    const all = structureFactorSums(sites ?? [], Int32Array.from(kept));
    const sums = sites ? dropExtinct(all) : all;
    const { groupOf, rows } = mergeReflections(sums, FAMILY_INVARIANTS[family]);
    const members: number[][] = Array.from({ length: rows.count }, () => []);
    for (let k = 0; k < sums.count; k++) members[groupOf[k]!]!.push(k);
    return { reference: cell, sums, factors: sums.elements.map(formFactorOf), members };
  };

  const ensure = (row: Float64Array): Groups => {
    if (!list || largestStretch(list.reference, row) > STRETCH)
      list = drawUp(Array.from(row.subarray(0, 6)) as unknown as Cell);
    return list;
  };

  return {
    get groups() {
      return list?.members.length ?? 0;
    },
    groupsHkl: () =>
      (list?.members ?? []).map(([k]) => [
        list!.sums.hkl[3 * k!]!,
        list!.sums.hkl[3 * k! + 1]!,
        list!.sums.hkl[3 * k! + 2]!,
      ]),
    squares: () => squares,
    peaks: () => shown,
    share(take) {
      for (const { group, from, values } of drawn) take(group, from, values);
    },
    pattern(row, out, columns, intensities = null) {
      out.fill(0);
      for (const column of columns ?? []) column?.fill(0);
      if (!cellExists(row)) return false;
      const { sums, factors, members } = ensure(row);
      const recip = reciprocalMetric(row);
      const at = (key: ProfileKey): number => row[rowIndex(key)]!;
      const [zero, displacement, u, v, w] = [at('zero'), at('displacement'), at('u'), at('v'), at('w')];
      const [mixing, mixingSlope, asymmetry, b, march] = [
        at('mixing'),
        at('mixingSlope'),
        at('asymmetry'),
        at('b'),
        at('march'),
      ];
      if (!(march > 0)) return false;
      shown = [];
      drawn = [];
      if (squares.length !== members.length) squares = new Float64Array(members.length).fill(1);
      const e = sums.elements.length;
      const f = new Float64Array(e);
      const fSlope = new Float64Array(e);
      const gamma = new Float64Array(9);
      const byCell = new Float64Array(6);
      const marchByCell = new Float64Array(6);
      const bySlot = Array.from({ length: 6 }, () => new Float64Array(ROW_LENGTH));
      const active = (columns ?? []).flatMap((column, j) => (column ? [[column, j] as const] : []));
      for (const [g, rows] of members.entries()) {
        const h = (k: number): Direction => [sums.hkl[3 * k]!, sums.hkl[3 * k + 1]!, sums.hkl[3 * k + 2]!];
        const lead = h(rows[0]!);
        const q = inverseSquareSpacing(recip, ...lead) / 4;
        if (!lines.some(({ wavelength }) => inWindow(q * wavelength * wavelength, first, last))) continue;
        for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) gamma[3 * i + j] = 0.25 * lead[i]! * lead[j]!;
        cellGradient(row, recip, gamma, byCell);
        // Σ |F|² P over the group, its derivatives in q, r and (through the directions) the cell
        let [square, byQ, byMarch] = [0, 0, 0];
        marchByCell.fill(0);
        if (intensities) square = intensities[g]!;
        else {
          for (let i = 0; i < e; i++) {
            f[i] = scatteringFactor(factors[i]!, q);
            fSlope[i] = scatteringFactorSlope(factors[i]!, q);
          }
          const damping = Math.exp(-2 * b * q);
          const textured = march !== 1 || columns?.[rowIndex('march')];
          if (textured) gamma.fill(0);
          for (const k of rows) {
            let [re, im, reSlope, imSlope] = [0, 0, 0, 0];
            for (let i = 0; i < e; i++) {
              const [sr, si] = [sums.re[k * e + i]!, sums.im[k * e + i]!];
              re += f[i]! * sr;
              im += f[i]! * si;
              reSlope += fSlope[i]! * sr;
              imSlope += fSlope[i]! * si;
            }
            const own = 2 * damping * (re * re + im * im);
            const ownSlope = 2 * damping * 2 * (re * reSlope + im * imSlope) - 2 * b * own;
            if (!textured) {
              square += own;
              byQ += ownSlope;
              continue;
            }
            const cosine = cosineSquare(recip, h(k), marchAxis);
            const p = marchDollase(march, cosine);
            square += own * p;
            byQ += ownSlope * p;
            byMarch += own * marchDollaseByR(march, cosine);
            addDirectionSlope(gamma, own * marchDollaseBySquare(march, cosine), recip, h(k), marchAxis);
          }
          if (textured) cellGradient(row, recip, gamma, marchByCell);
        }
        squares[g] = square;
        for (const line of lines) {
          const s = q * line.wavelength * line.wavelength;
          if (!(s > 0 && s < 1)) continue;
          const t = 2 * Math.asin(Math.sqrt(s)) * DEGREES;
          const byS = DEGREES / Math.sqrt(s * (1 - s));
          const theta = t / (2 * DEGREES);
          const centre = t + zero + displacement * Math.cos(theta);
          const tan = Math.tan(theta);
          const sec2 = 1 + tan * tan;
          const h2 = u * tan * tan + v * tan + w;
          if (!(h2 > 0)) return false;
          const width = Math.sqrt(h2);
          if (centre < first - REACH * width || centre > last + REACH * width) continue;
          const eta = mixing + mixingSlope * (t / 100);
          if (!(eta >= -0.5 && eta <= 1.5)) return false;
          const [lp, lpSlope] = polarised(s, mono);
          // per degree of t: position, width, share, skew, ln(LP)
          const perQ = line.wavelength * line.wavelength * byS;
          const centreByT = 1 - (displacement * Math.sin(theta)) / (2 * DEGREES);
          const tanByT = sec2 / (2 * DEGREES);
          const widthByT = ((2 * u * tan + v) * tanByT) / (2 * width);
          const etaByT = mixingSlope / 100;
          const nodes = axialNodes(t, asymmetry);
          const intensity = line.weight * lp * square;
          if (line.stretch === 1)
            shown.push({ hkl: lead, multiplicity: 2 * rows.length, twoTheta: centre, width, intensity });
          const shifts = nodes.map(({ shift }) => shift);
          const from = lowerIndex(twoTheta, centre + Math.min(0, ...shifts) - REACH * width);
          const to = lowerIndex(twoTheta, centre + Math.max(0, ...shifts) + REACH * width);
          if (from >= to) continue;
          const slopes = columns && {
            // ∂intensity/∂q of the crystal and of LP
            intensityByQ: line.weight * (lp * byQ + square * lpSlope * line.wavelength * line.wavelength),
            perQ,
          };
          const norm = (1 - eta) * LORENTZ_AREA + eta * GAUSS_AREA;
          const height = intensity / (width * norm);
          const values = new Float64Array(to - from);
          // what each number of the profile moves: centre, width, share, skew, the value itself, the intensity
          for (const part of bySlot) part.fill(0);
          bySlot[0]![rowIndex('zero')] = 1;
          bySlot[0]![rowIndex('displacement')] = Math.cos(theta);
          bySlot[1]![rowIndex('u')] = (tan * tan) / (2 * width);
          bySlot[1]![rowIndex('v')] = tan / (2 * width);
          bySlot[1]![rowIndex('w')] = 1 / (2 * width);
          bySlot[2]![rowIndex('mixing')] = 1;
          bySlot[2]![rowIndex('mixingSlope')] = t / 100;
          bySlot[3]![rowIndex('asymmetry')] = 1;
          if (!intensities) {
            bySlot[4]![rowIndex('b')] = -2 * q;
            bySlot[5]![rowIndex('march')] = line.weight * lp * byMarch;
          }
          for (let i = from; i < to; i++) {
            const d = twoTheta[i]! - centre;
            let [value, byCentre, byX, byEta, byAxial, byTail] = [0, 0, 0, 0, 0, 0];
            for (const { share, shift, byAsymmetry, byAngle } of nodes) {
              const x = (d - shift) / width;
              const x2 = x * x;
              if (x2 > REACH * REACH) continue;
              const whole = 1 / (1 + 4 * x2);
              const lorentz = whole - TAIL;
              const gauss = x2 < 14 ? Math.exp(-FOUR_LN2 * x2) : 0;
              value += share * ((1 - eta) * lorentz + eta * gauss);
              if (!slopes) continue;
              const slope = share * (-(1 - eta) * 8 * x * whole * whole - eta * 2 * FOUR_LN2 * x * gauss);
              byCentre -= slope;
              byX += slope * x;
              byEta += share * (gauss - lorentz);
              byAxial -= slope * byAsymmetry;
              byTail -= slope * byAngle;
            }
            value *= height;
            values[i - from] = value / (intensity || 1);
            out[i]! += value;
            if (!slopes) continue;
            byCentre *= height / width;
            const bySkew = (byAxial * height) / width;
            const byWidth = -(byX * height + value) / width;
            byEta = height * byEta - (value * (GAUSS_AREA - LORENTZ_AREA)) / norm;
            const byT =
              byCentre * centreByT + byWidth * widthByT + byEta * etaByT + (byTail * height) / width;
            const perIntensity = value / (intensity || 1);
            const byQAll = perIntensity * slopes.intensityByQ + byT * slopes.perQ;
            for (const [column, j] of active) {
              column[i]! +=
                j < 6
                  ? byQAll * byCell[j]! + perIntensity * line.weight * lp * marchByCell[j]!
                  : byCentre * bySlot[0]![j]! +
                    byWidth * bySlot[1]![j]! +
                    byEta * bySlot[2]![j]! +
                    bySkew * bySlot[3]![j]! +
                    value * bySlot[4]![j]! +
                    perIntensity * bySlot[5]![j]!;
            }
          }
          drawn.push({ group: g, from, values: values.map(value => value * line.weight * lp) });
        }
      }
      return true;
    },
  };
}

/** A share of a peak and how far it lies beside its Bragg angle, degrees, with slopes in S/L and in the angle. */
interface AxialNode {
  readonly share: number;
  readonly shift: number;
  readonly byAsymmetry: number;
  readonly byAngle: number;
}

/** Gauss–Legendre on 0 … 1 with the weight 2(1 − u) of equal heights. */
const RULE = gaussLegendre(6);
const AXIAL = Array.from(RULE.nodes, (u, k) => ({ u, share: 2 * (1 - u) * RULE.weights[k]! }));

/**
 * Axial divergence after Finger, Cox & Jephcoat (J. Appl. Cryst. 27, 892, 1994) for a sample as high as the receiving slit,
 * S/L = H/L: what a peak at 2θ shows at 2φ, cos 2φ = cos 2θ √(1 + h²), has the weight 2S − h of the height h between 0 and
 * 2S; the slow factor 1/((1 + h²) sin 2φ) is left out. The Bragg angle is the end of the tail and not the top.
 * @param t 2θ, degrees
 */
function axialNodes(t: number, asymmetry: number): readonly AxialNode[] {
  const cosine = Math.cos(t / DEGREES);
  const sine = Math.sin(t / DEGREES);
  const sum = AXIAL.reduce((total, { share }) => total + share, 0);
  if (asymmetry === 0) return [{ share: 1, shift: 0, byAsymmetry: 0, byAngle: 0 }];
  return AXIAL.map(({ u, share }) => {
    const h = 2 * Math.abs(asymmetry) * u;
    const root = Math.sqrt(1 + h * h);
    const seen = Math.max(-1 + 1e-12, Math.min(1 - 1e-12, cosine * root));
    const angle = Math.acos(seen);
    const sineSeen = Math.sqrt(1 - seen * seen);
    return {
      share: share / sum,
      shift: angle * DEGREES - t,
      byAsymmetry: ((-cosine * h) / (root * sineSeen)) * DEGREES * 2 * u * Math.sign(asymmetry),
      byAngle: (sine * root) / sineSeen - 1,
    };
  });
}

const inWindow = (s: number, first: number, last: number): boolean => {
  if (!(s > 0 && s < 1)) return false;
  const t = 2 * Math.asin(Math.sqrt(s)) * DEGREES;
  return t > first - 5 && t < last + 5;
};

/** Lorentz and polarisation, (1 + M cos²2θ)/((1 + M) sin²θ cosθ) with M = cos²2θ_m, and its slope in sin²θ. */
function polarised(s: number, mono: number): [number, number] {
  const cos2 = 1 - 2 * s;
  const root = Math.sqrt(1 - s);
  const polar = (1 + mono * cos2 * cos2) / (1 + mono);
  const polarSlope = (-4 * mono * cos2) / (1 + mono);
  const lorentz = 1 / (s * root);
  const lorentzSlope = -1 / (s * s * root) + 1 / (2 * s * root * (1 - s));
  return [polar * lorentz, polarSlope * lorentz + polar * lorentzSlope];
}

/** The first point at or beyond an angle. */
function lowerIndex(x: Float64Array, value: number): number {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
