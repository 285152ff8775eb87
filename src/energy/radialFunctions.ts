import { multiplyRows } from './linear.ts';
import { cosineCutoff, type Jets, radialBasis } from './radial.ts';
import { silu, siluCurve, siluSlope } from './silu.ts';
import { CHANNELS, type Linear, RADIAL, type TensorNetWeights } from './weights.ts';

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
