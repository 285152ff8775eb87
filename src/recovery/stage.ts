import type { Instrument } from '../diffraction/instrument.ts';
import { backgroundDegree, dot, type SlowBackground, slowBackground, takeOut } from './slowBackground.ts';
import { narrowestWidth, type StageGrid, smoothed, stageGrid, thinned } from './smoothing.ts';

/** A pattern that is to be explained, as data: its bins, and nothing of the crystal behind it. */
export interface RecoveryTarget {
  /** [binCount] of the instrument; it must not change once it is in use. */
  readonly pattern: Float64Array;
  /** 1 at bins that do not count [binCount]; null: all do. */
  readonly excluded: Uint8Array | null;
}

/** The target at one width of the kernel. */
export interface Stage {
  readonly grid: StageGrid;
  /** Points of it that are enough for the curvature of the loss. */
  readonly thin: StageGrid;
  /** Polynomials that are taken out of both sides; null: none. */
  readonly background: SlowBackground | null;
  /** The smoothed target [count]. */
  readonly smooth: Float64Array;
  /** The same with the background taken out and of norm 1 [count]. */
  readonly unit: Float64Array;
  /** 1 at points that do not count [count]; null: all do, as under any kernel. */
  readonly excluded: Uint8Array | null;
}

/**
 * The target smoothed from itself with a Gaussian of so many degrees FWHM; 0: as it is.
 * @param withBackground take slow polynomials out
 */
export function stageOf(
  instrument: Instrument,
  { pattern, excluded }: RecoveryTarget,
  kernel: number,
  withBackground: boolean,
): Stage {
  const grid = stageGrid(instrument, kernel);
  const masked = kernel === 0 ? excluded : null;
  const window = instrument.twoThetaMax - instrument.twoThetaMin;
  const degree = backgroundDegree(Math.max(kernel, narrowestWidth(instrument)), window);
  const counts = masked ? masked.map(value => 1 - value) : null;
  const background = withBackground ? slowBackground(grid.count, degree, counts) : null;
  const smooth = smoothed(instrument, pattern, excluded, grid);
  const unit = Float64Array.from(smooth);
  if (background) takeOut(background, unit);
  const norm = Math.sqrt(dot(unit, unit));
  if (!(norm > 0)) throw new Error('the target has no intensity in the window');
  return {
    grid,
    thin: thinned(instrument, grid),
    background,
    smooth,
    unit: unit.map(value => value / norm),
    excluded: masked,
  };
}
