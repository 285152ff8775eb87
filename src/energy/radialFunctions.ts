import { multiplyRows } from './linear.ts';
import { silu, siluCurve, siluSlope } from './perceptron.ts';
import { CHANNELS, CUTOFF, type Linear, RADIAL, type TensorNetWeights } from './weights.ts';

/** Value, first and second derivative of functions of the distance: [3][n], row after row. */
type Jets = Float64Array;

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

export interface RadialFunctions {
  /** Functions: three irreducible parts × channels, for the embedding and then for each layer [3 + 3 layers][128]. */
  readonly count: number;
  /** @param out value, slope and curvature (per angstrom, per square angstrom) [3][count] */
  readonly jets: (r: number, out: Jets) => Jets;
}

/**
 * The radial functions of the model as their definition says:
 * embedding W_k = (distance_proj_k g + bias) c, layers g_k = (silu s₂ silu s₁ silu s₀ g)_k c, cutoff after the MLP.
 */
export function radialFunctions(weights: TensorNetWeights): RadialFunctions {
  const C = CHANNELS;
  const count = 3 * C * (1 + weights.layers.length);
  const basis = new Float64Array(3 * RADIAL);
  const buffers = [3 * C, 6 * C, 9 * C].map(size => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return {
    count,
    jets: (r, out) => {
      radialBasis(r, basis);
      const cut = cosineCutoff(r);
      weights.distance.forEach((linear, k) => {
        affineJets(linear, basis, buffers[0]);
        for (let c = 0; c < C; c++) store(out, count, k * C + c, buffers[0], C, c, cut);
      });
      weights.layers.forEach(({ scalar }, l) => {
        let from: Float64Array = basis;
        scalar.forEach((linear, step) => {
          const to = buffers[step as 0 | 1 | 2];
          affineJets(linear, from, to);
          siluJets(to, linear.nOut);
          from = to;
        });
        for (let c = 0; c < C; c++)
          for (let k = 0; k < 3; k++)
            store(out, count, (3 + 3 * l + k) * C + c, buffers[2], 3 * C, 3 * c + k, cut);
      });
      return out;
    },
  };
}

/** W (x, x′, x″) + (b, 0, 0). */
function affineJets({ weight, bias, nIn, nOut }: Linear, from: Jets, to: Jets): void {
  multiplyRows(weight, nIn, nOut, from, 0, 3, to, 0);
  if (bias) for (let o = 0; o < nOut; o++) to[o] = to[o]! + bias[o]!;
}

/** silu of a function of r, by the chain rule, in place. */
function siluJets(jets: Jets, n: number): void {
  for (let i = 0; i < n; i++) {
    const [z, slope, curve] = [jets[i]!, jets[n + i]!, jets[2 * n + i]!];
    const first = siluSlope(z);
    jets[i] = silu(z);
    jets[n + i] = first * slope;
    jets[2 * n + i] = first * curve + siluCurve(z) * slope * slope;
  }
}

/** out = h c with derivatives by the product rule. */
function store(
  out: Jets,
  count: number,
  at: number,
  from: Jets,
  stride: number,
  index: number,
  cut: readonly [number, number, number],
): void {
  const [h, slope, curve] = [from[index]!, from[stride + index]!, from[2 * stride + index]!];
  out[at] = h * cut[0];
  out[count + at] = slope * cut[0] + h * cut[1];
  out[2 * count + at] = curve * cut[0] + 2 * slope * cut[1] + h * cut[2];
}
