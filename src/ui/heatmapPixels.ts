import { type ColourScale, coloured } from './fieldColours.ts';

/** Values on a rectangular grid: values[iy * xs.length + ix], axes ascending; what is not finite is a gap. */
export interface Field {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly values: Float64Array;
}

/** A rectangle of pixels over ranges of the two axes. */
export interface PlotArea {
  readonly width: number;
  readonly height: number;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

export interface HeatmapStyle {
  /** Values of the two ends of the colours. */
  readonly range: readonly [number, number];
  readonly scale: ColourScale;
  /** Shaded as lit from the upper left. */
  readonly relief?: boolean | undefined;
  /** Bilinear between grid points, in place of one colour around each as far as halfway to the next. */
  readonly smooth?: boolean | undefined;
}

/**
 * A field as pixels. Gaps and what lies outside are transparent. Pure.
 * @returns RGBA, row by row from the top [4 * width * height]
 */
export function heatmapPixels(
  field: Field,
  area: PlotArea,
  { range, scale, relief = false, smooth = false }: HeatmapStyle,
): Uint8ClampedArray<ArrayBuffer> {
  if (smooth) return coloured(resampled(field, area), range, scale);
  const { xs, ys, values } = field;
  const { width, height } = area;
  const colours = coloured(values, range, scale);
  if (relief) shade(colours, hillshade(field, range));
  const points = new Uint32Array(colours.buffer);
  const columns = nearest(xs, width, area.xRange);
  const rows = nearest(ys, height, area.yRange);
  const out = new Uint32Array(width * height);
  for (let py = 0; py < height; py++) {
    const row = rows[height - 1 - py]!;
    if (row < 0) continue;
    const at = py * width;
    if (py > 0 && rows[height - py] === row) {
      out.copyWithin(at, at - width, at);
      continue;
    }
    const first = row * xs.length;
    for (let px = 0; px < width; px++) {
      const column = columns[px]!;
      if (column >= 0) out[at + px] = points[first + column]!;
    }
  }
  return new Uint8ClampedArray(out.buffer);
}

/** Value in the middle of pixel `pixel` of `count` over a range. */
const middle = (pixel: number, count: number, [low, high]: readonly [number, number]): number =>
  low + ((pixel + 0.5) / count) * (high - low);

/** The point of an ascending axis nearest to the middle of every pixel; −1 beyond half a step outside of all. */
function nearest(axis: Float64Array, count: number, range: readonly [number, number]): Int32Array {
  const last = axis.length - 1;
  const half = (i: number): number => 0.5 * (axis[i + 1]! - axis[i]!);
  const out = new Int32Array(count).fill(-1);
  if (last < 1) return out.fill(0);
  const [begin, end] = [axis[0]! - half(0), axis[last]! + half(last - 1)];
  let i = 0;
  for (let pixel = 0; pixel < count; pixel++) {
    const at = middle(pixel, count, range);
    if (at < begin || at > end) continue;
    while (i < last && at >= axis[i]! + half(i)) i++;
    out[pixel] = i;
  }
  return out;
}

/** The field at the middle of every pixel, from the top row down [width * height]. */
function resampled({ xs, ys, values }: Field, { width, height, xRange, yRange }: PlotArea): Float64Array {
  const out = new Float64Array(width * height);
  const nx = xs.length;
  const columns = between(xs, width, xRange);
  const rows = between(ys, height, yRange);
  for (let py = 0; py < height; py++) {
    const row = rows[height - 1 - py]!;
    for (let px = 0; px < width; px++) {
      const column = columns[px]!;
      const corner = row.index * nx + column.index;
      const low = values[corner]! + column.share * (values[corner + 1]! - values[corner]!);
      const high = values[corner + nx]! + column.share * (values[corner + nx + 1]! - values[corner + nx]!);
      out[py * width + px] = low + row.share * (high - low);
    }
  }
  return out;
}

/** Places of the middles of pixels between the points of an ascending axis; NaN shares outside of all. */
function between(
  axis: Float64Array,
  count: number,
  range: readonly [number, number],
): { index: number; share: number }[] {
  let index = 0;
  return Array.from({ length: count }, (_, pixel) => {
    const at = middle(pixel, count, range);
    while (index < axis.length - 2 && axis[index + 1]! <= at) index++;
    const share = (at - axis[index]!) / (axis[index + 1]! - axis[index]!);
    return { index, share: share >= 0 && share <= 1 ? share : Number.NaN };
  });
}

/** Brightness is moved by at most so much. */
const SHADE = 0.16;

/** Towards white or black by the hillshade, −1 to 1. */
function shade(colours: Uint8ClampedArray, shades: Float64Array): void {
  for (let i = 0; i < shades.length; i++) {
    const value = shades[i]!;
    if (!Number.isFinite(value) || colours[4 * i + 3] === 0) continue;
    const alpha = SHADE * Math.abs(value);
    const ink = 127.5 * (1 + value);
    for (let k = 4 * i; k < 4 * i + 3; k++) colours[k] = colours[k]! + alpha * (ink - colours[k]!);
  }
}

/** Shade of the slope towards the light at the upper left, −1 to 1, in units of a tenth of the range per 8 % of width. */
export function hillshade({ xs, ys, values }: Field, [low, high]: readonly [number, number]): Float64Array {
  const [nx, ny] = [xs.length, ys.length];
  const out = new Float64Array(values.length);
  const scale = high > low ? 0.8 / (high - low) : 0;
  for (let iy = 0; iy < ny; iy++)
    for (let ix = 0; ix < nx; ix++) {
      const at = iy * nx + ix;
      const dx = values[iy * nx + Math.min(nx - 1, ix + 1)]! - values[iy * nx + Math.max(0, ix - 1)]!;
      const dy = values[Math.min(ny - 1, iy + 1) * nx + ix]! - values[Math.max(0, iy - 1) * nx + ix]!;
      const slope = (dx * (nx - 1) - dy * (ny - 1)) / 2;
      out[at] = Math.max(-1, Math.min(1, scale * slope * 0.2));
    }
  return out;
}
