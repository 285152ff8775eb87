import { describe, expect, it } from 'vitest';
import { similarityRange } from '../../src/views/study/ScatterPanel.tsx';

describe('the axis of similarities', () => {
  it('is the whole range where the points are spread', () => {
    expect(similarityRange('cosine', [0.1, 0.7, 0.99])).toEqual([0, 1]);
  });

  it('begins near the least similar where all are alike', () => {
    const [low, high] = similarityRange('entropy', [0.98, 0.995, 0.999]);
    expect(low).toBeCloseTo(0.978, 12);
    expect(high).toBe(1);
  });

  it('runs from no error to the largest for MSE', () => {
    expect(similarityRange('mse', [2e-4, 0.5e-4])).toEqual([0, 2e-4 * 1.02]);
    expect(similarityRange('mse', [0])[1]).toBe(1);
  });

  it('is a range whatever there is to draw', () => {
    for (const loss of ['cosine', 'mse', 'wasserstein'] as const)
      for (const points of [[], [1], [0], [-0.4]]) {
        const [low, high] = similarityRange(loss, points);
        expect(high).toBeGreaterThan(low);
      }
  });
});
