import type { Rng } from './rng.ts';

/**
 * A standard normal deviate by Leva's ratio of uniforms (ACM Trans. Math. Softw. 18, 449, 1992): a quotient of two
 * uniforms, so the same bits on every machine. The transform of Box and Müller hands on the last bit of the machine's
 * logarithm and cosine; here a logarithm only decides, one time in eighty, whether to draw again.
 */
export function normalDeviate({ uniform }: Rng): number {
  for (;;) {
    // in (0, 1]
    const u = 1 - uniform();
    const v = 1.7156 * (uniform() - 0.5);
    const x = u - 0.449871;
    const y = Math.abs(v) + 0.386595;
    const q = x * x + y * (0.196 * y - 0.25472 * x);
    if (q < 0.27597 || (q <= 0.27846 && v * v <= -4 * u * u * Math.log(u))) return v / u;
  }
}
