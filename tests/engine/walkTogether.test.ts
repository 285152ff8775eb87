import { describe, expect, it } from 'vitest';
import type { DescentOutcome } from '../../src/engine/walker.ts';
import { type ManyCells, walkTogether } from '../../src/engine/webgl/walkTogether.ts';
import { type DescentPlan, isTwoCycle } from '../../src/optimise/descent.ts';
import { diagonal, PLAN, quadratic, trajectory } from '../support/plans.ts';

const objective = quadratic(diagonal(3, 5, 1, 0, 0, 0), [5, 5, 5, 90, 90, 90]);
/** Plans of 10, 20, … steps. */
const plansOf = (n: number): DescentPlan[] =>
  Array.from({ length: n }, (_, i) => ({
    ...PLAN,
    start: [5.3 + 0.01 * i, 4.8, 5, 90, 90, 90],
    maxIterations: 10 * (i + 1),
  }));

/** The objective for many cells; notes how many each time. */
function batches(asked: number[]): ManyCells {
  return async cells => {
    asked.push(cells.length);
    const loss = new Float64Array(cells.length);
    const gradient = new Float64Array(6 * cells.length);
    for (const [i, cell] of cells.entries()) loss[i] = objective(cell, gradient.subarray(6 * i, 6 * i + 6));
    return { loss, gradient };
  };
}

async function walked(plans: readonly DescentPlan[], lanes: number, asked: number[] = []) {
  const ends: DescentOutcome[] = [];
  const order: number[] = [];
  await walkTogether(plans, batches(asked), {
    lanes: () => lanes,
    onEnd: (outcome, index) => {
      ends[index] = outcome;
      order.push(index);
    },
  });
  return { ends, order };
}

describe('descents that step together', () => {
  it('are those of one alone, to the last bit, however many share a step', async () => {
    const plans = plansOf(7);
    const { ends } = await walked(plans, 3);
    expect((await walked(plans, 100)).ends).toEqual(ends);
    for (const [i, plan] of plans.entries()) {
      const { end, cells, losses } = trajectory(plan, objective);
      expect(ends[i]).toEqual({
        reason: end.stopped,
        steps: end.step,
        bestStep: end.bestStep,
        twoCycle: isTwoCycle(end),
        cell: Float64Array.from(cells.at(-1)!),
        loss: end.loss,
        startLoss: losses[0],
        bestCell: Float64Array.from(cells[end.bestStep]!),
        bestLoss: end.bestLoss,
      });
    }
  });

  it('make room for the next when they end, and the batch shrinks when none is left', async () => {
    const asked: number[] = [];
    const { order } = await walked(plansOf(6), 3, asked);
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
    // full until the last plan has begun, then fewer and fewer
    const shrinking = asked.findIndex(n => n < 3);
    expect(asked.slice(0, shrinking).every(n => n === 3)).toBe(true);
    expect(asked.slice(shrinking).every((n, i, rest) => i === 0 || n <= rest[i - 1]!)).toBe(true);
    // a walker asks for one cell more than it takes steps
    expect(asked.reduce((sum, n) => sum + n, 0)).toBe(10 + 20 + 30 + 40 + 50 + 60 + 6);
  });

  it('end at once where the start does not exist, and rest when a step would leave the domain', async () => {
    const ends: DescentOutcome[] = [];
    let calls = 0;
    await walkTogether(
      plansOf(2),
      async cells => ({
        // the first start is none; the second has a start and nothing beyond
        loss: Float64Array.from(cells, (_, i) => (calls++ === 1 && i === 1 ? 7 : Number.NaN)),
        gradient: new Float64Array(6 * cells.length).fill(1),
      }),
      { lanes: () => 2, onEnd: (outcome, index) => void (ends[index] = outcome) },
    );
    expect(ends.map(({ reason, steps }) => [reason, steps])).toEqual([
      ['leftDomain', 0],
      ['leftDomain', 0],
    ]);
    expect(ends.map(({ startLoss }) => startLoss)).toEqual([Number.NaN, 7]);
    expect(Array.from(ends[1]!.cell)).toEqual(plansOf(2)[1]!.start);
  });
});
