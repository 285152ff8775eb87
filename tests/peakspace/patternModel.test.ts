import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { patternAdjoint, scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { cosine } from '../../src/losses/cosine.ts';
import { seededRng } from '../../src/num/rng.ts';
import { exactTrees } from '../../src/peakspace/judge.ts';
import { patternModel } from '../../src/peakspace/pattern/patternModel.ts';
import { cellOf, FIXTURES, sitesOf } from '../support/crystals.ts';
import { offBy, skewed } from './patternCases.ts';

const instrument = { ...PAPER_INSTRUMENT, twoThetaMin: 10, margin: 3 };
const sites = sitesOf(FIXTURES['BPO4']!);
const truth = cellOf(FIXTURES['BPO4']!.structure.cell);
const fresh = () => {
  const target = simulatePattern(scatteringModel(sites, instrument, truth), truth);
  const input = { sites, instrument, loss: cosine, target, excluded: null };
  const treeOf = exactTrees(input, null).pattern();
  const model = treeOf && patternModel(sites, instrument, treeOf);
  if (!model) throw new Error('the self-test fails');
  return model;
};

describe('the pattern at a cell', () => {
  it('is the dense one, and so is the way back, along a walk that outgrows the reflection list', () => {
    const model = fresh();
    const rng = seededRng(2);
    for (const scale of [1, 1.05, 1.6, 0.7, 1.6, 2.5]) {
      const cell = cellOf(Array.from(skewed(truth, 0.03, 6), (x, i) => (i < 3 ? scale * x : x)));
      const dense = scatteringModel(sites, instrument, cell);
      const room = model.forward(Float64Array.from(cell))!;
      expect(offBy(room.pattern, simulatePattern(dense, cell))).toBeLessThan(1e-8);
      for (let i = 0; i < room.residual.length; i++) room.residual[i] = rng.normal();
      const gradient = new Float64Array(6);
      model.back(gradient);
      const expected = patternAdjoint(dense, cell, room.residual.slice(), new Float64Array(6));
      expect(offBy(gradient, expected)).toBeLessThan(1e-6);
    }
  });

  it('goes back from the cell it was at, though the caller has moved on', () => {
    const model = fresh();
    const cell = skewed(truth, 0.02, 1);
    const [first, second] = [new Float64Array(6), new Float64Array(6)];
    const room = model.forward(cell)!;
    room.residual.set(room.pattern);
    model.back(first);
    cell[0]! += 1;
    model.back(second);
    expect(second).toEqual(first);
  });

  it('is none where there is no cell and where no reflection is in the window; then there is no way back', () => {
    const model = fresh();
    expect(() => model.back(new Float64Array(6))).toThrow('no pattern');
    expect(model.forward(Float64Array.from(truth))).not.toBeNull();
    expect(model.forward(Float64Array.of(4, 4, 4, 120, 120, 125))).toBeNull();
    expect(model.forward(Float64Array.of(0.9, 0.9, 0.9, 90, 90, 90))).toBeNull();
    expect(() => model.back(new Float64Array(6))).toThrow('no pattern');
  });
});
