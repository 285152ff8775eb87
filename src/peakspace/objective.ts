import type { Site } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { excluding } from '../losses/excluding.ts';
import type { Loss, LossId } from '../losses/loss.ts';
import { type CellObjective, denseObjective } from './denseObjective.ts';
import { BY_BLOCKS, fastCosine } from './fastCosine.ts';
import { fastMse } from './fastMse.ts';
import { patternObjective } from './patternObjective.ts';
import { blockTree, type ProfileTree, profileTree } from './profileTree.ts';
import { passes, selfTest } from './selfTest.ts';
import { type TargetTable, targetTable } from './targetTable.ts';

/** What a fast objective needs and has been found exact enough with. */
interface Prepared {
  readonly table: TargetTable;
  readonly treeOf: (refine: number) => ProfileTree;
}

/** Table and verdicts for the crystal and instrument that last had this target. */
interface Kept {
  readonly sites: readonly Site[];
  readonly instrument: Instrument;
  readonly table: TargetTable;
  readonly prepared: Map<LossId, Prepared | null>;
}

/** Preparation takes ~70 ms and is kept as long as its target; a target must not change once it is in use. */
const kept = new WeakMap<Float64Array, Kept>();

/** The losses that need no pattern. */
const FAST: Partial<
  Record<LossId, (sites: readonly Site[], instrument: Instrument, prepared: Prepared) => CellObjective>
> = {
  cosine: (sites, instrument, { table, treeOf }) => fastCosine(sites, instrument, table, treeOf),
  mse: (sites, instrument, { table, treeOf }) => fastMse(sites, instrument, table, treeOf),
};

/**
 * The fastest objective that is exact enough for a loss: cosine and MSE in peak space where they agree with the dense
 * objective at the cells of their self-test to 1e-7 in the loss and 1e-5 of the gradient's largest component; MSE
 * where it does not or is close to zero, and other losses, by the pattern where that passes its own self-test; dense
 * otherwise.
 * @param target pattern on the instrument's grid [binCount]
 * @param excluded 1 at bins that do not count [binCount]; every loss then goes by the pattern
 */
export function objectiveFor(
  sites: readonly Site[],
  instrument: Instrument,
  loss: Loss,
  target: Float64Array,
  excluded: Uint8Array | null = null,
): CellObjective {
  if (excluded)
    return (
      patternObjective(sites, instrument, loss, target, excluded) ??
      denseObjective(sites, instrument, excluding(loss, excluded), target)
    );
  const prepared = preparedFor(sites, instrument, loss, target);
  if (prepared) {
    const fast = FAST[loss.id]!(sites, instrument, prepared);
    return loss.id === 'mse' ? exactNearZero(fast, sites, instrument, loss, target) : fast;
  }
  const byPattern = loss.id === 'cosine' ? null : patternObjective(sites, instrument, loss, target);
  return byPattern ?? denseObjective(sites, instrument, loss, target);
}

/**
 * In peak space the MSE is a difference of terms of some hundreds and off by up to 8e-7 whatever its value (VNi2S3): below
 * this the pattern, whose errors shrink with the difference, keeps 1e-7.
 */
const SMALL_MSE = 10;

function exactNearZero(
  fast: CellObjective,
  sites: readonly Site[],
  instrument: Instrument,
  loss: Loss,
  target: Float64Array,
): CellObjective {
  let byPattern: CellObjective | null = null;
  return (cell, gradient) => {
    const value = fast(cell, gradient);
    if (!(value < SMALL_MSE)) return value;
    byPattern ??=
      patternObjective(sites, instrument, loss, target) ?? denseObjective(sites, instrument, loss, target);
    return byPattern(cell, gradient);
  };
}

/** The trees of peakOverlap.ts, by halvings of the leaves, if a loss is exact enough with them. */
export const testedTree = (
  sites: readonly Site[],
  instrument: Instrument,
  loss: Loss,
  target: Float64Array,
): ((refine: number) => ProfileTree) | null => preparedFor(sites, instrument, loss, target)?.treeOf ?? null;

function preparedFor(
  sites: readonly Site[],
  instrument: Instrument,
  loss: Loss,
  target: Float64Array,
): Prepared | null {
  if (!FAST[loss.id]) return null;
  let found = kept.get(target);
  if (found?.sites !== sites || found.instrument !== instrument) {
    found = { sites, instrument, table: targetTable(instrument, target), prepared: new Map() };
    kept.set(target, found);
  }
  const known = found.prepared.get(loss.id);
  if (known !== undefined) return known;
  const prepared = prepare(sites, instrument, loss, target, found.table);
  found.prepared.set(loss.id, prepared);
  return prepared;
}

function prepare(
  sites: readonly Site[],
  instrument: Instrument,
  loss: Loss,
  target: Float64Array,
  table: TargetTable,
): Prepared | null {
  const test = selfTest(sites, instrument, loss, target);
  const good = (tree: ProfileTree): boolean =>
    passes(test, FAST[loss.id]!(sites, instrument, { table, treeOf: () => tree }));
  // Narrower leaves bring near pairs closer, where widths differ less: worth a try before giving up.
  const base = [0, 1].map(refine => profileTree(instrument, refine)).find(good);
  if (!base) return null;
  return { table, treeOf: memo(refine => refined(instrument, refine, base, good)) };
}

/** Where blocks will not do, pairs in leaves halved this often. */
const MOST_HALVINGS = 4;

/** The tree with narrower leaves, or with blocks, if it passes the self-test like the one it stands in for. */
function refined(
  instrument: Instrument,
  refine: number,
  base: ProfileTree,
  good: (tree: ProfileTree) => boolean,
): ProfileTree {
  if (refine === 0) return base;
  const tree = refine === BY_BLOCKS ? blockTree(instrument) : profileTree(instrument, refine);
  if (tree && good(tree)) return tree;
  return refine === BY_BLOCKS ? refined(instrument, MOST_HALVINGS, base, good) : base;
}

function memo<T>(make: (key: number) => T): (key: number) => T {
  const made = new Map<number, T>();
  return key => {
    const found = made.get(key);
    if (found !== undefined) return found;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
