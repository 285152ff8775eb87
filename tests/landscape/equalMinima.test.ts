import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { simulatedTarget } from '../../src/diffraction/pattern.ts';
import { equalMinima, falseMinima, toldMinima } from '../../src/landscape/falseMinima.ts';
import { findMinima } from '../../src/landscape/minima.ts';
import { listedMinima } from '../../src/landscape/minimaOptions.ts';
import {
  type Slice,
  sliceAxis,
  sliceDirections,
  slicePoint,
  slicePoints,
  strideOf,
  truthsOf,
} from '../../src/landscape/slice.ts';
import { sliceModel } from '../../src/landscape/sliceModel.ts';
import { lossOf } from '../../src/losses/registry.ts';
import { parametersOf } from '../../src/model/foundParameters.ts';
import { settledLoss } from '../../src/optimise/settled.ts';
import { modelObjective } from '../../src/peakspace/model/modelObjective.ts';
import { operatorsOf } from '../../src/symmetry/operatorsOf.ts';
import { libraryStructure } from '../support/library.ts';
import { moyoInNode } from '../support/moyo.ts';

const moyo = moyoInNode();

/** Minima of a map over two parameters of BPO4, told which have the pattern of the truth. */
function minimaOver(
  x: string,
  y: string,
  xRange: readonly [number, number],
  yRange: readonly [number, number],
) {
  const structure = libraryStructure('BPO4');
  const parameters = parametersOf(structure, operatorsOf(moyo, structure), PAPER_INSTRUMENT);
  const model = sliceModel({ x, y }, false, { ...parameters, structure })!;
  const slice: Slice = {
    ...{ x, y, xRange, yRange, nx: 61, ny: 61, tied: false, family: 'tetragonal', model },
    base: [...structure.cell, ...model.moved.map(({ value }) => value)],
  };
  const loss = lossOf('cosine');
  const { target } = simulatedTarget(structure.sites, PAPER_INSTRUMENT, structure.cell);
  const objective = modelObjective({
    ...{ sites: structure.sites, instrument: PAPER_INSTRUMENT, loss, target, excluded: null },
    ...{ moved: model.moved, cellMoves: model.cellMoves },
  });
  const points = slicePoints(slice);
  const stride = strideOf(slice);
  const values = Float64Array.from({ length: 61 * 61 }, (_, i) =>
    objective(points.subarray(i * stride, (i + 1) * stride), null),
  );
  const field = { xs: sliceAxis(slice, 'x'), ys: sliceAxis(slice, 'y'), values };
  const minima = findMinima(field, listedMinima(-1, field));
  const units = [(xRange[1] - xRange[0]) / 30, (yRange[1] - yRange[0]) / 30];
  const settled = [slice.base, ...minima.map(m => slicePoint(slice, m.x, m.y))].map(point =>
    settledLoss(objective, point, sliceDirections(slice), units),
  );
  return { slice, settled, told: toldMinima(minima, settled, field) };
}

describe('minima with the pattern of the truth', () => {
  it('of the oxygen of BPO4 over (x, y): the twofold axis and the mirror image make the truth four times a period', () => {
    const { slice, told, settled } = minimaOver('x.O5', 'y.O5', [-0.05, 1.02], [-0.02, 1.05]);
    const [x, y] = [0.24, 0.638];
    expect(truthsOf(slice).map(place => place.map(v => v.toFixed(3)))).toEqual([['0.240', '0.638']]);
    const equal = equalMinima(told, slice).map(({ minimum }) => [minimum.x, minimum.y]);
    const expected = [
      [1 - x, 1 - y],
      [1 - x, y],
      [x, 1 - y],
    ];
    expect(equal).toHaveLength(3);
    for (const [ex, ey] of expected)
      expect(equal.some(([mx, my]) => Math.hypot(mx! - ex!, my! - ey!) < 0.01)).toBe(true);
    const gaps = equalMinima(told, slice).map(({ index }) => settled[index + 1]! - settled[0]!);
    console.log('losses of equal minima above the truth', gaps);
    for (const gap of gaps) expect(Math.abs(gap)).toBeLessThan(1e-12);
  });

  it('are told from false ones, whose floors are higher by far more than rounding', () => {
    const { slice, told, settled } = minimaOver('x.O5', 'z.O5', [-0.05, 1.02], [-0.02, 1.05]);
    const falseOnes = falseMinima(told, slice);
    console.log(
      'BPO4 over (x, z)',
      falseOnes.map(({ index, minimum }) => [minimum.x, minimum.y, settled[index + 1]! - settled[0]!]),
      equalMinima(told, slice).map(({ index, minimum }) => [
        minimum.x,
        minimum.y,
        settled[index + 1]! - settled[0]!,
      ]),
    );
    expect(falseOnes.length).toBeGreaterThan(0);
    expect(falseOnes.map(({ number }) => number)).toEqual(falseOnes.map((_, i) => i + 1));
    for (const { index } of falseOnes) expect(settled[index + 1]! - settled[0]!).toBeGreaterThan(1e-4);
  });

  it('repeat with the truth at whole periods inside the range', () => {
    const { slice, told } = minimaOver('x.O5', 'y.O5', [0.1, 1.4], [0.5, 0.8]);
    expect(truthsOf(slice).map(([x]) => Number(x.toFixed(6)))).toEqual([0.24, 1.24]);
    const near = (x: number) => (entry: { minimum: { x: number } }) => Math.abs(entry.minimum.x - x) < 0.02;
    // the image a period away is the truth, neither false nor merely equal
    expect(falseMinima(told, slice).some(near(1.24))).toBe(false);
    expect(equalMinima(told, slice).some(near(1.24))).toBe(false);
    expect(equalMinima(told, slice).some(near(0.76))).toBe(true);
  });
});
