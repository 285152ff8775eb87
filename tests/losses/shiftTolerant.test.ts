import { describe, expect, it } from 'vitest';
import { cosine } from '../../src/losses/cosine.ts';
import { deGelder } from '../../src/losses/deGelder.ts';
import { lossFor } from '../../src/losses/registry.ts';
import { triangleFilter } from '../../src/losses/triangle.ts';
import { wasserstein } from '../../src/losses/wasserstein.ts';
import fixture from '../fixtures/wasserstein.json' with { type: 'json' };
import { expectClose } from '../support/expectClose.ts';
import { fc } from '../support/seeded.ts';

const positive = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 40 });

/** A pattern with one peak of unit height at a bin. */
const stick = (n: number, at: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => +(i === at));

describe('the triangular weight', () => {
  it('is the sum Σ max(0, 1 − |r|/L) v over the neighbours, for any half base', () => {
    fc.assert(
      fc.property(positive, fc.double({ min: 0, max: 60, noNaN: true }), (values, halfBase) => {
        const v = Float64Array.from(values);
        const out = new Float64Array(v.length);
        triangleFilter(halfBase).apply(v, out);
        const weight = (r: number): number => (r === 0 ? 1 : Math.max(0, 1 - Math.abs(r) / halfBase));
        const direct = v.map((_, i) => v.reduce((sum, x, j) => sum + weight(i - j) * x, 0));
        expectClose(out, direct, { relative: 1e-10, absolute: 1e-10 }, `half base ${halfBase}`);
      }),
    );
  });
});

describe('de Gelder’s weighted cross-correlation', () => {
  it('of two sticks is the weight at their distance: −(1 − 3/4), then nothing beyond the width', () => {
    const of = (bins: number, width: number): number =>
      deGelder({ step: 0.1, width }).value(stick(30, 10), stick(30, 10 + bins));
    expect(of(0, 0.4)).toBeCloseTo(-1, 14);
    expect(of(1, 0.4)).toBeCloseTo(-0.75, 14);
    expect(of(3, 0.4)).toBeCloseTo(-0.25, 14);
    expect(of(-3, 0.4)).toBeCloseTo(-0.25, 14);
    expect(Math.abs(of(4, 0.4))).toBeLessThan(1e-14);
    // a half base that is no whole number of bins: 1 − 1/2.5
    expect(of(1, 0.25)).toBeCloseTo(-0.6, 14);
  });

  it('of two pairs of sticks by hand', () => {
    // f = δ0 + 2 δ3, g = δ1 + δ3; w = 1, 1/2 at 0, ±1: c_fg = ½·1 + 2·1, c_ff = 5, c_gg = 2
    const f = Float64Array.of(1, 0, 0, 2, 0);
    const g = Float64Array.of(0, 1, 0, 1, 0);
    expect(deGelder({ step: 1, width: 2 }).value(f, g)).toBeCloseTo(-2.5 / Math.sqrt(10), 14);
    // w = 1, 2/3, 1/3 at 0, ±1, ±2: f and g see 0–1 (2/3), 3–1 (1/3 · 2), 3–3 (2); g sees 1–3 twice
    const expected = -(2 / 3 + 2 / 3 + 2) / Math.sqrt(5 * (2 + 2 / 3));
    expect(deGelder({ step: 1, width: 3 }).value(f, g)).toBeCloseTo(expected, 14);
  });

  it('tends to the cosine as its width goes to zero, and is the cosine below one bin', () => {
    const p = Float64Array.of(3, 4, 0, 1, 2);
    const q = Float64Array.of(0, 5, 12, 1, 1);
    const plain = cosine.value(p, q);
    const off = [1.5, 1.1, 1.01, 1.0001].map(width =>
      Math.abs(deGelder({ step: 1, width }).value(p, q) - plain),
    );
    for (let i = 1; i < off.length; i++) expect(off[i]!).toBeLessThan(off[i - 1]!);
    expect(off.at(-1)!).toBeLessThan(1e-4);
    for (const width of [0, 0.3, 1]) {
      expect(deGelder({ step: 1, width }).value(p, q)).toBeCloseTo(plain, 14);
      const [ours, theirs] = [new Float64Array(5), new Float64Array(5)];
      deGelder({ step: 1, width }).gradient(p, q, ours);
      cosine.gradient(p, q, theirs);
      expectClose(ours, theirs, { relative: 1e-12, absolute: 1e-14 }, 'gradient');
    }
  });

  it('falls as a shifted peak comes nearer, where the cosine is flat', () => {
    const peak = (at: number): Float64Array =>
      Float64Array.from({ length: 400 }, (_, i) => Math.exp(-(((i - at) / 4) ** 2)));
    const shifts = [60, 50, 40, 30];
    const tolerant = shifts.map(by => deGelder({ step: 1, width: 80 }).value(peak(150), peak(150 + by)));
    for (let i = 1; i < shifts.length; i++) expect(tolerant[i]! - tolerant[i - 1]!).toBeLessThan(-0.05);
    for (const by of shifts) expect(Math.abs(cosine.value(peak(150), peak(150 + by)))).toBeLessThan(1e-6);
  });
});

describe('the Wasserstein distance', () => {
  it('is that of SciPy', () => {
    for (const { kind, step, target, trial, distance } of fixture.cases) {
      const value = wasserstein({ step }).value(Float64Array.from(target), Float64Array.from(trial));
      expectClose(
        [value],
        [distance],
        { relative: 1e-12, absolute: 1e-14 },
        `${kind}, ${target.length} bins`,
      );
    }
    expect(fixture.cases.length).toBeGreaterThan(10);
  });

  it('of a pattern and its shifted copy is the shift, however far', () => {
    for (const by of [1, 7, 80])
      expect(wasserstein({ step: 0.25 }).value(stick(100, 10), stick(100, 10 + by))).toBeCloseTo(
        0.25 * by,
        12,
      );
  });

  it('by hand: half the intensity carried by two bins', () => {
    expect(wasserstein({ step: 1 }).value(Float64Array.of(1, 0, 1), Float64Array.of(0, 0, 5))).toBe(1);
  });
});

describe('a loss on a grid', () => {
  it('measures in degrees, so that a finer grid does not change it', () => {
    const pattern = (step: number, at: number): Float64Array =>
      Float64Array.from({ length: Math.round(20 / step) }, (_, i) => Math.exp(-((i * step - at) ** 2)));
    for (const id of ['deGelder', 'gpwdf', 'wasserstein'] as const) {
      const [coarse, fine] = [0.05, 0.01].map(step =>
        lossFor(id, { step, width: 1.5, alpha: 1.5 }).value(pattern(step, 9), pattern(step, 10.2)),
      );
      expect(Math.abs(coarse! - fine!)).toBeLessThan(2e-3);
    }
  });

  it('names what is not in the paper', () => {
    for (const id of ['deGelder', 'gpwdf', 'wasserstein'] as const)
      expect(lossFor(id, { step: 0.01, width: 1.5, alpha: 1.5 })).toMatchObject({
        beyondPaper: true,
        source: expect.stringContaining('not in the paper'),
      });
    expect(lossFor('cosine', { step: 0.01, width: 1.5, alpha: 1.5 }).beyondPaper).toBe(false);
    expect(lossFor('deGelder', { step: 0.01, width: 1.5, alpha: 1.5 }).source).toContain('1.5');
  });
});
