import type { CellKey } from '../../src/crystal/cell.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { simulatedTarget } from '../../src/diffraction/pattern.ts';
import type { LossProblem } from '../../src/engine/engine.ts';
import { defaultRange, type Slice } from '../../src/landscape/slice.ts';
import type { LossId } from '../../src/losses/loss.ts';

/** Measured cases, the same in Node and in the page. */
export const MAP_SIDES = [61, 101, 201] as const;

export const problemOf = (structure: Structure, loss: LossId): LossProblem => ({
  kind: 'loss',
  sites: structure.sites,
  instrument: PAPER_INSTRUMENT,
  loss,
  ...simulatedTarget(structure.sites, PAPER_INSTRUMENT, structure.cell),
});

/** ±10 % around the truth over a pair, `side` points along each axis. */
export const sliceFor = ({ cell, family }: Structure, x: CellKey, y: CellKey, side: number): Slice => ({
  x,
  y,
  base: cell,
  xRange: defaultRange(x, cell),
  yRange: defaultRange(y, cell),
  nx: side,
  ny: side,
  tied: false,
  family,
});
/** Walkers of a batch, a square number. */
export const WALKERS = 256;
