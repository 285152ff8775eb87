import { describe, expect, it } from 'vitest';
import { falseMinima } from '../../src/landscape/falseMinima.ts';
import { findMinima } from '../../src/landscape/minima.ts';
import type { Slice } from '../../src/landscape/slice.ts';
import type { Catchment } from '../../src/state/analysis/analysisSlice.ts';
import { coloured, colourScale } from '../../src/ui/fieldColours.ts';
import { flatDirection, stableRate } from '../../src/views/analysis/CurvatureTool.tsx';
import { catchmentKinds } from '../../src/views/analysis/catchmentKinds.ts';
import { roughnessText } from '../../src/views/analysis/RoughnessTool.tsx';

describe('the kinds of a catchment map', () => {
  const n = 41;
  const axis = Float64Array.from({ length: n }, (_, i) => 3 + (2 * i) / (n - 1));
  const values = new Float64Array(n * n);
  for (let iy = 0; iy < n; iy++)
    for (let ix = 0; ix < n; ix++) {
      const [x, y] = [axis[ix]! - 4, axis[iy]! - 4];
      values[iy * n + ix] = (x * x - 0.25) ** 2 + 0.1 * y * y - 0.02 * x;
    }
  const field = { xs: axis, ys: axis, values };
  const slice: Slice = {
    x: 'a',
    y: 'b',
    base: [4.5, 4, 5, 90, 90, 90],
    xRange: [3, 5],
    yRange: [3, 5],
    nx: n,
    ny: n,
    tied: false,
    family: 'triclinic',
  };
  const minima = findMinima(field, { minProminence: 0.001 });
  const ends: readonly (readonly [number, number, number])[] = [
    [4.5, 4, 1],
    [4.45, 4.1, 0],
    [3.5, 4, 0],
    [9, 9, 0],
  ];
  const catchment: Catchment = {
    slice,
    side: 2,
    known: Uint8Array.of(1, 1, 1, 1),
    x: Float64Array.from(ends, ([x]) => x),
    y: Float64Array.from(ends, ([, y]) => y),
    truth: Uint8Array.from(ends, ([, , truth]) => truth),
    bouncing: new Uint8Array(4),
  };

  it('tell the truth, its valley, a false minimum by its number, and nothing', () => {
    const kinds = catchmentKinds(catchment, field, minima, falseMinima(minima, slice));
    expect(kinds.map(({ mark, starts }) => [mark, starts])).toEqual([
      ['★', [0]],
      ['☆', [1]],
      ['1', [2]],
      ['–', [3]],
    ]);
  });
  it('leave out starts whose end is not known yet', () => {
    const part = { ...catchment, known: Uint8Array.of(1, 0, 0, 0) };
    expect(catchmentKinds(part, field, minima, falseMinima(minima, slice)).map(({ mark }) => mark)).toEqual([
      '★',
    ]);
  });
});

describe('the curvature in words', () => {
  const report = {
    hessian: Float64Array.of(2, -1, -1, 2),
    values: Float64Array.of(0.01, 400),
    vectors: Float64Array.of(Math.SQRT1_2, -Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2),
    exponents: Float64Array.of(4, 2),
  };
  it('gives 2/λ of the largest eigenvalue, and none where nothing curves up', () => {
    expect(stableRate(report)).toBeCloseTo(0.005, 12);
    expect(stableRate({ ...report, values: Float64Array.of(-3, -1) })).toBeNull();
  });
  it('names the direction along which the minimum is quartic', () => {
    expect(flatDirection(report, ['a', 'b'])).toMatch(/^Along a − b the loss rises with the fourth power/);
    expect(flatDirection({ ...report, exponents: Float64Array.of(2, Number.NaN) }, ['a', 'b'])).toBeNull();
  });
});

describe('colours, profiles and tables', () => {
  it('colours run from the first stop to the last, and a missing value is clear', () => {
    const bytes = coloured(
      Float64Array.of(0, 0.5, 1, Number.NaN, 7),
      [0, 1],
      colourScale(['#000000', '#804020']),
    );
    expect([...bytes]).toEqual([
      0, 0, 0, 255, 64, 32, 16, 255, 128, 64, 32, 255, 0, 0, 0, 0, 128, 64, 32, 255,
    ]);
  });
  it('roughness figures are copied as tab-separated rows under a head', () => {
    const figures = { minima: 3, nonConvex: 0.8512, medianBasin: 0.05, lowestBasin: 0.4 };
    const text = roughnessText([{ loss: 'deGelder', size: 61, figures, truth: { reached: 4, of: 49 } }]);
    const [head, row] = text.split('\n').map(line => line.split('\t'));
    expect(row).toEqual(['de Gelder', '61 x 61', '3', '0.8512', '0.0500', '0.4000', '4 of 49']);
    expect(head).toHaveLength(row!.length);
  });
});
