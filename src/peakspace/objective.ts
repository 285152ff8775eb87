import type { Site } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { excluding } from '../losses/excluding.ts';
import type { Loss } from '../losses/loss.ts';
import { type CellObjective, denseObjective } from './denseObjective.ts';
import { BY_BLOCKS, fastCosine } from './fastCosine.ts';
import { patternObjective } from './patternObjective.ts';
import { blockTree, type ProfileTree, profileTree } from './profileTree.ts';
import { passes, selfTest } from './selfTest.ts';
import { type TargetTable, targetTable } from './targetTable.ts';

/** What the fast objective needs and has been found exact enough with. */
interface Prepared {
  readonly table: TargetTable;
  readonly treeOf: (refine: number) => ProfileTree;
}

interface Kept {
  readonly sites: readonly Site[];
  readonly instrument: Instrument;
  readonly prepared: Prepared | null;
}

/** Preparation takes ~70 ms and is kept as long as its target; a target must not change once it is in use. */
const kept = new WeakMap<Float64Array, Kept>();

/**
 * The fastest objective that is exact enough for a loss: peak-space cosine where it agrees with the dense objective at
 * the cells of its self-test to 1e-7 in the loss and 1e-5 of the gradient's largest component; for other losses the
 * pattern by hierarchy where that passes its own self-test; dense otherwise.
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
  const dense = (): CellObjective => denseObjective(sites, instrument, loss, target);
  if (loss.id !== 'cosine') return patternObjective(sites, instrument, loss, target) ?? dense();
  const prepared = preparedFor(sites, instrument, target);
  return prepared ? fastCosine(sites, instrument, prepared.table, prepared.treeOf) : dense();
}

/** The trees of peakOverlap.ts, by halvings of the leaves, if they are exact enough for a crystal and target. */
export const testedTree = (
  sites: readonly Site[],
  instrument: Instrument,
  target: Float64Array,
): ((refine: number) => ProfileTree) | null => preparedFor(sites, instrument, target)?.treeOf ?? null;

function preparedFor(sites: readonly Site[], instrument: Instrument, target: Float64Array): Prepared | null {
  const found = kept.get(target);
  if (found && found.sites === sites && found.instrument === instrument) return found.prepared;
  const prepared = prepare(sites, instrument, target);
  kept.set(target, { sites, instrument, prepared });
  return prepared;
}

function prepare(sites: readonly Site[], instrument: Instrument, target: Float64Array): Prepared | null {
  const table = targetTable(instrument, target);
  const test = selfTest(sites, instrument, target);
  const good = (tree: ProfileTree): boolean =>
    passes(
      test,
      fastCosine(sites, instrument, table, () => tree),
    );
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
