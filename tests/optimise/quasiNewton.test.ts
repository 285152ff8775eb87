import { expect, it } from 'vitest';
import { bfgsSteps } from '../../src/optimise/quasiNewton.ts';

/** Rosenbrock's valley: lowest, 0, at (1, 1). */
const valley = ([x, y]: Float64Array, gradient: Float64Array): number => {
  gradient.set([-2 * (1 - x!) - 400 * x! * (y! - x! * x!), 200 * (y! - x! * x!)]);
  return (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2;
};

const plan = {
  start: Float64Array.of(-1.2, 1),
  box: { low: Float64Array.of(-2, -2), high: Float64Array.of(2, 2) },
  maxStep: 0.5,
  gain: 1e-14,
  maxSteps: 200,
};

const walk = (objective: typeof valley, change: Partial<typeof plan> = {}) => {
  const steps = bfgsSteps(objective, { ...plan, ...change });
  const values: number[] = [];
  for (;;) {
    const { done, value } = steps.next();
    if (done) return { end: value, values };
    values.push(value.value);
  }
};

it('BFGS comes down the bent valley in a hundred evaluations, each accepted step lower than the last', () => {
  const { end, values } = walk(valley);
  expect(end.reason).toBe('converged');
  expect([...end.x]).toEqual([expect.closeTo(1, 5), expect.closeTo(1, 5)]);
  expect(end.evaluations).toBeLessThan(100);
  for (let i = 1; i < values.length; i++) expect(values[i]).toBeLessThan(values[i - 1]!);
});

it('BFGS stays in its box, refuses points without a value, and says where the start has none', () => {
  const high = Float64Array.of(0.5, 2);
  expect(walk(valley, { box: { ...plan.box, high } }).end.x[0]).toBeLessThanOrEqual(0.5);
  const halved = (x: Float64Array, g: Float64Array): number => (x[0]! > 0.8 ? Number.NaN : valley(x, g));
  expect(walk(halved).end.x[0]).toBeLessThanOrEqual(0.8);
  expect(walk(() => Number.NaN).end).toMatchObject({ reason: 'noModel', evaluations: 1 });
});
