import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { LossProblem } from '../../src/engine/engine.ts';
import { defaultRange, type Slice } from '../../src/landscape/slice.ts';
import type { LossId } from '../../src/losses/loss.ts';

/** What is measured, the same in Node and in the page. */
export const MAP_SIDE = 61;

export const problemOf = (structure: Structure, loss: LossId): LossProblem => ({
  kind: 'loss',
  sites: structure.sites,
  instrument: PAPER_INSTRUMENT,
  loss,
  target: simulatePattern(scatteringModel(structure.sites, PAPER_INSTRUMENT, structure.cell), structure.cell),
});

/** ±10 % around the truth over the pair that the app opens with. */
export const sliceFor = ({ cell, family }: Structure, x: Slice['x'], y: Slice['y']): Slice => ({
  x,
  y,
  base: cell,
  xRange: defaultRange(x, cell),
  yRange: defaultRange(y, cell),
  nx: MAP_SIDE,
  ny: MAP_SIDE,
  tied: false,
  family,
});
