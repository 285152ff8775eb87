import { type Cell, cellExists } from '../crystal/cell.ts';
import { evenPoint } from '../optimise/lowDiscrepancy.ts';
import {
  cellOf,
  type Freedom,
  type Ladder,
  type PreparedRecovery,
  type Spread,
  searchBox,
} from './ladder.ts';
import { recoverSteps, type StartEnd, type StartStep } from './recoverSteps.ts';
import { amongTwins } from './twins.ts';
import { isEnough, type RecoveryVerdict, startsNeeded, verdictOf } from './verdict.ts';

/** A search from many starts. */
export interface RecoveryPlan {
  readonly freedom: Freedom;
  /** The first start; the others lie about it. */
  readonly start: Cell;
  readonly spread: Spread;
  /** Starts at most. */
  readonly starts: number;
  /** Ends as soon as so many starts agree at the lowest loss and no other crystal is within noise of it; null: all are taken. */
  readonly agree: number | null;
  readonly ladders?: readonly Ladder[];
}

export interface Recovery {
  /** By start, as many as were needed. */
  readonly ends: readonly StartEnd[];
  readonly verdict: RecoveryVerdict;
  /** Patterns computed, all starts together. */
  readonly evaluations: number;
}

/** A step of the start of that number. */
export interface RecoveryProgress extends StartStep {
  readonly start: number;
}

/** Share of the spread that the other starts fill: of a length, and of an angle in radians. */
const LENGTH_SHARE = 1;
const ANGLE_SHARE = 1.5;

/**
 * Start of a number: 0 is the given one, the others fill a box about it evenly. The same whatever starts came before.
 */
export function startAt(
  prepared: PreparedRecovery,
  { freedom, start, spread }: Pick<RecoveryPlan, 'freedom' | 'start' | 'spread'>,
  number: number,
): Cell {
  const parameters = prepared.parameters(freedom);
  const centre = parameters.fromCell(start);
  // the middle of the cube is the given start
  for (let index = number; ; index += 1009) {
    const point = evenPoint(index, centre.length);
    const x = centre.map((value, j) => {
      const reach = spread * (parameters.free[j]!.unit === 'rad' ? ANGLE_SHARE : LENGTH_SHARE);
      return value + reach * (2 * point[j]! - 1);
    });
    const cell = cellOf(parameters, x);
    // far from right angles a corner of the box may be no cell
    if (cellExists(cell) || index > 1e6) return cell;
  }
}

/** One start of a plan: what one thread does. */
export function* startSteps(
  prepared: PreparedRecovery,
  plan: RecoveryPlan,
  number: number,
): Generator<StartStep, StartEnd> {
  const { freedom, spread, ladders } = plan;
  const end = yield* recoverSteps(prepared, {
    freedom,
    start: startAt(prepared, plan, number),
    centre: plan.start,
    spread,
    ...(ladders ? { ladders } : {}),
  });
  const parameters = prepared.parameters(freedom);
  const box = searchBox(parameters, parameters.fromCell(plan.start), spread);
  return yield* amongTwins(prepared, freedom, end, box);
}

/** The answer from the ends of starts 0, 1, …; ends beyond those that were needed are left out. */
export function recoveryOf(
  prepared: PreparedRecovery,
  { freedom, agree }: RecoveryPlan,
  ends: readonly StartEnd[],
): Recovery {
  const needed = agree === null ? null : startsNeeded(prepared, freedom, ends, agree);
  const counted = ends.slice(0, needed ?? ends.length);
  return {
    ends: counted,
    verdict: verdictOf(prepared, freedom, counted),
    evaluations: counted.reduce((sum, { evaluations }) => sum + evaluations, 0),
  };
}

/** All starts one after the other, a step at a time; the same answer as from threads that share them out. */
export function* recoverySteps(
  prepared: PreparedRecovery,
  plan: RecoveryPlan,
): Generator<RecoveryProgress, Recovery> {
  const ends: StartEnd[] = [];
  while (ends.length < plan.starts) {
    const start = ends.length;
    const steps = startSteps(prepared, plan, start);
    for (;;) {
      const { done, value } = steps.next();
      if (done) {
        ends.push(value);
        break;
      }
      yield { ...value, start };
    }
    if (plan.agree !== null && isEnough(prepared, plan.freedom, ends, plan.agree)) break;
  }
  return recoveryOf(prepared, plan, ends);
}
