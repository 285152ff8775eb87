import type { DescentPlan } from '../../optimise/descent.ts';
import { beginWalker, type DescentOutcome, outcomeOf, tellWalker, type Walker } from '../walker.ts';

/** Losses [n] and gradients [n * 6] of n cells; NaN where there is none. */
export type ManyCells = (
  cells: readonly Float64Array[],
) => Promise<{ readonly loss: Float64Array; readonly gradient: Float64Array }>;

export interface WalkOptions {
  /** Walkers that step together at most, asked before each step. */
  readonly lanes: () => number;
  readonly onEnd: (outcome: DescentOutcome, index: number) => void;
  /** Called after each step with the number of walkers that took it. */
  readonly onStep?: (walkers: number) => void;
}

/**
 * Descents that step together, one batch of cells a step. One that ends makes room for the next plan, and when none is
 * left the batch shrinks, so that long ones do not hold up the rest.
 */
export async function walkTogether(
  plans: readonly DescentPlan[],
  evaluate: ManyCells,
  { lanes, onEnd, onStep }: WalkOptions,
): Promise<void> {
  let next = 0;
  let walking: { readonly walker: Walker; readonly index: number }[] = [];
  for (;;) {
    const capacity = Math.max(1, lanes());
    while (walking.length < capacity && next < plans.length) {
      walking.push({ walker: beginWalker(plans[next]!), index: next });
      next++;
    }
    if (!walking.length) return;
    const { loss, gradient } = await evaluate(walking.map(({ walker }) => walker.asks!));
    for (const [i, { walker }] of walking.entries())
      tellWalker(walker, loss[i]!, gradient.subarray(6 * i, 6 * i + 6));
    onStep?.(walking.length);
    for (const { walker, index } of walking) if (!walker.asks) onEnd(outcomeOf(walker), index);
    walking = walking.filter(({ walker }) => walker.asks);
  }
}
