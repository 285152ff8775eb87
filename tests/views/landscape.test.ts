import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitting, spread } from '../../src/views/landscape/MinimaScale.tsx';
import { placeBadges } from '../../src/views/map/badges.ts';
import { overlaps, placeWord, wordBox } from '../../src/views/map/labels.ts';
import { frameOf, fromPixel, pathUpTo, pixelPath, toX, toY } from '../../src/views/map/mapFrame.ts';

const frame = frameOf(660, 500, [4, 5], [2, 3], false);

describe('map frame', () => {
  it('takes pixels to parameters and back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 4, max: 5, noNaN: true }),
        fc.double({ min: 2, max: 3, noNaN: true }),
        (x, y) => {
          const back = fromPixel(frame, toX(frame, x), toY(frame, y));
          expect(back.x).toBeCloseTo(x, 9);
          expect(back.y).toBeCloseTo(y, 9);
        },
      ),
    );
  });
  it('keeps points outside the plot area at its border', () => {
    expect(fromPixel(frame, -50, 1e4)).toEqual({ x: 4, y: 2 });
  });
  it('is square where asked, and centred', () => {
    const square = frameOf(700, 400, [1, 2], [1, 2], true);
    expect(square.width).toBe(square.height);
    const room = 700 - (frame.left + 10);
    expect(square.left - frame.left).toBeCloseTo((room - square.width) / 2, -1);
  });
});

describe('trajectory in pixels', () => {
  const cells = new Float64Array(6 * 500);
  for (let i = 0; i < 500; i++) {
    cells[6 * i] = 4 + i / 1000;
    cells[6 * i + 2] = 2.5;
  }
  const path = pixelPath(frame, { cells, count: 500, stride: 6 }, [0, 2]);
  it('drops points closer than a pixel but keeps both ends', () => {
    expect(path.steps.length).toBeLessThan(500);
    expect(path.steps[0]).toBe(0);
    expect(path.steps.at(-1)).toBe(499);
    for (let i = 1; i < path.xs.length - 1; i++)
      expect(Math.abs(path.xs[i]! - path.xs[i - 1]!)).toBeGreaterThanOrEqual(0.8);
  });
  it('is drawn up to a step and ends at the step itself', () => {
    expect(pathUpTo(path, 0, [11, 12])).toBe(
      `M${path.xs[0]!.toFixed(1)} ${path.ys[0]!.toFixed(1)}L11.0 12.0`,
    );
    const half = pathUpTo(path, 250, [1, 2]);
    expect(half.split('L').length).toBeLessThan(pathUpTo(path, 499, [1, 2]).split('L').length);
    expect(half.endsWith('L1.0 2.0')).toBe(true);
  });
});

describe('the scale of minima', () => {
  it('keeps labels a gap apart, in order, inside, and untouched where there is room', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { maxLength: 15 }), wanted => {
        const at = spread(wanted, 19, 0, 400);
        const order = wanted.map((value, i) => ({ value, i })).sort((p, q) => p.value - q.value || p.i - q.i);
        for (let k = 0; k < order.length; k++) {
          const here = at[order[k]!.i]!;
          expect(here).toBeGreaterThanOrEqual(-1e-9);
          expect(here).toBeLessThanOrEqual(400 + 1e-9);
          if (k > 0) expect(here - at[order[k - 1]!.i]!).toBeGreaterThanOrEqual(19 - 1e-9);
        }
      }),
    );
    expect(spread([10, 50, 200], 19, 0, 400)).toEqual([10, 50, 200]);
    expect(spread([100, 100], 20, 0, 400)).toEqual([90, 110]);
  });

  it('leaves out the highest of more minima than have room, never the truth or the chosen one', () => {
    const entries = Array.from({ length: 27 }, (_, number) => ({ number, selected: number === 26 }));
    expect(fitting(entries, 40)).toEqual(entries);
    expect(fitting(entries, 20).map(({ number }) => number)).toEqual([...Array(19).keys(), 26]);
    expect(fitting(entries, 1).map(({ number }) => number)).toEqual([0, 26]);
  });
});

describe('words and badges', () => {
  const bounds = { x: 0, y: 0, width: 300, height: 200 };
  it('takes the first free place inside the bounds', () => {
    const taken = [wordBox('truth', 100, 50)];
    const placed = placeWord(
      'truth',
      [
        [100, 52],
        [-10, 20],
        [100, 120],
      ],
      bounds,
      taken,
    );
    expect(placed).toMatchObject({ x: 100, y: 120 });
    expect(overlaps(placed!.box, taken[0]!)).toBe(false);
    expect(placeWord('truth', [[100, 52]], bounds, taken)).toBeNull();
  });
  it('moves a badge aside only where something would be covered', () => {
    const free = placeBadges(frame, [[200, 200]], [[400, 400]]);
    expect(free).toEqual([[200, 200]]);
    const [moved] = placeBadges(frame, [[200, 200]], [[203, 201]]);
    expect(Math.hypot(moved![0] - 203, moved![1] - 201)).toBeGreaterThanOrEqual(16);
    const pair = placeBadges(
      frame,
      [
        [200, 200],
        [204, 200],
      ],
      [],
    );
    expect(Math.hypot(pair[0]![0] - pair[1]![0], pair[0]![1] - pair[1]![1])).toBeGreaterThanOrEqual(16);
  });
});
