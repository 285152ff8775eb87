import { describe, expect, it } from 'vitest';
import { excluding } from '../../src/losses/excluding.ts';
import { LOSSES, lossFor } from '../../src/losses/registry.ts';
import { expectClose } from '../support/expectClose.ts';
import { numericalGradient } from '../support/gradcheck.ts';

const target = Float64Array.of(1, 4, 9, 2, 7, 3, 0.5);
const trial = Float64Array.of(2, 3, 8, 20, 6, 1, 0.7);
const excluded = Uint8Array.of(0, 0, 0, 1, 0, 1, 0);
/** Bins of one degree: the weights along two theta then reach over some of them. */
const SCALE = { step: 1, width: 2, alpha: 2 };

describe('excluded bins', () => {
  it.each(LOSSES.map(({ id }) => [id, lossFor(id, SCALE)] as const))(
    'do not count in the %s loss',
    (_, loss) => {
      const masked = excluding(loss, excluded);
      const short = loss.value(
        Float64Array.of(1, 4, 9, 0, 7, 0, 0.5),
        Float64Array.of(2, 3, 8, 0, 6, 0, 0.7),
      );
      // a loss that does not measure along two theta knows no gaps
      if (['cosine', 'mse', 'entropy'].includes(loss.id))
        expect(short).toBeCloseTo(
          loss.value(Float64Array.of(1, 4, 9, 7, 0.5), Float64Array.of(2, 3, 8, 6, 0.7)),
          14,
        );
      expect(masked.value(target, trial)).toBeCloseTo(short, 14);
      expect(Math.abs(masked.value(target, trial) - loss.value(target, trial))).toBeGreaterThan(1e-4);
      const slopes = new Float64Array(7).fill(9);
      expect(masked.gradient(target, trial, slopes)).toBeCloseTo(short, 14);
      const numeric = numericalGradient(x => masked.value(target, x), trial, 1e-4);
      expectClose(slopes, numeric, { relative: 1e-8, absolute: 1e-10 }, 'slopes');
      expect([slopes[3], slopes[5]]).toEqual([0, 0]);
    },
  );
});
