import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/num/rng.ts';
import { betaQuantile, incompleteBeta, logGamma } from '../../src/stats/beta.ts';
import { pearson, ranks, spearman } from '../../src/stats/correlation.ts';
import { jeffreysInterval } from '../../src/stats/jeffreys.ts';
import { mutualInformation } from '../../src/stats/mutualInformation.ts';
import fixtures from '../fixtures/stats.json' with { type: 'json' };

describe('correlations against SciPy', () => {
  it.each(fixtures.smooth)('$name', ({ x, y, ...expected }) => {
    expect(Math.abs(pearson(x, y) - expected.pearson)).toBeLessThan(1e-12);
    expect(Math.abs(spearman(x, y) - expected.spearman)).toBeLessThan(1e-12);
  });

  it('hold with ties, which share the mean of their ranks', () => {
    for (const { x, y, ...expected } of fixtures.tied) {
      expect([...ranks(x)]).toEqual(expected.ranks);
      expect(Math.abs(pearson(x, y) - expected.pearson)).toBeLessThan(1e-12);
      expect(Math.abs(spearman(x, y) - expected.spearman)).toBeLessThan(1e-12);
    }
  });

  it('are undefined for a constant sample and refuse samples that do not pair up', () => {
    expect(pearson([1, 1, 1], [1, 2, 3])).toBeNaN();
    expect(spearman([1, 2, 3], [4, 4, 4])).toBeNaN();
    expect(() => pearson([1, 2], [1])).toThrow('2 and 1');
    expect(() => spearman([1, Number.NaN], [1, 2])).toThrow('pair 1');
  });
});

describe('mutual information against scikit-learn', () => {
  it.each(fixtures.smooth)('$name', ({ x, y, information }) => {
    for (const [k, expected] of Object.entries(information))
      expect(Math.abs(mutualInformation(x, y, { k: Number(k) }) - expected), `k = ${k}`).toBeLessThan(1e-6);
  });

  it('is unmoved by the noise that breaks ties when there are none', () => {
    for (const { x, y, information } of fixtures.smooth)
      expect(Math.abs(mutualInformation(x, y, { rng: seededRng(2) }) - information[3])).toBeLessThan(1e-6);
  });

  it('with ties broken at random lies where scikit-learn puts it, the same for the same seed', () => {
    for (const { x, y, information } of fixtures.tied) {
      const over = Array.from({ length: 30 }, (_, seed) => mutualInformation(x, y, { rng: seededRng(seed) }));
      const [low, high] = information as [number, number];
      const margin = (high - low) / 2;
      for (const value of over) {
        expect(value).toBeGreaterThan(low - margin);
        expect(value).toBeLessThan(high + margin);
      }
      expect(mutualInformation(x, y, { rng: seededRng(4) })).toBe(over[4]);
    }
  });

  it('of two Gaussians of correlation 0.9 is near −½ ln(1 − 0.81)', () => {
    const rng = seededRng(9);
    const x = Array.from({ length: 1500 }, () => rng.normal());
    const y = x.map(value => 0.9 * value + Math.sqrt(0.19) * rng.normal());
    expect(Math.abs(mutualInformation(x, y) + 0.5 * Math.log(0.19))).toBeLessThan(0.08);
  });

  it('needs more pairs than neighbours', () => {
    expect(() => mutualInformation([1, 2, 3], [1, 2, 3])).toThrow('more than 3 pairs');
  });
});

describe('the Jeffreys interval against SciPy', () => {
  it('to 1e-9 for 1 to 20,000 trials at three levels', () => {
    const off = fixtures.jeffreys.filter(([successes, trials, level, low, high]) => {
      const found = jeffreysInterval(successes!, trials!, level);
      return !(Math.abs(found[0] - low!) < 1e-9 && Math.abs(found[1] - high!) < 1e-9);
    });
    expect(fixtures.jeffreys.length).toBeGreaterThan(150);
    expect(off).toEqual([]);
  });

  it('refuses shares that are none', () => {
    expect(() => jeffreysInterval(4, 3)).toThrow('4 of 3');
    expect(() => jeffreysInterval(0.5, 3)).toThrow('0.5 of 3');
    expect(() => jeffreysInterval(1, 3, 95)).toThrow('95');
  });
});

describe('the incomplete beta function', () => {
  it('equals that of SciPy', () => {
    for (const [x, a, b, expected] of fixtures.beta)
      expect(Math.abs(incompleteBeta(x!, a!, b!) - expected!), `I_${x}(${a}, ${b})`).toBeLessThan(1e-10);
  });

  it('is undone by its quantile', () => {
    for (const [a, b] of [
      [0.5, 0.5],
      [0.5, 300.5],
      [40, 3],
    ] as const)
      for (const p of [1e-6, 0.025, 0.5, 0.975])
        expect(Math.abs(incompleteBeta(betaQuantile(p, a, b), a, b) - p)).toBeLessThan(1e-12);
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
  });

  it('rests on ln Γ: factorials and Γ(½) = √π', () => {
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 14);
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 13);
    expect(logGamma(0.25) + logGamma(0.75)).toBeCloseTo(Math.log(Math.PI * Math.SQRT2), 13);
  });
});
