import type { Cell } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import type { ReflectionTable } from '../../diffraction/mergePeaks.ts';
import type { Points } from '../../diffraction/resample.ts';
import type { LossId } from '../../losses/loss.ts';

export interface SimulateCall {
  readonly sites: readonly Site[];
  readonly cell: Cell;
  readonly instrument: Instrument;
}

export interface Simulated {
  /** Intensity on the instrument's grid [binCount]. */
  readonly values: Float64Array;
  readonly table: ReflectionTable;
}

export interface SimilaritiesCall {
  readonly curves: readonly Points[];
  /** Of de Gelder's weight, in the unit of the positions. */
  readonly width: number;
}

/** Every pattern against every other under every loss. */
export interface Similarities {
  /** Loss of trial j against target i at [i * n + j], by loss; NaN where the two share no range. */
  readonly values: Readonly<Record<LossId, Float64Array>>;
}

/** What the worker of the comparison can do. */
export interface CompareMethods {
  simulate: { args: SimulateCall; progress: never; result: Simulated };
  similarities: { args: SimilaritiesCall; progress: number; result: Similarities };
}
