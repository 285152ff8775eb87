import { cellGradient, reciprocalMetric } from '../../crystal/cell.ts';
import { emptyPeaks } from '../../diffraction/pattern.ts';
import type { Device, Texture } from './device.ts';
import { patternAtBin } from './exactMaximum.ts';
import { sineSquareFactors, writeLimbs } from './fixedPoint.ts';
import { GPU_LOSSES } from './gpuLosses.ts';
import type { ListTextures, ProblemTextures } from './problemTextures.ts';
import { ADJOINT, METRIC, REFLECTIONS_PER_TEXEL } from './programs/adjoint.ts';
import { PATTERN } from './programs/pattern.ts';
import { PEAK_SLOPES, PEAKS } from './programs/peaks.ts';
import { SEGMENT } from './programs/reduce.ts';
import { offsetOf, type Texels } from './texels.ts';

/**
 * Some cells of a problem in one go: uploaded as `rows` rows of which the first `cells.length` are meant, so that
 * textures come in few sizes. All of it runs inside `Device.within`.
 */
export interface Batch {
  readonly device: Device;
  readonly textures: ProblemTextures;
  readonly list: ListTextures;
  readonly cells: readonly Float64Array[];
  readonly rows: number;
}

const pair = ({ columns, fold }: { columns: number; fold: number }): number[] => [columns, fold];

/** sin²θ factors of the cells, one row a cell. */
function uploadCells({ device, textures, list, cells, rows }: Batch): Texture {
  const texels: Texels = { width: 6, height: rows, data: new Float32Array(rows * 6 * 4) };
  for (const [row, cell] of cells.entries())
    for (const [i, g] of sineSquareFactors(
      reciprocalMetric(cell),
      textures.problem.instrument.wavelength,
    ).entries())
      writeLimbs(g, list.bits, texels.data, 4 * (row * 6 + i));
  return device.upload(texels);
}

function drawPeaks(batch: Batch, cells: Texture, slopes: boolean): Texture {
  const { device, textures, list, rows } = batch;
  const { instrument } = textures.problem;
  const { sums } = list.model;
  const { count, before, every } = list.nodes;
  return device.run(
    slopes ? PEAK_SLOPES : PEAKS,
    list.layout.columns,
    rows * list.layout.fold,
    [list.reflections, textures.factors, list.nodeAngles, cells],
    [
      pair(list.layout),
      pair(list.nodeLayout),
      [sums.count, batch.cells.length, sums.elements.length, list.bits],
      list.window,
      [count, before, every, 0],
      [instrument.twoThetaMin, instrument.step, textures.factorDensity],
      [instrument.u, instrument.v, instrument.w],
    ],
  );
}

function drawPatterns({ device, textures, list, rows }: Batch, peaks: Texture): Texture {
  const { step, eta } = textures.problem.instrument;
  const { quarters, bins } = textures;
  return device.run(
    PATTERN,
    quarters.columns,
    rows * quarters.fold,
    [peaks],
    [pair(list.layout), pair(quarters), [bins], [step], [eta]],
  );
}

/** Peaks as the GPU sees them: [cells][reflections] texels (bin of the reference, offset, intensity, FWHM). */
export function batchPeaks(batch: Batch): Texels {
  return batch.device.read(drawPeaks(batch, uploadCells(batch), false));
}

/** Patterns of the batch [cells * bins], on the scale of the float64 model. */
export function batchPatterns(batch: Batch): Float64Array {
  const { device, textures, list } = batch;
  const { data } = device.read(drawPatterns(batch, drawPeaks(batch, uploadCells(batch), false)));
  const out = new Float64Array(batch.cells.length * textures.bins);
  for (let row = 0; row < batch.cells.length; row++) {
    const start = offsetOf(textures.quarters, row, 0);
    for (let i = 0; i < textures.bins; i++)
      out[row * textures.bins + i] = data[start + i]! * list.intensityScale;
  }
  return out;
}

/** Losses [cells] and, into `slopes` [cells * 6], their gradients. NaN where no reflection is in the window. */
export function batchLosses(batch: Batch, slopes: Float64Array | null): Float64Array {
  const { device, textures, list, rows } = batch;
  const { quarters, bins, targetSums } = textures;
  const loss = GPU_LOSSES[textures.problem.loss];
  const cells = uploadCells(batch);
  const peaks = drawPeaks(batch, cells, false);
  const patterns = drawPatterns(batch, peaks);
  const count = batch.cells.length;
  const uploadOwn = (numbers: (row: number) => readonly number[]): Texture => {
    const data = new Float32Array(rows * 4);
    for (let row = 0; row < count; row++) data.set(numbers(row), 4 * row);
    return device.upload({ width: 1, height: rows, data });
  };
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

  const blank = uploadOwn(() => []);
  const first = join(reduce(loss.first, blank), loss.first.join);
  if (loss.first.join === 'most') refineMaxima(batch, first);
  const { second: pass } = loss;
  const second = pass
    ? join(
        reduce(
          pass,
          uploadOwn(row => finite(pass.own(first[row]!))),
        ),
        'sum',
      )
    : first.map(() => []);
  // No reflection in the window: the first sum (or the maximum) is zero, as is everything else.
  const values = Float64Array.from({ length: count }, (_, row) =>
    first[row]![0] === 0 ? Number.NaN : loss.value(first[row]!, second[row]!, targetSums),
  );
  if (!slopes) return values;

  const own = uploadOwn(row => finite(loss.own(first[row]!, second[row]!, targetSums)));
  const residuals = device.run(
    loss.residual,
    quarters.columns,
    rows * quarters.fold,
    [textures.target, patterns, own],
    [pair(quarters), [bins]],
  );
  const { step, eta } = textures.problem.instrument;
  const bySine = device.run(
    ADJOINT,
    list.layout.columns,
    rows * list.layout.fold,
    [peaks, drawPeaks(batch, cells, true), residuals],
    [pair(list.layout), pair(quarters), [step], [eta]],
  );
  const blocks = Math.ceil(list.layout.count / REFLECTIONS_PER_TEXEL);
  const gamma = device.read(
    device.run(
      METRIC,
      2 * blocks,
      rows,
      [list.reflections, bySine],
      [pair(list.layout), [list.layout.count]],
    ),
  );
  for (const [row, cell] of batch.cells.entries())
    writeGradient(textures, cell, gamma, row, values[row]!, slopes.subarray(6 * row, 6 * row + 6));
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

/** Finishes Γ in float64 and goes from it to the six parameters. */
function writeGradient(
  { problem: { instrument } }: ProblemTextures,
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
  const sums = new Float64Array(8);
  for (let x = 0; x < width; x++)
    for (let i = 0; i < 4; i++) sums[4 * (x % 2) + i]! += data[4 * (row * width + x) + i]!;
  const quarter = (instrument.wavelength * instrument.wavelength) / 4;
  const [hh, kk, ll, hk, hl, kl] = [...sums].map(sum => sum * quarter) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  cellGradient(cell, reciprocalMetric(cell), [hh, hk, hl, hk, kk, kl, hl, kl, ll], out);
}

/** Numbers for cells without reflections must not poison a texture: they are not looked at. */
const finite = (numbers: readonly number[]): number[] => numbers.map(x => (Number.isFinite(x) ? x : 0));

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
