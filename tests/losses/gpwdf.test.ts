import { describe, expect, it } from 'vitest';
import { cosine } from '../../src/losses/cosine.ts';
import { gpwdf, STICK_PEAK } from '../../src/losses/gpwdf.ts';
import type { Sticks } from '../../src/losses/loss.ts';
import { evenFilter } from '../../src/num/convolution.ts';
import { expectClose } from '../support/expectClose.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { fc } from '../support/seeded.ts';

const sticks = fc
  .array(
    fc.tuple(fc.double({ min: 10, max: 30, noNaN: true }), fc.double({ min: 0.1, max: 5, noNaN: true })),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map(
    (pairs): Sticks => ({
      position: Float64Array.from(pairs, ([t]) => t),
      intensity: Float64Array.from(pairs, ([, x]) => x),
    }),
  );
const alphas = fc.double({ min: 0.1, max: 16, noNaN: true });
const over = (alpha: number, target: Sticks, trial: Sticks): number =>
  gpwdf({ step: 0.01, alpha }).overSticks!.against(target)(trial, null);

describe('an even filter', () => {
  it('is the sum Σ w(r) v over the neighbours, whatever its reach', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 90, noNaN: true }),
        (values, reach) => {
          const v = Float64Array.from(values);
          const out = new Float64Array(v.length);
          const weight = (r: number): number => 1 / (1 + r);
          evenFilter(v.length, reach, weight)(v, out);
          const direct = v.map((_, i) =>
            v.reduce((sum, x, j) => (Math.abs(i - j) <= reach ? sum + weight(Math.abs(i - j)) * x : sum), 0),
          );
          expectClose(out, direct, { relative: 1e-12, absolute: 1e-12 }, `reach ${reach}`);
        },
      ),
    );
  });
});

describe('GPWDF between patterns', () => {
  it('is the double sum over their points', () => {
    const f = Float64Array.of(1, 0, 0, 2, 0);
    const g = Float64Array.of(0, 1, 0, 1, 0);
    for (const alpha of [0.3, 1, 4]) {
      const d = (p: Float64Array, q: Float64Array): number =>
        p.reduce(
          (sum, x, i) =>
            sum + x * q.reduce((own, y, j) => own + y * Math.exp((-Math.PI * (i - j) ** 2) / alpha ** 2), 0),
          0,
        );
      expect(gpwdf({ step: 1, alpha }).value(f, g)).toBeCloseTo(
        1 - d(f, g) / Math.sqrt(d(f, f) * d(g, g)),
        13,
      );
    }
  });

  it('is one plus the cosine where α is a small part of a bin', () => {
    const p = Float64Array.of(3, 4, 0, 1, 2);
    const q = Float64Array.of(0, 5, 12, 1, 1);
    expect(gpwdf({ step: 1, alpha: 0.2 }).value(p, q)).toBeCloseTo(1 + cosine.value(p, q), 14);
  });
});

describe('GPWDF between sticks', () => {
  it('is that of two sticks by hand: 1 − exp(−π z d²)', () => {
    const one = (t: number): Sticks => ({ position: Float64Array.of(t), intensity: Float64Array.of(7) });
    const z = 1 / (0.5 ** 2 + 4 * Math.PI * 0.05 ** 2);
    expect(over(0.5, one(20), one(20.3))).toBeCloseTo(1 - Math.exp(-Math.PI * z * 0.09), 14);
  });

  it('is the integral over patterns of Gaussian peaks, which a fine grid holds', () => {
    const step = 0.004;
    const drawn = ({ position, intensity }: Sticks): Float64Array =>
      Float64Array.from({ length: 10_000 }, (_, i) =>
        position.reduce(
          (sum, t, k) => sum + intensity[k]! * Math.exp(-0.5 * ((i * step - t) / STICK_PEAK) ** 2),
          0,
        ),
      );
    fc.assert(
      fc.property(sticks, sticks, alphas, (target, trial, alpha) => {
        const onGrid = gpwdf({ step, alpha }).value(drawn(target), drawn(trial));
        expect(over(alpha, target, trial)).toBeCloseTo(onGrid, 10);
      }),
      { numRuns: 30 },
    );
  });

  it('has the slopes of central differences, and the value that goes with them', () => {
    fc.assert(
      fc.property(sticks, sticks, alphas, (target, trial, alpha) => {
        const against = gpwdf({ step: 0.01, alpha }).overSticks!.against(target);
        const n = trial.position.length;
        const slopes = { byIntensity: new Float64Array(n), byPosition: new Float64Array(n) };
        expect(against(trial, slopes)).toBe(against(trial, null));
        const numeric = numericalGradient(
          x => against({ position: x.slice(0, n), intensity: x.slice(n) }, null),
          [...trial.position, ...trial.intensity],
          i => (i < n ? 0.01 * Math.max(alpha, 0.2) : 1e-3 * trial.intensity[i - n]!),
        );
        const found = [...slopes.byPosition, ...slopes.byIntensity];
        const scale = Math.max(...numeric.map(Math.abs), 1e-3);
        expectClose(found, numeric, { relative: 1e-6, absolute: 1e-6 * scale }, `α = ${alpha}`);
      }),
    );
  });

  it('tends to one plus the cosine of the Gaussian peaks as α goes to zero', () => {
    const target = { position: Float64Array.of(20, 20.05), intensity: Float64Array.of(1, 2) };
    const trial = { position: Float64Array.of(20.02, 20.1), intensity: Float64Array.of(1, 3) };
    const drawn = ({ position, intensity }: Sticks): Float64Array =>
      Float64Array.from({ length: 4000 }, (_, i) =>
        position.reduce((sum, t, k) => sum + intensity[k]! * Math.exp(-0.5 * ((i / 100 - t) / 0.05) ** 2), 0),
      );
    const plain = 1 + cosine.value(drawn(target), drawn(trial));
    const off = [0.1, 0.01, 0.001].map(alpha => Math.abs(over(alpha, target, trial) - plain));
    for (let i = 1; i < off.length; i++) expect(off[i]!).toBeLessThan(0.02 * off[i - 1]!);
    expect(off.at(-1)!).toBeLessThan(1e-5);
  });

  it('tends to π times the square of the distance of the centroids over α as α grows', () => {
    const target = { position: Float64Array.of(20, 30), intensity: Float64Array.of(1, 3) };
    const trial = { position: Float64Array.of(21, 27, 33), intensity: Float64Array.of(2, 1, 1) };
    for (const alpha of [500, 2000])
      expect((over(alpha, target, trial) * alpha ** 2) / (Math.PI * (27.5 - 25.5) ** 2)).toBeCloseTo(1, 2);
  });
});
