import { describe, expect, it } from 'vitest';
import { similarityScale } from '../../src/views/study/similarityScale.ts';

describe('the axis of similarities', () => {
  it('is the whole range where the points are spread', () => {
    expect(similarityScale('cosine', [0.1, 0.7, 0.99])).toEqual({ low: 0, high: 1 });
  });

  it('begins near the least similar where all are alike', () => {
    const { low, high } = similarityScale('entropy', [0.98, 0.995, 0.999]);
    expect(low).toBeCloseTo(0.978, 12);
    expect(high).toBe(1);
  });

  it('runs from no error to the largest for MSE', () => {
    expect(similarityScale('mse', [2e-4, 0.5e-4])).toEqual({ low: 0, high: 2e-4 * 1.02 });
    expect(similarityScale('mse', [0]).high).toBe(1);
  });

  it('is a range whatever there is to draw', () => {
    for (const loss of ['cosine', 'mse', 'wasserstein'] as const)
      for (const points of [[], [1], [0], [-0.4]]) {
        const { low, high } = similarityScale(loss, points);
        expect(high).toBeGreaterThan(low);
      }
  });
});
