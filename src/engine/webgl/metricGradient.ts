import { cellGradient, reciprocalMetric } from '../../crystal/cell.ts';
import { type Batch, drawPeaks, foldOf } from './batch.ts';
import type { Texture } from './device.ts';
import { BY_SINE, METRIC, REFLECTIONS_PER_TEXEL } from './programs/adjoint.ts';
import type { Texels } from './texels.ts';

/**
 * From the loss's derivatives for every peak to the gradients in the cells' six parameters [cells * 6]; NaN where the
 * loss is.
 * @param cells as uploaded
 * @param byPeak texels (peak, cell): derivatives in intensity, position and width, see `ADJOINT`
 */
export function writeGradients(
  batch: Batch,
  cells: Texture,
  byPeak: Texture,
  losses: Float64Array,
  out: Float64Array,
): void {
  const { device, textures, list, merged, rows } = batch;
  const { rows: single } = list;
  const bySine = device.run(
    BY_SINE,
    single.layout.columns,
    rows * single.layout.fold,
    [drawPeaks(batch, single, cells, false), drawPeaks(batch, single, cells, true), merged.groups, byPeak],
    [foldOf(single.layout), foldOf(merged.rows.layout), [single.count]],
  );
  const { wavelength } = textures.problem.instrument;
  const blocks = Math.ceil(single.count / REFLECTIONS_PER_TEXEL);
  const gamma = device.read(
    device.run(METRIC, 2 * blocks, rows, [single.texture, bySine], [foldOf(single.layout), [single.count]]),
  );
  for (const [row, cell] of batch.cells.entries())
    writeGradient(wavelength, cell, gamma, row, losses[row]!, out.subarray(6 * row, 6 * row + 6));
}

/** Finishes Γ in float64 and goes from it to the six parameters. */
function writeGradient(
  wavelength: number,
  cell: Float64Array,
  { width, data }: Texels,
  row: number,
  value: number,
  out: Float64Array,
): void {
  if (Number.isNaN(value)) {
    out.fill(Number.NaN);
    return;
  }
  const sums = new Array<number>(8).fill(0);
  for (let x = 0; x < width; x++)
    for (let i = 0; i < 4; i++) sums[4 * (x % 2) + i]! += data[4 * (row * width + x) + i]!;
  const quarter = (wavelength * wavelength) / 4;
  // of (hh, kk, ll, hk, hl, kl) to a symmetric matrix
  const gamma = [0, 3, 4, 3, 1, 5, 4, 5, 2].map(at => sums[at]! * quarter);
  cellGradient(cell, reciprocalMetric(cell), gamma, out);
}
