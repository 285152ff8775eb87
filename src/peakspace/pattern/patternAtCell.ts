import { exactTrees } from '../judge.ts';
import type { Verdict } from '../verdict.ts';
import type { ObjectiveInput } from '../ways.ts';
import { type PatternModel, patternModel } from './patternModel.ts';

/**
 * The fast forward model of a crystal, held to the dense reference as losses by the pattern are. Null where it is not exact
 * enough. ~15 ms.
 * @param verdict of the same input, or one that carries over to it
 */
export function patternAtCell(input: ObjectiveInput, verdict: Verdict): PatternModel | null {
  const treeOf = exactTrees(input, verdict).pattern();
  return treeOf && patternModel(input.sites, input.instrument, treeOf);
}
