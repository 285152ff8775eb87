import type { Cell } from '../crystal/cell.ts';
import { type Freedom, LADDERS, type PreparedRecovery } from './ladder.ts';
import { lastStage } from './recoverSteps.ts';
import {
  type Recovery,
  type RecoveryPlan,
  type RecoveryProgress,
  recoveryOf,
  recoverySteps,
} from './recovery.ts';
import { gapError, SIGNIFICANT } from './verdict.ts';

/** Answer of the search with the family held, and whether the pattern asks for less symmetry. */
export interface FreeTest {
  readonly held: Recovery;
  /** All six parameters from the held answer and from about it; null where the family is triclinic. */
  readonly free: Recovery | null;
  /** 1 − cosine that the free cell gains on the held one, intensities being as free in both. */
  readonly gain: number;
  /** Gain that noise gives, at most. */
  readonly allowed: number;
  /** The gain exceeds it: the cell is not of the family. */
  readonly leaves: boolean;
  /** Patterns computed, held and free. */
  readonly evaluations: number;
}

/** A step of the search with the family held, or of the free one. */
export interface FreeTestProgress extends RecoveryProgress {
  readonly freedom: Freedom;
}

/** Starts of the free search, at least: a cell of high symmetry is a saddle, which the first of them does not leave. */
const FREE_STARTS = 4;
/** Ladders for a start that is near already. */
const NEAR = LADDERS.filter(({ widths }) => widths[0]! <= 3);
/** Two searches that end at a gain of 1e-9 a step may be so far apart at one minimum. */
const RESOLVED = 1e-7;

/**
 * A recovery with the family held, then all six parameters from its answer. Six parameters always fit better than fewer, and
 * make up for what else is wrong with a model: only a gain beyond `SIGNIFICANT` standard errors of a difference of two
 * losses (`gapError`) speaks against the family.
 */
export function* freeTestSteps(
  prepared: PreparedRecovery,
  plan: Omit<RecoveryPlan, 'freedom'>,
): Generator<FreeTestProgress, FreeTest> {
  const whole: RecoveryPlan = { ...plan, freedom: 'held' };
  const first = yield* labelled(recoverySteps(prepared, whole), 'held');
  const start = first.verdict.basins[0]?.cell;
  const nothing = { gain: 0, allowed: 0, leaves: false };
  if (!start || prepared.parameters('held').free.length === prepared.parameters('free').free.length)
    return { ...nothing, held: first, free: null, evaluations: first.evaluations };
  const search: RecoveryPlan = {
    ...plan,
    freedom: 'free',
    start,
    starts: Math.max(FREE_STARTS, plan.starts),
  };
  const free = yield* labelled(recoverySteps(prepared, search), 'free');
  const { cell } = free.verdict.basins[0] ?? { cell: start };
  // the free search may have found a valley of the family's that the held one missed
  const projected: RecoveryPlan = { ...whole, start: cell, starts: 1, agree: null, ladders: NEAR };
  const again = yield* labelled(recoverySteps(prepared, projected), 'held');
  const ends = [...first.ends, ...again.ends];
  const held = recoveryOf(prepared, { ...whole, agree: null }, ends);
  const evaluations = held.evaluations + free.evaluations;
  const answer = held.verdict.basins[0]!.cell;
  const textured = [...ends, ...free.ends].some(
    end => end.textured && (end.cell === answer || end.cell === cell),
  );
  const misfit = prepared.misfit('free', lastStage(textured));
  const at = (one: Cell): number => {
    const x = prepared.parameters('free').fromCell(one);
    misfit.orient(x);
    return misfit.value(x);
  };
  const gain = at(answer) - at(cell);
  const error = gapError(prepared, 'free', { cell, textured }, answer);
  const allowed = Math.max(RESOLVED, SIGNIFICANT * error);
  return { held, free, gain, allowed, leaves: gain > allowed, evaluations };
}

/** The verdict in words. */
export const freeTestVerdict = ({ leaves }: Pick<FreeTest, 'leaves'>): string =>
  leaves ? 'the cell leaves the family' : 'no lower symmetry is needed';

function* labelled(
  steps: Generator<RecoveryProgress, Recovery>,
  freedom: Freedom,
): Generator<FreeTestProgress, Recovery> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield { ...value, freedom };
  }
}
