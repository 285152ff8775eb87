import { emptyPeaks } from '../../diffraction/pattern.ts';
import { type Batch, drawPatterns, drawPeaks, foldOf, uploadCells, uploadOwn } from './batch.ts';
import type { Texture } from './device.ts';
import { exactAtBin, exactPeaks, type Maximum, maximumOf, uploadedAtBin } from './exactMaximum.ts';
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
  const exact = loss.first.join === 'most' ? exactPeaks(batch) : null;
  const peaks = exact ? device.upload(exact) : drawPeaks(batch, drawn, cells, false);
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
        [foldOf(quarters), [quarters.count]],
      ),
    );

  const blank = uploadOwn(batch, () => []);
  const found = reduce(loss.first, blank);
  const first = exact ? maxima(batch, found, exact) : sums(found);
  const { second: pass } = loss;
  const second = pass
    ? sums(
        reduce(
          pass,
          uploadOwn(batch, row => pass.own(first[row]!)),
        ),
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
    [foldOf(quarters), [bins]],
  );
  const { step, eta } = textures.problem.instrument;
  const byPeak = device.run(
    ADJOINT,
    drawn.layout.columns,
    rows * drawn.layout.fold,
    [peaks, residuals],
    [foldOf(drawn.layout), foldOf(quarters), [step], [eta]],
  );
  writeGradients(batch, cells, byPeak, values, slopes);
  return values;
}

/** The largest value of each cell's pattern, and its bin; zeros where there is no reflection. */
function maxima(
  { list, merged, textures, cells }: Batch,
  { width, data }: Texels,
  peaks: Texels,
): number[][] {
  const { instrument } = textures.problem;
  const workspace = emptyPeaks(list.model.sums.count);
  return cells.map((cell, row) => {
    const candidates = Array.from({ length: width }, (_, x): Maximum => {
      const at = 4 * (row * width + x);
      return { value: data[at]!, bin: data[at + 1]! };
    }).filter(({ value }) => value > 0);
    if (!candidates.length) return [0, 0];
    const { value, bin } = maximumOf(
      candidates,
      textures.bins,
      at => uploadedAtBin(instrument, peaks, merged.rows.layout, row, at),
      at => exactAtBin(list.model, cell, at, workspace),
    );
    return [value, bin];
  });
}

/** Four numbers for each row, added over its segments in float64. */
const sums = ({ width, height, data }: Texels): number[][] =>
  Array.from({ length: height }, (_, row) => {
    const out = [0, 0, 0, 0];
    for (let x = 0; x < width; x++) for (let i = 0; i < 4; i++) out[i]! += data[4 * (row * width + x) + i]!;
    return out;
  });
