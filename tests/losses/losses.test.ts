import { describe, expect, it } from 'vitest';
import { cosine } from '../../src/losses/cosine.ts';
import { entropy } from '../../src/losses/entropy.ts';
import type { LossId } from '../../src/losses/loss.ts';
import { mse } from '../../src/losses/mse.ts';
import { LOSSES, lossFor, lossOf } from '../../src/losses/registry.ts';
import { expectClose } from '../support/expectClose.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { fc } from '../support/seeded.ts';

const positive = fc.double({ min: 0.05, max: 10, noNaN: true });
const pair = fc
  .integer({ min: 2, max: 30 })
  .chain(n =>
    fc.tuple(
      fc.array(positive, { minLength: n, maxLength: n }),
      fc.array(positive, { minLength: n, maxLength: n }),
    ),
  )
  .map(([p, q]) => [Float64Array.from(p), Float64Array.from(q)] as const);

/** True where the cumulative sums nearly meet at a bin, where the distance between them has a kink. */
function nearlyMeet(target: Float64Array, trial: Float64Array): boolean {
  const shares = (values: Float64Array): number[] => {
    const total = values.reduce((sum, value) => sum + value, 0);
    let running = 0;
    return Array.from(values, value => (running += value) / total);
  };
  const [p, q] = [shares(target), shares(trial)];
  return p.slice(0, -1).some((value, i) => Math.abs(value - q[i]!) < 0.01);
}

/** Bins of one degree: patterns of a few bins are then as wide as the weights that run along them. */
const SCALE = { step: 1, width: 2.5, alpha: 2.5 };

describe.each(LOSSES.map(({ id }) => [id, lossFor(id, SCALE)] as const))('%s', (id, loss) => {
  it('has its best value at identity, and nothing is better', () => {
    fc.assert(
      fc.property(pair, ([target, trial]) => {
        expect(loss.value(target, target)).toBeCloseTo(loss.best, 12);
        expect(loss.value(target, trial)).toBeGreaterThanOrEqual(loss.best - 1e-12);
      }),
    );
  });

  it('does not change when either pattern is scaled', () => {
    fc.assert(
      fc.property(pair, fc.double({ min: 1e-6, max: 1e9, noNaN: true }), ([target, trial], scale) => {
        const plain = loss.value(target, trial);
        const scaled = (values: Float64Array): Float64Array => values.map(value => scale * value);
        const both = [loss.value(scaled(target), trial), loss.value(target, scaled(trial))];
        expectClose(both, [plain, plain], { relative: 1e-9, absolute: 1e-11 }, 'scaled');
      }),
    );
  });

  it('has the gradient of central differences, and the value that goes with it', () => {
    fc.assert(
      fc.property(pair, ([target, trial]) => {
        // at a tie of two maxima the scale of the squared error has a kink
        const [first, second] = Array.from(trial).sort((p, q) => q - p);
        fc.pre(first! - second! > 1e-2);
        if (id === 'wasserstein') fc.pre(!nearlyMeet(target, trial));
        const out = new Float64Array(trial.length);
        const value = loss.gradient(target, trial, out);
        expectClose([value], [loss.value(target, trial)], { relative: 1e-12, absolute: 1e-14 }, 'value');
        const numeric = numericalGradient(
          at => loss.value(target, at),
          trial,
          i => 2e-3 * trial[i]!,
        );
        const scale = Math.max(...numeric.map(Math.abs), 1e-3);
        expectClose(out, numeric, { relative: 1e-6, absolute: 1e-7 * scale }, 'gradient');
      }),
    );
  });

  it('has a gradient along which scaling the trial changes nothing: Σ x̂ ∂L/∂x̂ = 0', () => {
    fc.assert(
      fc.property(pair, ([target, trial]) => {
        const out = new Float64Array(trial.length);
        loss.gradient(target, trial, out);
        const along = out.reduce((sum, slope, i) => sum + slope * trial[i]!, 0);
        const size = out.reduce((sum, slope, i) => sum + Math.abs(slope * trial[i]!), 0);
        expect(Math.abs(along)).toBeLessThanOrEqual(1e-10 * (size + 1));
      }),
    );
  });

  it('is finite with bins that are zero in one pattern or in both', () => {
    const target = Float64Array.of(0, 0, 3, 1, 0);
    const trial = Float64Array.of(0, 2, 0, 1, 0);
    const out = new Float64Array(5);
    expect(loss.gradient(target, trial, out)).toBe(loss.value(target, trial));
    expect([loss.value(target, trial), ...out].every(Number.isFinite)).toBe(true);
    expect(loss.value(target, Float64Array.of(1, 0, 0, 0, 0))).toBeGreaterThan(loss.best + 0.1);
  });

  it('is found by its name', () => {
    expect(lossOf(id).id).toBe(loss.id);
    for (const text of [loss.label, loss.meaning, loss.source]) expect(text).toMatch(/\S/);
  });
});

describe('values by hand', () => {
  const p = Float64Array.of(3, 4, 0);
  const q = Float64Array.of(0, 5, 12);
  it('cosine: −20 / (5 · 13), and 0 for patterns that share no bin', () => {
    expect(cosine.value(p, q)).toBeCloseTo(-20 / 65, 14);
    expect(Math.abs(cosine.value(Float64Array.of(1, 0), Float64Array.of(0, 1)))).toBe(0);
  });
  it('MSE: (3/4)² + (1 − 5/12)² + 1, summed and not averaged', () => {
    expect(mse.value(p, q)).toBeCloseTo(0.75 ** 2 + (7 / 12) ** 2 + 1, 14);
  });
  it('entropy: by the formula with S(v) = −Σ v ln v, and 0 for patterns that share no bin', () => {
    const s = (values: number[]): number =>
      -values.reduce((sum, v) => sum + (v > 0 ? v * Math.log(v) : 0), 0);
    const [a, b] = [
      [3 / 7, 4 / 7, 0],
      [0, 5 / 17, 12 / 17],
    ];
    const middle = a!.map((value, i) => 0.5 * (value + b![i]!));
    const expected = -(1 - (2 * s(middle) - s(a!) - s(b!)) / Math.log(4));
    expect(entropy.value(p, q)).toBeCloseTo(expected, 14);
    expect(entropy.value(Float64Array.of(1, 0), Float64Array.of(0, 1))).toBeCloseTo(0, 14);
  });
  it('cosine and entropy lie between −1 and 0, MSE between 0 and the number of bins', () => {
    fc.assert(
      fc.property(pair, ([target, trial]) => {
        for (const loss of [cosine, entropy]) {
          expect(loss.value(target, trial)).toBeLessThanOrEqual(1e-12);
          expect(loss.value(target, trial)).toBeGreaterThanOrEqual(-1 - 1e-12);
        }
        expect(mse.value(target, trial)).toBeLessThanOrEqual(trial.length);
      }),
    );
  });
});

describe('the registry', () => {
  it('names every loss once and refuses others by name', () => {
    expect(new Set(LOSSES.map(loss => loss.id)).size).toBe(LOSSES.length);
    expect(() => lossOf('huber' as LossId)).toThrow('no loss is called "huber"');
  });
});
