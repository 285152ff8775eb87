import { cellExists, cellGradient, reciprocalMetric } from '../crystal/cell.ts';
import { fwhm } from '../diffraction/caglioti.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import type { PeakList } from '../diffraction/pattern.ts';
import type { GroupedPeaks } from './groupedPeaks.ts';
import {
  addSmoothed,
  type Counted,
  countedParts,
  emptySmoothed,
  peakWindow,
  pointsNear,
  profileSlope,
  smoothPeaks,
  weightedSums,
} from './smoothedPeaks.ts';
import type { StageGrid } from './smoothing.ts';

/** Peaks of a model: reflection of each [count], by its place among the indices. */
export interface ReflectionsOfPeaks {
  readonly count: number;
  readonly index: ArrayLike<number>;
  readonly hkl: ArrayLike<number>;
}

/** The smoothed pattern of a crystal over its cell, and the two ways back from it: against a residual, and as a Jacobian. */
export interface SmoothedModel {
  readonly grid: StageGrid;
  /** The pattern at a cell [count], until the next call; null where the cell does not exist or shows no peak. */
  pattern(cell: ArrayLike<number>): Float64Array | null;
  /** Those of the last pattern. */
  reflections(): ReflectionsOfPeaks;
  /** The last pattern at other points [points.count], once for each row of factors on the heights of its peaks. */
  weighted(factors: readonly Float64Array[], points: StageGrid): Float64Array[];
  /** The last pattern with each peak's height times a factor, from now on: what goes back from it has them too. */
  reweighted(factors: Float64Array): Float64Array;
  /**
   * ∂L/∂cell [6], per angstrom and per degree, from ∂L/∂pattern [count] at the cell of the last pattern.
   * @param widths where the profiles are cut; whole ones, where left out
   */
  adjoint(residual: Float64Array, gradient: Float64Array, widths?: number): void;
  /**
   * ∂pattern/∂x, a row for each of n directions [n * points.count], at the cell of the last pattern; profiles are cut at
   * `JACOBIAN_REACH` widths, where their slope is half a hundredth of its largest.
   * @param metricSlopes derivatives of the reciprocal metric along each direction, n of [9], inverse square angstrom
   * @param points those of the grid, or every so many of them
   */
  jacobian(metricSlopes: readonly Float64Array[], points: StageGrid, out: Float64Array): void;
}

export const JACOBIAN_REACH = 4;

/** @param source peaks over the cell; the same one may serve several models of a crystal */
export function smoothedModel(
  instrument: Instrument,
  grid: StageGrid,
  excluded: Uint8Array | null,
  source: GroupedPeaks,
): SmoothedModel {
  const counted: Counted = countedParts(instrument, excluded);
  const { lower, upper } = peakWindow(instrument, grid.fwhm, fwhm(instrument, instrument.twoThetaMax));
  const pattern = new Float64Array(grid.count);
  const slope = new Float64Array(grid.count);
  const quarter = instrument.wavelength ** 2 / 4;
  let peaks: PeakList | null = null;
  let room = emptySmoothed(0);
  let at: Float64Array = new Float64Array(6);
  return {
    grid,
    pattern(cell) {
      if (!cellExists(cell)) return null;
      at = Float64Array.from({ length: 6 }, (_, i) => cell[i]!);
      peaks = source.at(cell, lower, upper);
      if (peaks.count === 0) return null;
      if (room.position.length < peaks.count) room = emptySmoothed(peaks.index.length);
      smoothPeaks(instrument, grid, peaks, counted, room);
      return addSmoothed(grid, room, pattern.fill(0));
    },
    reflections: () => ({ count: room.count, index: peaks!.index, hkl: source.hkl() }),
    weighted: (factors, points) => weightedSums(points, room, factors),
    reweighted(factors) {
      for (const heights of [room.lorentz, room.gauss, room.lorentzSlope, room.gaussSlope])
        for (let k = 0; k < room.count; k++) heights[k]! *= factors[k]!;
      return addSmoothed(grid, room, pattern.fill(0));
    },
    adjoint(residual, gradient, widths = Number.POSITIVE_INFINITY) {
      const hkl = source.hkl();
      const gamma = new Float64Array(9);
      for (let k = 0; k < room.count; k++) {
        const [low, high] = pointsNear(grid, room, k, widths);
        profileSlope(grid, room, k, low, high, slope);
        let sum = 0;
        for (let i = low; i <= high; i++) sum += slope[i - low]! * residual[i]!;
        sum *= quarter;
        const base = 3 * peaks!.index[k]!;
        for (let i = 0; i < 3; i++)
          for (let j = i; j < 3; j++) gamma[3 * i + j]! += sum * hkl[base + i]! * hkl[base + j]!;
      }
      gamma[3] = gamma[1]!;
      gamma[6] = gamma[2]!;
      gamma[7] = gamma[5]!;
      cellGradient(at, reciprocalMetric(at), gamma, gradient);
    },
    jacobian(metricSlopes, points, out) {
      const hkl = source.hkl();
      out.fill(0);
      for (let k = 0; k < room.count; k++) {
        const [low, high] = pointsNear(points, room, k, JACOBIAN_REACH);
        if (low > high) continue;
        profileSlope(points, room, k, low, high, slope);
        const base = 3 * peaks!.index[k]!;
        const [h, p, l] = [hkl[base]!, hkl[base + 1]!, hkl[base + 2]!];
        for (let j = 0; j < metricSlopes.length; j++) {
          const g = metricSlopes[j]!;
          const uSlope =
            quarter *
            (h * h * g[0]! +
              p * p * g[4]! +
              l * l * g[8]! +
              2 * (h * p * g[1]! + h * l * g[2]! + p * l * g[5]!));
          const row = j * points.count;
          for (let i = low; i <= high; i++) out[row + i]! += uSlope * slope[i - low]!;
        }
      }
    },
  };
}
