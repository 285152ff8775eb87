/**
 * sin²θ in fixed point, exact where float32 would lose the peak position by 3e-5°: u = Σ c_i g_i, with
 * c = (h², k², l², hk, hl, kl) and g the reciprocal metric times λ²/4 (twice that off the diagonal), is summed in
 * integers. A number x is hi · 2⁻²⁶ + lo · 2⁻²⁶⁻ᵇ; hi travels as two float32 of 16 bits, lo as one.
 */
const HI_UNIT = 2 ** 26;

/** Digits below hi: as many as keep Σ |c_i| · |lo_i| inside 31 bits, at most 20. */
export const lowBits = (hkl: Int32Array): number => {
  let most = 1;
  for (let at = 0; at < hkl.length; at += 3) {
    const [h, k, l] = [Math.abs(hkl[at]!), Math.abs(hkl[at + 1]!), Math.abs(hkl[at + 2]!)];
    most = Math.max(most, h * h + k * k + l * l + h * k + h * l + k * l);
  }
  return Math.min(20, 31 - Math.ceil(Math.log2(most + 1)));
};

/** Writes (hi's upper half, hi's lower half, lo) at `out[at]`. |lo| ≤ 2^(bits − 1). */
export function writeLimbs(x: number, bits: number, out: Float32Array, at: number): void {
  const scaled = x * HI_UNIT;
  const hi = Math.round(scaled);
  const upper = Math.floor(hi / 65536);
  out[at] = upper;
  out[at + 1] = hi - upper * 65536;
  out[at + 2] = Math.round((scaled - hi) * 2 ** bits);
}

/** (hi, lo) with 0 ≤ lo < 2^bits, as the program compares them. */
export function fixedPair(x: number, bits: number): [number, number] {
  const scaled = x * HI_UNIT;
  const hi = Math.floor(scaled);
  const lo = Math.round((scaled - hi) * 2 ** bits);
  return lo === 2 ** bits ? [hi + 1, 0] : [hi, lo];
}

/** The six factors of a cell whose products with (h², k², l², hk, hl, kl) add up to sin²θ. */
export function sineSquareFactors(reciprocal: ArrayLike<number>, wavelength: number): number[] {
  const quarter = (wavelength * wavelength) / 4;
  const [g00, g11, g22] = [reciprocal[0]!, reciprocal[4]!, reciprocal[8]!];
  const [g01, g02, g12] = [reciprocal[1]!, reciprocal[2]!, reciprocal[5]!];
  return [g00, g11, g22, 2 * g01, 2 * g02, 2 * g12].map(g => g * quarter);
}

/**
 * Reference angles for the positions: a peak is given as its offset from the nearest. Node n is at bin
 * (n − before) · every; the spacing is at most 0.1°, so that the offset in float32 is good to 1e-8°.
 */
export interface AngleNodes {
  readonly count: number;
  readonly every: number;
  readonly before: number;
}
