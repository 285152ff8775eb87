import { type EdgeField, functionAt } from './edges.ts';
import { layerNorm, layerNormBack } from './layerNorm.ts';
import { type PerceptronTape, perceptron, perceptronBack } from './perceptron.ts';
import { inner, mixChannels, PARTS, type Tensors, tensorsFor } from './tensors.ts';
import { CHANNELS, type TensorNetWeights } from './weights.ts';

/** Z = emb2 · [v_first ; v_second] + b split by halves: the neighbour comes first, the centre second (2025.1 files). */
export interface PairEmbedding {
  /** [elements * 128] each; the bias is in the half of the centre. */
  readonly neighbour: Float64Array;
  readonly centre: Float64Array;
}

export function pairEmbedding({ elements, pair }: TensorNetWeights): PairEmbedding {
  const C = CHANNELS;
  const count = elements.length / C;
  const half = (column: number): Float64Array =>
    Float64Array.from({ length: count * C }, (_, k) => {
      const [z, o] = [Math.floor(k / C), k % C];
      let sum = column === 0 ? 0 : pair.bias![o]!;
      for (let i = 0; i < C; i++) sum += pair.weight[o * 2 * C + column + i]! * elements[z * C + i]!;
      return sum;
    });
  return { neighbour: half(0), centre: half(C) };
}

export interface EmbeddingTape {
  readonly sums: Tensors;
  /** |X|² before the mixing [atoms * 128]. */
  readonly norms: Float64Array;
  readonly scaled: Float64Array;
  readonly inverse: Float64Array;
  readonly scalars: PerceptronTape;
  readonly mixed: Tensors;
  readonly output: Tensors;
}

const partKind = (part: number): 0 | 1 | 2 => (part === 0 ? 0 : part < 4 ? 1 : 2);

/**
 * The embedding: I_i = Σ Z W₁, a_i = Σ Z W₂ u, S_i = Σ Z W₃ (u uᵀ − 1/3) with u = −vec/r; then
 * X = (q₀ T₀ I, q₁ T₁ a, q₂ T₂ S) with q = silu MLP of LayerNorm(|X|²).
 */
export function embed(
  weights: TensorNetWeights,
  pairs: PairEmbedding,
  elements: Int32Array,
  edges: EdgeField,
): EmbeddingTape {
  const { graph, shells, radial, count } = edges;
  const C = CHANNELS;
  const n = graph.atoms * C;
  const sums = tensorsFor(graph.atoms);
  for (let edge = 0; edge < graph.centre.length; edge++) {
    const i = graph.centre[edge]!;
    const r = graph.distance[edge]!;
    const [x, y, z] = [0, 1, 2].map(k => -graph.vector[3 * edge + k]! / r) as [number, number, number];
    const base = 2 * count * shells.of[edge]!;
    const [w0, w1, w2] = [0, 1, 2].map(k => base + functionAt(-1, k)) as [number, number, number];
    const [zj, zi] = [elements[graph.neighbour[edge]!]! * C, elements[i]! * C];
    const [sxx, syy, sxy, sxz, syz] = [x * x - 1 / 3, y * y - 1 / 3, x * y, x * z, y * z];
    for (let c = 0, at = i * C; c < C; c++, at++) {
      const pair = pairs.neighbour[zj + c]! + pairs.centre[zi + c]!;
      sums[at] = sums[at]! + pair * radial[w0 + c]!;
      const v = pair * radial[w1 + c]!;
      sums[at + n] = sums[at + n]! + v * x;
      sums[at + 2 * n] = sums[at + 2 * n]! + v * y;
      sums[at + 3 * n] = sums[at + 3 * n]! + v * z;
      const s = pair * radial[w2 + c]!;
      sums[at + 4 * n] = sums[at + 4 * n]! + s * sxx;
      sums[at + 5 * n] = sums[at + 5 * n]! + s * syy;
      sums[at + 6 * n] = sums[at + 6 * n]! + s * sxy;
      sums[at + 7 * n] = sums[at + 7 * n]! + s * sxz;
      sums[at + 8 * n] = sums[at + 8 * n]! + s * syz;
    }
  }
  const norms = Float64Array.from({ length: n }, (_, e) => inner(sums, sums, e, n));
  const [scaled, normed, inverse] = [new Float64Array(n), new Float64Array(n), new Float64Array(graph.atoms)];
  layerNorm(weights.embedNorm, graph.atoms, norms, scaled, inverse, normed);
  const scalars = perceptron(weights.embedScalar, true, graph.atoms, normed);
  const mixed = tensorsFor(graph.atoms);
  mixChannels(weights.embedTensor, 0, graph.atoms, sums, mixed);
  const output = tensorsFor(graph.atoms);
  for (let part = 0; part < PARTS; part++)
    for (let e = 0; e < n; e++)
      output[part * n + e] = scalars.output[3 * e + partKind(part)]! * mixed[part * n + e]!;
  return { sums, norms, scaled, inverse, scalars, mixed, output };
}

/**
 * The way back: from the cotangent of X to dE/dr and dE/du of every edge.
 * @param grad cotangent of `output`
 * @param slope dE/dr, added to [edges]
 * @param turn dE/du, written [3 * edges]
 */
export function embedBack(
  weights: TensorNetWeights,
  pairs: PairEmbedding,
  elements: Int32Array,
  edges: EdgeField,
  tape: EmbeddingTape,
  grad: Tensors,
  slope: Float64Array,
  turn: Float64Array,
): void {
  const { graph, shells, radial, count } = edges;
  const C = CHANNELS;
  const n = graph.atoms * C;
  const gq = new Float64Array(3 * n);
  for (let e = 0; e < n; e++) {
    gq[3 * e] = 3 * grad[e]! * tape.mixed[e]!;
    gq[3 * e + 1] = 2 * partProduct(grad, tape.mixed, e, n, 1);
    gq[3 * e + 2] = inner(grad, tape.mixed, e, n) - gq[3 * e]! - gq[3 * e + 1]!;
  }
  const gNorm = perceptronBack(weights.embedScalar, true, graph.atoms, tape.scalars, gq);
  layerNormBack(weights.embedNorm, graph.atoms, tape.scaled, tape.inverse, gNorm);
  const gMixed = tensorsFor(graph.atoms);
  for (let part = 0; part < PARTS; part++)
    for (let e = 0; e < n; e++)
      gMixed[part * n + e] = tape.scalars.output[3 * e + partKind(part)]! * grad[part * n + e]!;
  const g = tensorsFor(graph.atoms);
  mixChannels(weights.embedTensor, 0, graph.atoms, gMixed, g, true);
  for (let part = 0; part < PARTS; part++)
    for (let e = 0; e < n; e++) g[part * n + e] = g[part * n + e]! + 2 * gNorm[e]! * tape.sums[part * n + e]!;

  for (let edge = 0; edge < graph.centre.length; edge++) {
    const i = graph.centre[edge]!;
    const r = graph.distance[edge]!;
    const [x, y, z] = [0, 1, 2].map(k => -graph.vector[3 * edge + k]! / r) as [number, number, number];
    const base = 2 * count * shells.of[edge]!;
    const [w0, w1, w2] = [0, 1, 2].map(k => base + functionAt(-1, k)) as [number, number, number];
    const [zj, zi] = [elements[graph.neighbour[edge]!]! * C, elements[i]! * C];
    let [along, tx, ty, tz] = [0, 0, 0, 0];
    for (let c = 0, at = i * C; c < C; c++, at++) {
      const pair = pairs.neighbour[zj + c]! + pairs.centre[zi + c]!;
      const [ax, ay, az] = [g[at + n]!, g[at + 2 * n]!, g[at + 3 * n]!];
      const [xx, yy, xy, xz, yz] = [
        g[at + 4 * n]!,
        g[at + 5 * n]!,
        g[at + 6 * n]!,
        g[at + 7 * n]!,
        g[at + 8 * n]!,
      ];
      const sx = xx * x + xy * y + xz * z;
      const sy = xy * x + yy * y + yz * z;
      const sz = xz * x + yz * y - (xx + yy) * z;
      along +=
        pair *
        (3 * radial[count + w0 + c]! * g[at]! +
          2 * radial[count + w1 + c]! * (ax * x + ay * y + az * z) +
          radial[count + w2 + c]! * (sx * x + sy * y + sz * z));
      const [v, s] = [2 * pair * radial[w1 + c]!, 2 * pair * radial[w2 + c]!];
      tx += v * ax + s * sx;
      ty += v * ay + s * sy;
      tz += v * az + s * sz;
    }
    slope[edge] = slope[edge]! + along;
    turn[3 * edge] = tx;
    turn[3 * edge + 1] = ty;
    turn[3 * edge + 2] = tz;
  }
}

/** Sum of products of the three components that begin with `part`. */
const partProduct = (x: Tensors, y: Tensors, e: number, n: number, part: number): number =>
  x[e + part * n]! * y[e + part * n]! +
  x[e + (part + 1) * n]! * y[e + (part + 1) * n]! +
  x[e + (part + 2) * n]! * y[e + (part + 2) * n]!;
