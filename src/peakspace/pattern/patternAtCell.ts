import type { Cell } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../diffraction/pattern.ts';
import { cosine } from '../../losses/cosine.ts';
import { exactTrees } from '../judge.ts';
import { probeCells } from '../probeCells.ts';
import { type PatternModel, patternModel } from './patternModel.ts';

/**
 * The fast forward model of a crystal, tested as losses by the pattern are: the cosine to a target beside the probe cells.
 * Null where it is not exact enough. ~30 ms.
 */
export function patternAtCell(sites: readonly Site[], instrument: Instrument): PatternModel | null {
  const [probe] = probeCells(sites, instrument);
  const cell = Array.from(probe!, (x, i) => (i < 3 ? 1.03 * x : x)) as unknown as Cell;
  const target = simulatePattern(scatteringModel(sites, instrument, cell), cell);
  const input = { sites, instrument, loss: cosine, target, excluded: null };
  const treeOf = exactTrees(input, null).pattern();
  return treeOf && patternModel(sites, instrument, treeOf);
}
