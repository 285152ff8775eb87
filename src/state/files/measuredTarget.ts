import type { Instrument } from '../../diffraction/instrument.ts';
import type { MeasuredInputs } from './measuredSettings.ts';

/** A measured pattern on the bins of an instrument, ready to be a target. */
export interface MeasuredTarget {
  readonly name: string;
  /** Settings that it was prepared with; another instrument or other settings mean that it is being prepared again. */
  readonly instrument: Instrument;
  readonly settings: MeasuredInputs;
  /** Background taken off, zero shift applied [binCount]. */
  readonly pattern: Float64Array;
  /** 1 = the bin does not count [binCount]: excluded regions, outside the range, outside the file. */
  readonly excluded: Uint8Array;
  readonly warnings: readonly string[];
}

/**
 * The height of `simulated` that comes closest to `measured` over the bins that count, least squares:
 * s = Σ x x̂ / Σ x̂². 0 where nothing is simulated.
 */
export function fittedScale(measured: Float64Array, simulated: Float64Array, excluded: Uint8Array): number {
  let cross = 0;
  let square = 0;
  for (let i = 0; i < measured.length; i++) {
    if (excluded[i]) continue;
    cross += measured[i]! * simulated[i]!;
    square += simulated[i]! * simulated[i]!;
  }
  return square > 0 ? Math.max(0, cross / square) : 0;
}

/** True where a target is the one that is asked for. The drawn scale is no part of it. */
export const isPrepared = (
  target: MeasuredTarget | null,
  { scale: _, ...wanted }: MeasuredInputs,
  instrument: Instrument,
): boolean => {
  if (!target || target.instrument !== instrument) return false;
  const { scale: __, ...settings } = target.settings;
  return JSON.stringify(settings) === JSON.stringify(wanted);
};
