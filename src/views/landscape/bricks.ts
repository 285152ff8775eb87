import type { GridField } from '../../landscape/minima.ts';
import { COLOUR_MAPS, type ColourMapId } from '../../ui/colourMaps.ts';
import { coloured } from '../../ui/fieldColours.ts';
import { hillshade, SHADE } from './landscapeTraces.ts';
import type { MapFrame } from './mapFrame.ts';

/**
 * A field as plotly draws its heatmap: a brick of one colour around every grid point, as far as halfway to the next; gaps
 * and what lies outside are transparent. Pure.
 * @returns RGBA, row by row from the top [4 * frame.width * frame.height]
 */
export function bricks(
  field: GridField,
  frame: Pick<MapFrame, 'width' | 'height' | 'xRange' | 'yRange'>,
  colourRange: readonly [number, number],
  colourMap: ColourMapId,
  relief: boolean,
): Uint8ClampedArray<ArrayBuffer> {
  const { xs, ys, values } = field;
  const colours = coloured(values, colourRange, COLOUR_MAPS[colourMap]);
  if (relief) shade(colours, hillshade(field, colourRange));
  const points = new Uint32Array(colours.buffer);
  const columns = nearest(xs, frame.width, frame.xRange);
  const rows = nearest(ys, frame.height, frame.yRange);
  const out = new Uint32Array(frame.width * frame.height);
  for (let py = 0; py < frame.height; py++) {
    const row = rows[frame.height - 1 - py]!;
    if (row < 0) continue;
    const at = py * frame.width;
    if (py > 0 && rows[frame.height - py] === row) {
      out.copyWithin(at, at - frame.width, at);
      continue;
    }
    const first = row * xs.length;
    for (let px = 0; px < frame.width; px++) {
      const column = columns[px]!;
      if (column >= 0) out[at + px] = points[first + column]!;
    }
  }
  return new Uint8ClampedArray(out.buffer);
}

/** The point of an ascending axis whose brick the middle of every pixel lies in; −1 outside all of them. */
function nearest(axis: Float64Array, count: number, [low, high]: readonly [number, number]): Int32Array {
  const last = axis.length - 1;
  const half = (i: number): number => 0.5 * (axis[i + 1]! - axis[i]!);
  const out = new Int32Array(count).fill(-1);
  if (last < 1) return out.fill(0);
  const [begin, end] = [axis[0]! - half(0), axis[last]! + half(last - 1)];
  let i = 0;
  for (let pixel = 0; pixel < count; pixel++) {
    const at = low + ((pixel + 0.5) / count) * (high - low);
    if (at < begin || at > end) continue;
    while (i < last && at >= axis[i]! + half(i)) i++;
    out[pixel] = i;
  }
  return out;
}

/** Towards white or black by the hillshade, −1 to 1. */
function shade(colours: Uint8ClampedArray, shades: Float64Array): void {
  for (const [i, value] of shades.entries()) {
    if (!Number.isFinite(value) || colours[4 * i + 3] === 0) continue;
    const alpha = SHADE * Math.abs(value);
    const ink = 127.5 * (1 + value);
    for (let k = 4 * i; k < 4 * i + 3; k++) colours[k] = colours[k]! + alpha * (ink - colours[k]!);
  }
}
