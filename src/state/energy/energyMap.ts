import type { Site } from '../../crystal/structure.ts';
import type { Slice } from '../../landscape/slice.ts';

/** Energies over a slice as far as computed, eV per cell [iy * xs.length + ix]. */
export interface EnergyMap {
  readonly sites: readonly Site[];
  readonly slice: Slice;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly values: Float64Array;
  /** Energy of the true cell; null until computed. */
  readonly atTruth: number | null;
  readonly final: boolean;
  readonly origin: 'computed' | 'precomputed';
}
