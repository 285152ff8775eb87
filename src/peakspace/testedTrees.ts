import type { Instrument } from '../diffraction/instrument.ts';
import { BY_BLOCKS } from './overlap/fastCosine.ts';
import { blockTree, type ProfileTree, profileTree } from './overlap/profileTree.ts';
import { FEW_PEAKS } from './pattern/patternAxis.ts';
import { type PatternTree, patternTree } from './pattern/patternTree.ts';

/** For places where blocks will not do, pairs in leaves halved this often. */
const MOST_HALVINGS = 4;

/**
 * Trees for the overlap of peaks by halvings of the leaves, each made and tested when it is first asked for.
 * @param halvings of a tree that is known to be exact enough; it stands in for those that are not
 */
export function testedProfileTrees(
  instrument: Instrument,
  halvings: number,
  good: (tree: ProfileTree) => boolean,
): (halvings: number) => ProfileTree {
  const base = profileTree(instrument, halvings);
  const refined = (wanted: number): ProfileTree => {
    if (wanted === 0) return base;
    const tree = wanted === BY_BLOCKS ? blockTree(instrument) : profileTree(instrument, wanted);
    if (tree && (tree === base || good(tree))) return tree;
    return wanted === BY_BLOCKS ? refined(MOST_HALVINGS) : base;
  };
  return memo(refined);
}

/** 2^6 reflections: below, the bins cost more than the peaks. */
export const LOWEST_SCALE = 6;
const HIGHEST_SCALE = 14;

/** Trees of a pattern are made for powers of two of reflections, and for few. */
const scaleOf = (peaks: number): number =>
  peaks <= FEW_PEAKS ? 0 : Math.min(HIGHEST_SCALE, Math.max(LOWEST_SCALE, Math.round(Math.log2(peaks))));

/** The same for patterns, by number of peaks; the tree for the fewest is known to be exact enough. */
export function testedPatternTrees(
  instrument: Instrument,
  good: (tree: PatternTree) => boolean,
): (peaks: number) => PatternTree {
  const least = patternTree(instrument, LOWEST_SCALE);
  const byScale = memo((scale: number): PatternTree => {
    const tree = patternTree(instrument, scale);
    return tree === least || good(tree) ? tree : least;
  });
  return peaks => byScale(scaleOf(peaks));
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
