import type { Site } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { excluding } from '../losses/excluding.ts';
import type { Loss, Sticks } from '../losses/loss.ts';
import { type CellObjective, denseObjective, denseSticks } from './denseObjective.ts';
import { fastCosine } from './overlap/fastCosine.ts';
import { fastMse } from './overlap/fastMse.ts';
import { fastSticks, stickTree } from './overlap/fastSticks.ts';
import { type ProfileTree, profileTree } from './overlap/profileTree.ts';
import { type TargetTable, targetTable } from './overlap/targetTable.ts';
import { lossAgainst } from './pattern/patternLoss.ts';
import { patternModel } from './pattern/patternModel.ts';
import type { PatternTree } from './pattern/patternTree.ts';

/** Basis of a loss: the peaks alone, a pattern by hierarchy, or one of all peaks on all bins. */
export type Way = 'peaks' | 'pattern' | 'dense';

/** A loss to a target over the cells of a crystal. */
export interface ObjectiveInput {
  readonly sites: readonly Site[];
  readonly instrument: Instrument;
  readonly loss: Loss;
  /** Pattern on the instrument's grid [binCount]; it must not change once it is in use. */
  readonly target: Float64Array;
  /** 1 at bins that do not count [binCount]; null: all count. */
  readonly excluded: Uint8Array | null;
  /** Peaks of a simulated target; absent where they are not known, as of a measured one. */
  readonly sticks?: Sticks | null | undefined;
}

/** The losses that need no pattern. */
const BY_PEAKS: Partial<Record<string, typeof fastCosine>> = { cosine: fastCosine, mse: fastMse };

/** The closed form of the loss over peaks and the target's peaks, where it has one and they are known. */
export function stickInput({ loss, excluded, sticks }: Pick<ObjectiveInput, 'loss' | 'excluded' | 'sticks'>) {
  return loss.overSticks && sticks && !excluded ? { loss: loss.overSticks, sticks } : null;
}

/** The coarsest tree for the overlaps that a loss sums over its peaks, and finer ones by halvings of the leaves. */
export function coarseTree(input: ObjectiveInput, halvings: number): ProfileTree {
  const over = stickInput(input);
  return over ? stickTree(input.instrument, over.loss) : profileTree(input.instrument, halvings);
}

export const needsPattern = (input: ObjectiveInput): boolean =>
  input.excluded !== null || !(BY_PEAKS[input.loss.id] || stickInput(input));

/** Tables of targets, kept as long as their target for the instrument that last had it. */
const tables = new WeakMap<
  Float64Array,
  { readonly instrument: Instrument; readonly table: TargetTable | null }
>();

function tableOf({ instrument, target }: ObjectiveInput): TargetTable | null {
  const found = tables.get(target);
  if (found?.instrument === instrument) return found.table;
  const table = targetTable(instrument, target);
  tables.set(target, { instrument, table });
  return table;
}

/** The loss from the peaks alone, for losses that need no pattern; null without WebAssembly. @param treeOf the tree with leaves halved so often */
export function byPeaks(
  input: ObjectiveInput,
  treeOf: (halvings: number) => ProfileTree,
): CellObjective | null {
  const { sites, instrument, loss } = input;
  const over = stickInput(input);
  if (over) return fastSticks(sites, instrument, over.loss, over.sticks, () => treeOf(0));
  const table = tableOf(input);
  return table && BY_PEAKS[loss.id]!(sites, instrument, table, treeOf);
}

/**
 * Any loss by its pattern at a cost of bins plus reflections; null without WebAssembly. The value at a cell depends on nothing
 * but the cell, to the last bit. 0.17–0.3 ms for 90–330 reflections and 9000 bins.
 * @param treeOf the tree for so many peaks
 */
export function byPattern(
  { sites, instrument, loss, target, excluded }: ObjectiveInput,
  treeOf: (peaks: number) => PatternTree,
): CellObjective | null {
  const model = patternModel(sites, instrument, treeOf);
  if (!model) return null;
  const against = lossAgainst(loss, target, excluded);
  return (cell, gradient) => {
    const result = model.forward(cell);
    if (!result) return Number.NaN;
    if (!gradient) return against.value(result.pattern);
    const value = against.gradient(result.pattern, result.residual);
    model.back(gradient);
    return value;
  };
}

/** The reference: slow, and right by definition. */
export function byDense(input: ObjectiveInput): CellObjective {
  const { sites, instrument, loss, target, excluded } = input;
  const over = stickInput(input);
  return over
    ? denseSticks(sites, instrument, over.loss, over.sticks)
    : denseObjective(sites, instrument, excluded ? excluding(loss, excluded) : loss, target);
}
