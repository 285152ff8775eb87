import type { Cell } from '../../crystal/cell.ts';
import type { FamilyId } from '../../crystal/family.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import type { MergedPeak, ReflectionTable } from '../../diffraction/mergePeaks.ts';
import type { Similarities } from '../../engine/methods/compare.ts';
import type { Progress } from '../core/progress.ts';
import { registerSlice } from '../core/store.ts';

/** The computed pattern of one entry. */
export interface CompareCurve {
  readonly key: string;
  /** Of the crystal or the file. */
  readonly name: string;
  readonly formula: string;
  readonly spaceGroup: string | null;
  readonly family: FamilyId;
  /** Null for a measured pattern. */
  readonly cell: Cell | null;
  /** Its own wavelength and widths; for a measured pattern wavelength and window only. */
  readonly instrument: Instrument;
  /** Degrees and intensity, ascending. */
  readonly twoTheta: Float64Array;
  readonly values: Float64Array;
  readonly highest: number;
  readonly table: ReflectionTable | null;
  /** Of a crystal its reflections, of a measured pattern its maxima. */
  readonly peaks: readonly MergedPeak[];
  readonly measured: boolean;
}

export interface CompareState {
  /** One for each entry of the inputs, by its key; null is being computed, a string says why there is none. */
  readonly curves: ReadonlyMap<string, CompareCurve | string | null>;
  readonly similarities: ComparedPatterns | null;
}

/** All patterns against all. */
export interface ComparedPatterns extends Progress {
  /** Keys of the curves in the order of the table. */
  readonly keys: readonly string[];
  /** Axis and widths of the losses, as one string. */
  readonly of: string;
  readonly table: Similarities | null;
}

declare module '../core/store.ts' {
  interface Slices {
    readonly compare: CompareState;
  }
}

export const compare = registerSlice('compare', { curves: new Map(), similarities: null });
