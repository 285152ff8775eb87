import { type Batch, drawPeaks, foldOf, uploadCells, uploadOwn } from './batch.ts';
import { writeGradients } from './metricGradient.ts';
import type { PairTextures } from './pairTextures.ts';
import { PAIR_SLOPES } from './programs/pairSlopes.ts';
import { BEYOND, PAIR_SEGMENT, PAIR_SUMS, PAIRS } from './programs/pairs.ts';

/**
 * Cosine losses [cells] of a batch without patterns, as in src/peakspace: x · x̂ = Σ_k I_k G(t_k) and ‖x̂‖² = Σ_kl I_k I_l
 * O_kl less the bins beyond the window; and, into `slopes` [cells * 6], their gradients. NaN where no reflection is in
 * the window.
 */
export function pairLosses(batch: Batch, pairs: PairTextures, slopes: Float64Array | null): Float64Array {
  const { device, textures, rows } = batch;
  const drawn = batch.merged.rows;
  const { step, eta } = textures.problem.instrument;
  const { nodes, layout } = textures.grid;
  const { square } = textures.targetSums;
  const panels = [
    foldOf(layout),
    [nodes.count, nodes.before, nodes.every, 0],
    [1 / (nodes.every * step)],
  ] as const;
  const { columns } = drawn.layout;
  const blocks = columns / 4;

  const cells = uploadCells(batch);
  const peaks = drawPeaks(batch, drawn, cells, false);
  const products = device.run(
    PAIRS,
    blocks,
    rows,
    [peaks, pairs.overlap, pairs.target],
    [...panels, [columns], [step]],
  );
  const beyond = device.run(BEYOND, pairs.quads, rows, [peaks, pairs.edges], [[columns], [step], [eta]]);
  const segments = Math.ceil(blocks / PAIR_SEGMENT);
  const sums = device.read(
    device.run(PAIR_SUMS, segments + 1, rows, [products, beyond, pairs.edges], [[blocks], [pairs.quads]]),
  );

  const norms = new Float64Array(batch.cells.length);
  const dots = new Float64Array(batch.cells.length);
  const values = Float64Array.from(batch.cells, (_, row) => {
    const start = 4 * row * sums.width;
    let norm = -sums.data[start + 4 * segments]!;
    let dot = 0;
    for (let segment = 0; segment < segments; segment++) {
      norm += sums.data[start + 4 * segment]!;
      dot += sums.data[start + 4 * segment + 1]!;
    }
    norms[row] = norm;
    dots[row] = dot;
    return norm > 0 ? -dot / Math.sqrt(square * norm) : Number.NaN;
  });
  if (!slopes) return values;

  const own = uploadOwn(batch, row => {
    const scale = 1 / Math.sqrt(square * norms[row]!);
    return [-scale, (scale * dots[row]!) / norms[row]!];
  });
  const byPeak = device.run(
    PAIR_SLOPES,
    columns,
    rows,
    [peaks, pairs.overlap, pairs.target, beyond, pairs.edges, own],
    [...panels, [columns], [pairs.quads], [step], [eta]],
  );
  writeGradients(batch, cells, byPeak, values, slopes);
  return values;
}
