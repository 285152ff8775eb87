import { CELL_KEYS, type CellKey, isLength } from '../crystal/cell.ts';
import type { StopReason } from './stopRule.ts';

/** Distance of a cell from another: relative in lengths, in degrees for angles. */
export interface Deviation {
  readonly key: CellKey;
  /** Difference, angstrom or degrees. */
  readonly difference: number;
  /** Share of the reference value. */
  readonly relative: number;
}

export const deviations = (cell: ArrayLike<number>, truth: ArrayLike<number>): Deviation[] =>
  CELL_KEYS.map((key, i) => ({
    key,
    difference: cell[i]! - truth[i]!,
    relative: (cell[i]! - truth[i]!) / truth[i]!,
  }));

/** The largest relative deviation of any length and the largest deviation of any angle in degrees. */
export function offBy(cell: ArrayLike<number>, truth: ArrayLike<number>): { length: number; angle: number } {
  let length = 0;
  let angle = 0;
  for (const { key, difference, relative } of deviations(cell, truth))
    if (isLength(key)) length = Math.max(length, Math.abs(relative));
    else angle = Math.max(angle, Math.abs(difference));
  return { length, angle };
}

/** A descent has reached the truth when every length is within this share and every angle within so many degrees. */
export const REACHED = { length: 0.01, angle: 1 } as const;

export function reachesTruth(cell: ArrayLike<number>, truth: ArrayLike<number>): boolean {
  const { length, angle } = offBy(cell, truth);
  return length <= REACHED.length && angle <= REACHED.angle;
}

/**
 * Recovered in the strict sense: every length within this share, every angle within so many degrees and, where atoms move
 * too, none further than this from its place, angstrom.
 */
export const STRICT = { length: 0.005, angle: 0.5, displacement: 0.05 } as const;

/** Distance of a cell from a slice: the largest relative deviation of a parameter that the slice does not move. */
export function offSlice(
  cell: ArrayLike<number>,
  base: ArrayLike<number>,
  moved: readonly CellKey[],
): number {
  return Math.max(
    ...deviations(cell, base)
      .filter(({ key }) => !moved.includes(key))
      .map(({ relative }) => Math.abs(relative)),
  );
}

/** Why a descent stopped, as a sentence. */
export function stopSentence(
  end: { readonly reason: StopReason; readonly twoCycle: boolean },
  plan: { readonly stopGain: number; readonly stopWindow: number; readonly maxIterations: number },
): string {
  const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  if (end.reason === 'leftDomain') return 'The next step would leave the cells that exist.';
  const stopped =
    end.reason === 'converged'
      ? `the loss gained less than ${plan.stopGain} in ${thousands(plan.stopWindow)} steps`
      : `the limit of ${thousands(plan.maxIterations)} steps was reached`;
  if (end.twoCycle)
    return `Bouncing: the steps hop to and fro across the valley (the learning rate is above 2/λ there), until ${stopped}.`;
  return `${stopped.charAt(0).toUpperCase()}${stopped.slice(1)}.`;
}
