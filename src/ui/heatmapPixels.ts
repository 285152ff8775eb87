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
  /** Bilinear between grid points, which show as dots where they are far apart, in place of one colour around each as far as halfway to the next. */
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
  if (smooth) return smoothPixels(field, area, range, scale, relief);
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

/** Points are dots from so many pixels between them on. */
const DOTS_FROM = 16;

function smoothPixels(
  field: Field,
  area: PlotArea,
  range: HeatmapStyle['range'],
  scale: ColourScale,
  relief: boolean,
): Uint8ClampedArray<ArrayBuffer> {
  const out = coloured(resampled(field, field.values, area), range, scale);
  if (relief) shade(out, resampled(field, hillshade(field, range), area));
  const { width, height, xRange, yRange } = area;
  const apart = (axis: Float64Array, count: number, [low, high]: readonly [number, number]): number =>
    ((axis[1]! - axis[0]!) / (high - low)) * count;
  if (Math.min(apart(field.xs, width, xRange), apart(field.ys, height, yRange)) < DOTS_FROM) return out;
  const pixel = (value: number, [low, high]: readonly [number, number], count: number): number =>
    Math.floor(((value - low) / (high - low)) * count);
  for (const y of field.ys)
    for (const x of field.xs) {
      const [px, py] = [pixel(x, xRange, width), height - 1 - pixel(y, yRange, height)];
      if (px < 0 || px >= width || py < 0 || py >= height) continue;
      const at = 4 * (py * width + px);
      const ink = out[at]! + out[at + 1]! + out[at + 2]! > 382 ? 0 : 255;
      for (let k = at; k < at + 3; k++) out[k] = out[k]! + 0.45 * (ink - out[k]!);
    }
  return out;
}

/**
 * Values of a field's points at the middle of every pixel, from the top row down [width * height]: bilinear, beside a gap
 * and half a step beyond the last points that of the nearest.
 */
function resampled(
  { xs, ys }: Field,
  values: Float64Array,
  { width, height, xRange, yRange }: PlotArea,
): Float64Array {
  const out = new Float64Array(width * height);
  const nx = xs.length;
  const [columns, rows] = [between(xs, width, xRange), between(ys, height, yRange)];
  const [nearX, nearY] = [nearest(xs, width, xRange), nearest(ys, height, yRange)];
  /** A row of the grid at every column of pixels. */
  const across = (iy: number): Float64Array =>
    Float64Array.from(columns, ({ index, share }) => {
      const low = values[iy * nx + index]!;
      return low + share * (values[iy * nx + index + 1]! - low);
    });
  let held = -1;
  let [low, high]: [Float64Array, Float64Array] = [new Float64Array(), new Float64Array()];
  for (let py = 0; py < height; py++) {
    const { index, share } = rows[height - 1 - py]!;
    if (index !== held) {
      // From the top down: the lower row of one strip is the upper row of the next.
      high = index + 1 === held ? low : across(index + 1);
      low = across(index);
      held = index;
    }
    const near = nearY[height - 1 - py]!;
    for (let px = 0; px < width; px++) {
      const value = low[px]! + share * (high[px]! - low[px]!);
      const column = nearX[px]!;
      out[py * width + px] = Number.isNaN(value)
        ? near < 0 || column < 0
          ? Number.NaN
          : values[near * nx + column]!
        : value;
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
