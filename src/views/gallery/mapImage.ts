import type { GridField } from '../../landscape/minima.ts';
import { COLOUR_MAPS, type ColourMapId } from '../../ui/colourMaps.ts';

/** A field as pixels: between grid points bilinear, isolines as hairlines, gaps transparent. Pure. */

export interface MapImage {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row from the top [4 * width * height]. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Isoline step of small maps, in the unit of a cosine loss. */
export const ISOLINE = 0.1;

const channels = (id: ColourMapId): number[][] =>
  COLOUR_MAPS[id].map(hex => [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16)));

export function mapImage(
  field: GridField,
  width: number,
  height: number,
  [low, high]: readonly [number, number],
  colourMap: ColourMapId = 'viridis',
  isoline: number | null = ISOLINE,
): MapImage {
  const stops = channels(colourMap);
  const values = resampled(field, width, height);
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let py = 0; py < height; py++)
    for (let px = 0; px < width; px++) {
      const at = py * width + px;
      const value = values[at]!;
      if (!Number.isFinite(value)) continue;
      const place = Math.max(0, Math.min(1, (value - low) / (high - low || 1))) * (stops.length - 1);
      const below = Math.min(stops.length - 2, Math.floor(place));
      const shade = isoline === null ? 0 : lineShade(values, at, px, py, width, height, isoline);
      // White lines on the darker half, black ones on the lighter, as on the large map.
      const ink = place < (stops.length - 1) / 2 ? 255 : 0;
      for (let k = 0; k < 3; k++) {
        const colour = stops[below]![k]! + (place - below) * (stops[below + 1]![k]! - stops[below]![k]!);
        pixels[4 * at + k] = colour + shade * (ink - colour);
      }
      pixels[4 * at + 3] = 255;
    }
  return { width, height, pixels };
}

/** How strongly a pixel is covered by an isoline: one that runs between it and the next to the right or below. */
function lineShade(
  values: Float64Array,
  at: number,
  px: number,
  py: number,
  width: number,
  height: number,
  step: number,
): number {
  const level = Math.floor(values[at]! / step);
  const right = px + 1 < width ? Math.floor(values[at + 1]! / step) : level;
  const below = py + 1 < height ? Math.floor(values[at + width]! / step) : level;
  return right !== level || below !== level ? 0.3 : 0;
}

/** The field at the middle of every pixel, from the top row down [width * height]. */
function resampled({ xs, ys, values }: GridField, width: number, height: number): Float64Array {
  const out = new Float64Array(width * height);
  const nx = xs.length;
  const columns = places(xs, width);
  const rows = places(ys, height);
  for (let py = 0; py < height; py++) {
    const row = rows[height - 1 - py]!;
    for (let px = 0; px < width; px++) {
      const column = columns[px]!;
      const corner = row.index * nx + column.index;
      const top = values[corner]! + column.share * (values[corner + 1]! - values[corner]!);
      const bottom = values[corner + nx]! + column.share * (values[corner + nx + 1]! - values[corner + nx]!);
      out[py * width + px] = top + row.share * (bottom - top);
    }
  }
  return out;
}

/** Where the middles of `count` pixels lie between the points of an ascending axis. */
function places(axis: Float64Array, count: number): { index: number; share: number }[] {
  const [low, high] = [axis[0]!, axis[axis.length - 1]!];
  let index = 0;
  return Array.from({ length: count }, (_, pixel) => {
    const at = low + ((pixel + 0.5) / count) * (high - low);
    while (index < axis.length - 2 && axis[index + 1]! <= at) index++;
    return { index, share: (at - axis[index]!) / (axis[index + 1]! - axis[index]!) };
  });
}
