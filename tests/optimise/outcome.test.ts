import { describe, expect, it } from 'vitest';
import { deviations, offBy, offSlice, stopSentence } from '../../src/optimise/outcome.ts';

const TRUTH = [5, 5, 8, 90, 90, 120];
const FOUND = [5.05, 4.9, 8, 90.5, 89, 120];

describe('how far the result is from the truth', () => {
  it('in lengths relative, in angles in degrees', () => {
    const { length, angle } = offBy(FOUND, TRUTH);
    expect(length).toBeCloseTo(0.02, 12);
    expect(angle).toBeCloseTo(1, 12);
    expect(offBy(TRUTH, TRUTH)).toEqual({ length: 0, angle: 0 });
  });
  it('parameter by parameter, with sign', () => {
    const [a, b, , alpha] = deviations(FOUND, TRUTH);
    expect(a).toMatchObject({ key: 'a' });
    expect(a?.difference).toBeCloseTo(0.05, 12);
    expect(b?.relative).toBeCloseTo(-0.02, 12);
    expect(alpha?.difference).toBeCloseTo(0.5, 12);
  });
  it('off the slice: the moved parameters do not count', () => {
    expect(offSlice(FOUND, TRUTH, ['a', 'b'])).toBeCloseTo(1 / 90, 12);
    expect(offSlice([5.05, 4.9, 8, 90, 90, 120], TRUTH, ['a', 'b'])).toBe(0);
  });
});

describe('why it stopped, as a sentence', () => {
  const plan = { stopGain: 1e-4, stopWindow: 1000, maxIterations: 30_000 };
  it.each([
    ['converged', 'The loss gained less than 0.0001 in 1\u202f000 steps.'],
    ['maxIterations', 'The limit of 30\u202f000 steps was reached.'],
    ['leftDomain', 'The next step would leave the cells that exist.'],
  ] as const)('%s', (reason, sentence) => {
    expect(stopSentence({ reason, twoCycle: false }, plan)).toBe(sentence);
  });
  it('names a two-cycle', () => {
    expect(stopSentence({ reason: 'maxIterations', twoCycle: true }, plan)).toContain('hop to and fro');
  });
});
