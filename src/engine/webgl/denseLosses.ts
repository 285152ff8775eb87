import { emptyPeaks } from '../../diffraction/pattern.ts';
import { type Batch, drawPatterns, drawPeaks, pair, uploadCells, uploadOwn } from './batch.ts';
import type { Texture } from './device.ts';
import { patternAtBin } from './exactMaximum.ts';
import { gpuLossOf } from './gpuLosses.ts';
import { writeGradients } from './metricGradient.ts';
import { ADJOINT } from './programs/adjoint.ts';
import { SEGMENT } from './programs/reduce.ts';
import type { Texels } from './texels.ts';

/**
 * Losses [cells] by the patterns and, into `slopes` [cells * 6], their gradients. NaN where no reflection is in the
 * window.
 */
export function denseLosses(batch: Batch, slopes: Float64Array | null): Float64Array {
  const { device, textures, rows } = batch;
  const drawn = batch.merged.rows;
  const { quarters, bins, targetSums } = textures;
  const loss = gpuLossOf(textures.problem.loss);
  const cells = uploadCells(batch);
  const peaks = drawPeaks(batch, drawn, cells, false);
  const patterns = drawPatterns(batch, peaks);
  const count = batch.cells.length;
  const segments = Math.ceil(quarters.count / SEGMENT);
  const reduce = (pass: typeof loss.first | { program: typeof loss.first.program }, own: Texture): Texels =>
    device.read(
      device.run(
        pass.program,
        segments,
        rows,
        [textures.target, patterns, own],
        [pair(quarters), [quarters.count]],
      ),
    );

  const blank = uploadOwn(batch, () => []);
  const first = join(reduce(loss.first, blank), loss.first.join);
  if (loss.first.join === 'most') refineMaxima(batch, first);
  const { second: pass } = loss;
  const second = pass
    ? join(
        reduce(
          pass,
          uploadOwn(batch, row => pass.own(first[row]!)),
        ),
        'sum',
      )
    : first.map(() => []);
  // No reflection in the window: the first sum (or the maximum) is zero, as is everything else.
  const values = Float64Array.from({ length: count }, (_, row) =>
    first[row]![0] === 0 ? Number.NaN : loss.value(first[row]!, second[row]!, targetSums),
  );
  if (!slopes) return values;

  const own = uploadOwn(batch, row => loss.own(first[row]!, second[row]!, targetSums));
  const residuals = device.run(
    loss.residual,
    quarters.columns,
    rows * quarters.fold,
    [textures.target, patterns, own],
    [pair(quarters), [bins]],
  );
  const { step, eta } = textures.problem.instrument;
  const byPeak = device.run(
    ADJOINT,
    drawn.layout.columns,
    rows * drawn.layout.fold,
    [peaks, residuals],
    [pair(drawn.layout), pair(quarters), [step], [eta]],
  );
  writeGradients(batch, cells, byPeak, values, slopes);
  return values;
}

/** Replaces the maxima (value, bin) found on the GPU by the float64 values at those bins. */
function refineMaxima({ list, cells }: Batch, maxima: readonly number[][]): void {
  const room = emptyPeaks(list.model.sums.count);
  for (const [row, cell] of cells.entries()) {
    const maximum = maxima[row]!;
    if (maximum[0]! > 0) maximum[0] = patternAtBin(list.model, cell, maximum[1]!, room) / list.intensityScale;
  }
}

/** Four numbers for each row, joined over its segments in float64. */
function join({ width, height, data }: Texels, how: 'sum' | 'most'): number[][] {
  return Array.from({ length: height }, (_, row) => {
    const out = [0, 0, 0, 0];
    for (let x = 0; x < width; x++) {
      const at = 4 * (row * width + x);
      if (how === 'sum') for (let i = 0; i < 4; i++) out[i]! += data[at + i]!;
      else if (data[at]! > out[0]!) for (let i = 0; i < 4; i++) out[i] = data[at + i]!;
    }
    return out;
  });
}
