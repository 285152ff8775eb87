import { reciprocalMetric } from '../../crystal/cell.ts';
import type { Device, Texture } from './device.ts';
import { sineSquareFactors, writeLimbs } from './fixedPoint.ts';
import type { ListTextures, MergedTextures, RowTextures } from './listTextures.ts';
import type { ProblemTextures } from './problemTextures.ts';
import { PATTERN } from './programs/pattern.ts';
import { PEAK_SLOPES, PEAKS } from './programs/peaks.ts';
import { offsetOf, type Texels } from './texels.ts';

/**
 * Some cells of a problem in one go: uploaded as `rows` rows of which the first `cells.length` are meant, so that
 * textures come in few sizes. All of it runs inside `Device.within`.
 */
export interface Batch {
  readonly device: Device;
  readonly textures: ProblemTextures;
  readonly list: ListTextures;
  /** Its reflections, those that coincide in all these cells merged. */
  readonly merged: MergedTextures;
  /** The cosine loss from the overlaps of pairs of peaks instead of the pattern. */
  readonly byPairs: boolean;
  readonly cells: readonly Float64Array[];
  readonly rows: number;
}

export const foldOf = ({ columns, fold }: { columns: number; fold: number }): number[] => [columns, fold];

/** sin²θ factors of the cells, one row a cell. */
export function uploadCells({ device, textures, list, cells, rows }: Batch): Texture {
  const texels: Texels = { width: 6, height: rows, data: new Float32Array(rows * 6 * 4) };
  for (const [row, cell] of cells.entries())
    for (const [i, g] of sineSquareFactors(
      reciprocalMetric(cell),
      textures.problem.instrument.wavelength,
    ).entries())
      writeLimbs(g, list.bits, texels.data, 4 * (row * 6 + i));
  return device.upload(texels);
}

export function drawPeaks(batch: Batch, drawn: RowTextures, cells: Texture, slopes: boolean): Texture {
  const { device, textures, list, rows } = batch;
  const { instrument } = textures.problem;
  const { nodes, layout } = textures.grid;
  return device.run(
    slopes ? PEAK_SLOPES : PEAKS,
    drawn.layout.columns,
    rows * drawn.layout.fold,
    [drawn.texture, textures.factors, list.nodeAngles, cells],
    [
      foldOf(drawn.layout),
      foldOf(layout),
      [drawn.count, batch.cells.length, list.model.sums.elements.length, list.bits],
      list.window,
      [nodes.count, nodes.before, nodes.every, drawn.rankPairs],
      [instrument.twoThetaMin, instrument.step, textures.factorDensity],
      [instrument.u, instrument.v, instrument.w],
    ],
  );
}

export function drawPatterns({ device, textures, merged, rows }: Batch, peaks: Texture): Texture {
  const { step, eta } = textures.problem.instrument;
  const { quarters, bins } = textures;
  return device.run(
    PATTERN,
    quarters.columns,
    rows * quarters.fold,
    [peaks],
    [foldOf(merged.rows.layout), foldOf(quarters), [bins], [step], [eta]],
  );
}

/** Peaks as the GPU sees them, unmerged: [cells][reflections] texels (bin of the reference, offset, intensity, FWHM). */
export function batchPeaks(batch: Batch): Texels {
  return batch.device.read(drawPeaks(batch, batch.list.rows, uploadCells(batch), false));
}

/** Patterns of the batch [cells * bins], on the scale of the float64 model. */
export function batchPatterns(batch: Batch): Float64Array {
  const { device, textures, list } = batch;
  const { data } = device.read(
    drawPatterns(batch, drawPeaks(batch, batch.merged.rows, uploadCells(batch), false)),
  );
  const out = new Float64Array(batch.cells.length * textures.bins);
  for (let row = 0; row < batch.cells.length; row++) {
    const start = offsetOf(textures.quarters, row, 0);
    for (let i = 0; i < textures.bins; i++)
      out[row * textures.bins + i] = data[start + i]! * list.intensityScale;
  }
  return out;
}

/** Four numbers of each cell, one texel a row. What is not finite must not poison a texture: it is not looked at. */
export function uploadOwn(
  { device, cells, rows }: Batch,
  numbers: (row: number) => readonly number[],
): Texture {
  const data = new Float32Array(rows * 4);
  for (let row = 0; row < cells.length; row++)
    data.set(
      numbers(row).map(x => (Number.isFinite(x) ? x : 0)),
      4 * row,
    );
  return device.upload({ width: 1, height: rows, data });
}
