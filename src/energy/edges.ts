import type { Graph, Shells } from './graph.ts';
import type { Tensors } from './tensors.ts';
import { CHANNELS } from './weights.ts';

/** The graph with the radial functions of its shells. */
export interface EdgeField {
  readonly graph: Graph;
  readonly shells: Shells;
  /** Radial functions per shell [shells][2][count]: values, then slopes per angstrom (0 where not asked for). */
  readonly radial: Float64Array;
  readonly count: number;
}

/** Radial function `k` of a layer starts here in the row of functions: the embedding is layer −1. */
export const functionAt = (layer: number, k: number): number => (3 * (layer + 1) + k) * CHANNELS;

/** M_i = Σ_j (g₀ I_j, g₁ a_j, g₂ S_j): what every centre hears of its neighbours, added to `out`. */
export function gatherMessages(edges: EdgeField, layer: number, y: Tensors, out: Tensors): void {
  const { graph, shells, radial, count } = edges;
  const stride = graph.atoms * CHANNELS;
  for (let edge = 0; edge < graph.centre.length; edge++) {
    const to = graph.centre[edge]! * CHANNELS;
    const from = graph.neighbour[edge]! * CHANNELS;
    const base = 2 * count * shells.of[edge]!;
    for (let part = 0; part < 9; part++) {
      const g = base + functionAt(layer, part === 0 ? 0 : part < 4 ? 1 : 2);
      const [p, q] = [to + part * stride, from + part * stride];
      for (let c = 0; c < CHANNELS; c++) out[p + c] = out[p + c]! + radial[g + c]! * y[q + c]!;
    }
  }
}

/**
 * The way back through `gatherMessages`: G_{Y_j} += g G_{M_i}, and dE/dr += Σ_c g′ ⟨G_{M_i}, Y_j⟩ part by part.
 * @param gy added to
 * @param slope dE/dr of every edge, added to [edges]
 */
export function gatherMessagesBack(
  edges: EdgeField,
  layer: number,
  y: Tensors,
  gm: Tensors,
  gy: Tensors,
  slope: Float64Array,
): void {
  const { graph, shells, radial, count } = edges;
  const n = graph.atoms * CHANNELS;
  const [i0, i1, i2] = [0, 1, 2].map(k => functionAt(layer, k)) as [number, number, number];
  for (let edge = 0; edge < graph.centre.length; edge++) {
    const to = graph.centre[edge]! * CHANNELS;
    const from = graph.neighbour[edge]! * CHANNELS;
    const base = 2 * count * shells.of[edge]!;
    for (let part = 0; part < 9; part++) {
      const g = base + (part === 0 ? i0 : part < 4 ? i1 : i2);
      const [p, q] = [to + part * n, from + part * n];
      for (let c = 0; c < CHANNELS; c++) gy[q + c] = gy[q + c]! + radial[g + c]! * gm[p + c]!;
    }
    let sum = 0;
    for (let c = 0; c < CHANNELS; c++) {
      const [p, q] = [to + c, from + c];
      const d = base + count + c;
      const [gxx, gyy] = [gm[p + 4 * n]!, gm[p + 5 * n]!];
      const [yxx, yyy] = [y[q + 4 * n]!, y[q + 5 * n]!];
      sum +=
        3 * radial[d + i0]! * gm[p]! * y[q]! +
        2 *
          radial[d + i1]! *
          (gm[p + n]! * y[q + n]! + gm[p + 2 * n]! * y[q + 2 * n]! + gm[p + 3 * n]! * y[q + 3 * n]!) +
        radial[d + i2]! *
          (gxx * yxx +
            gyy * yyy +
            (gxx + gyy) * (yxx + yyy) +
            2 *
              (gm[p + 6 * n]! * y[q + 6 * n]! +
                gm[p + 7 * n]! * y[q + 7 * n]! +
                gm[p + 8 * n]! * y[q + 8 * n]!));
    }
    slope[edge] = slope[edge]! + sum;
  }
}
