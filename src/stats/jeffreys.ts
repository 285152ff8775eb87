import { betaQuantile } from './beta.ts';

/**
 * The Jeffreys credible interval of a proportion: the quantiles of Beta(s + ½, n − s + ½) that leave equal tails (Brown,
 * Cai & DasGupta, Stat. Sci. 16, 101, 2001, section 4.1.2, without their change at the two ends: at s = 0 the lower
 * bound is small, not 0).
 * @param successes s, a whole number from 0 to n
 * @param trials n; with none the interval is that of the prior
 */
export function jeffreysInterval(successes: number, trials: number, level = 0.95): readonly [number, number] {
  const whole = Number.isInteger(successes) && Number.isInteger(trials);
  if (!whole || successes < 0 || successes > trials)
    throw new Error(`${successes} of ${trials} is not a share of trials`);
  if (!(level > 0 && level < 1)) throw new Error(`level ${level} is outside (0, 1)`);
  const tail = (1 - level) / 2;
  const [a, b] = [successes + 0.5, trials - successes + 0.5];
  return [betaQuantile(tail, a, b), 1 - betaQuantile(tail, b, a)];
}
