import { describe, expect, it } from 'vitest';
import { COLOUR_MAPS } from '../../src/ui/colourMaps.ts';
import { colourScale } from '../../src/ui/fieldColours.ts';
import { type HeatmapStyle, heatmapPixels, hillshade, type PlotArea } from '../../src/ui/heatmapPixels.ts';
import { isolinePath, isolinePaths, isolineStep } from '../../src/ui/isolinePaths.ts';

const scale = colourScale(COLOUR_MAPS.viridis);
const DARK = [0x44, 0x01, 0x54, 255];
const BRIGHT = [0xfd, 0xe7, 0x25, 255];
const MIDDLE = [0x21, 0x91, 0x8c, 255];
const NOTHING = [0, 0, 0, 0];

/** The colours of a row of pixels, from the top. */
const rowOf = (pixels: Uint8ClampedArray, { width }: PlotArea, py: number): number[][] =>
  Array.from({ length: width }, (_, px) =>
    Array.from(pixels.subarray(4 * (width * py + px), 4 * (width * py + px) + 4)),
  );

describe('a field as a heat map', () => {
  const FIELD = {
    xs: Float64Array.of(1, 2, 4),
    ys: Float64Array.of(10, 20),
    values: Float64Array.of(0, 1, Number.NaN, 0.5, 0, 1),
  };
  const area: PlotArea = { width: 8, height: 4, xRange: [0, 8], yRange: [0, 40] };
  const pixels = heatmapPixels(FIELD, area, { range: [0, 1], scale });
  const row = (py: number): number[][] => rowOf(pixels, area, py);

  it('reaches halfway to the next point, and as far beyond the last; the first row is the highest', () => {
    // edges at x 0.5, 1.5, 3, 5 and y 5, 15, 25; middles of pixels at x 0.5, 1.5, … and y 35, 25, 15, 5
    expect(row(0)).toEqual(Array.from({ length: 8 }, () => NOTHING));
    expect(row(1)).toEqual([MIDDLE, DARK, DARK, BRIGHT, BRIGHT, NOTHING, NOTHING, NOTHING]);
    expect(row(2)).toEqual(row(1));
  });

  it('leaves gaps where there is no value', () => {
    expect(row(3)).toEqual([DARK, BRIGHT, BRIGHT, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]);
  });

  it('takes values outside the colour range for its ends', () => {
    const near: PlotArea = { width: 3, height: 2, xRange: [0.5, 5], yRange: [5, 25] };
    const clipped = heatmapPixels(FIELD, near, { range: [0.2, 0.4], scale });
    expect(rowOf(clipped, near, 0)[0]).toEqual(BRIGHT);
  });

  it('is moved towards white and black by its slopes', () => {
    const slope = {
      xs: Float64Array.of(0, 1, 2),
      ys: Float64Array.of(0, 1),
      values: Float64Array.of(0, 0.5, 1, 0, 0.5, 1),
    };
    const frame: PlotArea = { width: 3, height: 2, xRange: [-0.5, 2.5], yRange: [-0.5, 1.5] };
    const plain = heatmapPixels(slope, frame, { range: [0, 1], scale });
    const shaded = heatmapPixels(slope, frame, { range: [0, 1], scale, relief: true });
    // 0.16 of the way to white at a hillshade of 0.16: 0.0256 of it to 148
    const at = (bytes: Uint8ClampedArray): number[] => Array.from(bytes.subarray(4, 7));
    const expected = at(plain).map(value => value + 0.16 * 0.16 * (127.5 * 1.16 - value));
    for (const [k, value] of at(shaded).entries()) expect(Math.abs(value - expected[k]!)).toBeLessThan(1);
    expect(at(shaded)).not.toEqual(at(plain));
  });

  it('is lit where slopes face the upper left', () => {
    const axis = Float64Array.from({ length: 40 }, (_, i) => i);
    const slope = (sx: number, sy: number): number => {
      const values = Float64Array.from(
        { length: 1600 },
        (_, i) => (sx * (i % 40) + sy * Math.floor(i / 40)) / 40,
      );
      return hillshade({ xs: axis, ys: axis, values }, [0, 1])[820]!;
    };
    // Higher to the right and lower upwards: the slope looks to the upper left.
    expect(slope(1, -1)).toBeGreaterThan(0);
    expect(slope(-1, 1)).toBeLessThan(0);
    expect(slope(0, 0)).toBe(0);
    expect(Math.abs(slope(1e6, -1e6))).toBe(1);
  });
});

describe('a field as a smooth heat map', () => {
  const smooth = (values: readonly number[], side: number, range: HeatmapStyle['range']): number[][] => {
    const axis = Float64Array.of(0, 1);
    const area: PlotArea = { width: side, height: side, xRange: [0, 1], yRange: [0, 1] };
    const field = { xs: axis, ys: axis, values: Float64Array.from(values) };
    const pixels = heatmapPixels(field, area, { range, scale, smooth: true });
    return [...rowOf(pixels, area, 0), ...rowOf(pixels, area, side - 1)];
  };

  it('has the first colour at the low end, the last at the high end, and row 0 at the top', () => {
    // Low at the bottom, high at the top: pixel centres lie a quarter and three quarters of the way.
    expect(smooth([0, 0, 1, 1], 2, [0.25, 0.75])).toEqual([BRIGHT, BRIGHT, DARK, DARK]);
  });
  it('is bilinear between points', () => {
    // The middle of one pixel over the whole square is the mean of the corners, 0.5: the sixth of eleven colours.
    expect(smooth([0, 1, 0, 1], 1, [0, 1])[0]).toEqual(MIDDLE);
  });
  it('takes the colour of the nearest point beside a missing value, and leaves a gap at that', () => {
    expect(smooth([Number.NaN, 1, 0, 1], 2, [0, 1])).toEqual([DARK, BRIGHT, NOTHING, BRIGHT]);
  });
  it('shows the points as dots where they are far apart', () => {
    const axis = Float64Array.of(0, 1, 2);
    const field = { xs: axis, ys: axis, values: new Float64Array(9).fill(1) };
    const dots = (side: number): number => {
      const area: PlotArea = { width: side, height: side, xRange: [-0.5, 2.5], yRange: [-0.5, 2.5] };
      const pixels = heatmapPixels(field, area, { range: [0, 1], scale, smooth: true });
      return new Set(new Uint32Array(pixels.buffer)).size;
    };
    expect([dots(30), dots(60)]).toEqual([1, 2]);
  });
  it('is shaded like a map of bricks', () => {
    const axis = Float64Array.from({ length: 41 }, (_, i) => i);
    const values = Float64Array.from({ length: 41 * 41 }, (_, i) => (i % 41) / 41);
    const area: PlotArea = { width: 41, height: 41, xRange: [-0.5, 40.5], yRange: [-0.5, 40.5] };
    const style = { range: [0, 1] as const, scale, relief: true };
    const field = { xs: axis, ys: axis, values };
    expect(heatmapPixels(field, area, { ...style, smooth: true })).toEqual(heatmapPixels(field, area, style));
  });
});

describe('isolines of a field', () => {
  const axis = Float64Array.from({ length: 5 }, (_, i) => i);
  const values = Float64Array.from({ length: 25 }, (_, i) => (i % 5) / 4);
  const area: PlotArea = { width: 40, height: 80, xRange: [0, 4], yRange: [0, 4] };

  it('lie at whole steps, white below the middle and black from there on, every second one stronger', () => {
    const paths = isolinePaths({ xs: axis, ys: axis, values }, area, [0.1, 0.9], { step: 0.2 });
    const at = Object.fromEntries(paths.map(({ d, stroke }) => [stroke, d.match(/M(\S+) 80/)?.[1]]));
    expect(at).toEqual({
      'rgba(255,255,255,0.2)': '8',
      'rgba(255,255,255,0.36)': '16',
      'rgba(0,0,0,0.16)': '24',
      'rgba(0,0,0,0.294)': '32',
    });
  });
  it('are grey without colours behind them', () => {
    const paths = isolinePaths({ xs: axis, ys: axis, values }, area, [0.1, 0.9], { onColours: false });
    expect(paths.map(({ stroke }) => stroke)).toEqual(['rgba(128,128,128,0.8)']);
  });
  it('are spaced by 0.05 over a cosine map', () => {
    expect(isolineStep([-1, -0.29])).toBeCloseTo(0.05, 12);
    expect(isolineStep([0, 0])).toBe(1);
  });
  it('smoothed, still pass through their points, along the chord of the neighbours', () => {
    const points = Float64Array.of(0, 0, 10, 10, 20, 0);
    expect(isolinePath({ points, closed: false })).toBe('M0 0L10 10L20 0');
    // Control points of the middle point: 0.6/6 of the way along (20, 0) to either side; the ends have none.
    expect(isolinePath({ points, closed: false }, 0.6)).toBe('M0 0C0 0 8 10 10 10C12 10 20 0 20 0');
  });
});
