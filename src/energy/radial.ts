import { CUTOFF, RADIAL } from './weights.ts';

/** Value, first and second derivative of functions of the distance: [3][n], row after row. */
export type Jets = Float64Array;

/** sin x / x with its first two derivatives. */
function sinc(x: number): [number, number, number] {
  const s = Math.sin(x) / x;
  const d = (Math.cos(x) - s) / x;
  return [s, d, -s - (2 * d) / x];
}

/**
 * The radial basis: smooth combinations of spherical Bessel functions j₀ (Kocer, Mason & Erturk, AIP Advances 10,
 * 015021, 2020), whose value, slope and curvature vanish at the cutoff.
 * f_n = (−1)ⁿ √2 π rc^(−3/2) (n+1)(n+2)/√((n+1)²+(n+2)²) [sinc((n+1)πr/rc) + sinc((n+2)πr/rc)],
 * e_n = n²(n+2)²/(4(n+1)⁴+1), d₀ = 1, d_n = 1 − e_n/d_{n−1}, g_n = (f_n + √(e_n/d_{n−1}) g_{n−1})/√d_n.
 * @param r angstrom, 0 < r ≤ cutoff
 * @param out value, slope, curvature of g₀, g₁, g₂ [3][3]
 */
export function radialBasis(r: number, out: Jets): Jets {
  let d = 1;
  for (let n = 0; n < RADIAL; n++) {
    const scale =
      ((n % 2 === 0 ? 1 : -1) * Math.SQRT2 * Math.PI * CUTOFF ** -1.5 * (n + 1) * (n + 2)) /
      Math.hypot(n + 1, n + 2);
    const [k, l] = [((n + 1) * Math.PI) / CUTOFF, ((n + 2) * Math.PI) / CUTOFF];
    const p = sinc(k * r);
    const q = sinc(l * r);
    const e = (n * n * (n + 2) ** 2) / (4 * (n + 1) ** 4 + 1);
    const mix = n === 0 ? 0 : Math.sqrt(e / d);
    if (n > 0) d = 1 - e / d;
    for (let order = 0; order < 3; order++) {
      const f = scale * (p[order]! * k ** order + q[order]! * l ** order);
      const before = n === 0 ? 0 : out[order * RADIAL + n - 1]!;
      out[order * RADIAL + n] = (f + mix * before) / Math.sqrt(d);
    }
  }
  return out;
}

/** c(r) = (cos(πr/rc) + 1)/2 with its first two derivatives; 0 beyond the cutoff. */
export function cosineCutoff(r: number): [number, number, number] {
  if (r > CUTOFF) return [0, 0, 0];
  const k = Math.PI / CUTOFF;
  const cosine = Math.cos(k * r);
  return [(cosine + 1) / 2, (-k * Math.sin(k * r)) / 2, (-k * k * cosine) / 2];
}
