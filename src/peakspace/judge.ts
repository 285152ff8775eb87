import type { CellObjective } from './denseObjective.ts';
import type { ProfileTree } from './overlap/profileTree.ts';
import { type PatternTree, patternTree } from './pattern/patternTree.ts';
import { probeCells, type Reference, referenceAt, shapedCells, worstError } from './probeCells.ts';
import { LOWEST_SCALE, testedPatternTrees, testedProfileTrees } from './testedTrees.ts';
import { sameInstrument, type Verdict } from './verdict.ts';
import {
  byDense,
  byPattern,
  byPeaks,
  coarseTree,
  needsPattern,
  type ObjectiveInput,
  stickInput,
  type Way,
} from './ways.ts';

/** Errors of gradients that pass, in units of the largest component. */
const GRADIENT_TOLERANCE = { peaks: 1e-5, pattern: 1e-6, dense: 1 } as const;

/** Errors with a tree at the probe cells in units of what passes. */
interface Errors {
  readonly reference: () => Reference;
  readonly peaks: (tree: ProfileTree) => number;
  readonly pattern: (tree: PatternTree) => number;
}

/** @param known the dense reference; null: worked out when it is first needed, ~10 ms */
function errorsFor(input: ObjectiveInput, known: Reference | null): Errors {
  let made = known;
  const reference = (): Reference => {
    made ??= referenceAt(probeCells(input.sites, input.instrument), byDense(input));
    return made;
  };
  const worst = (objective: CellObjective | null, way: Way): number =>
    objective ? worstError(reference(), objective, GRADIENT_TOLERANCE[way]) : Number.POSITIVE_INFINITY;
  return {
    reference,
    peaks: tree =>
      worst(
        byPeaks(input, () => tree),
        'peaks',
      ),
    pattern: tree =>
      worst(
        byPattern(input, () => tree),
        'pattern',
      ),
  };
}

/** The self-test: the fastest way whose losses and gradients are those of the dense reference at the probe cells. */
export function judge(input: ObjectiveInput): Verdict {
  const { instrument } = input;
  const errors = errorsFor(input, null);
  const verdict = (way: Way, worst: number, halvings = 0): Verdict => ({
    way,
    halvings,
    worst,
    instrument,
    reference: errors.reference(),
  });
  // Narrower leaves bring near pairs closer, where widths differ less: worth a try before giving up.
  for (const halvings of needsPattern(input) ? [] : [0, 1]) {
    const worst = errors.peaks(coarseTree(input, halvings));
    if (worst <= 1) return verdict('peaks', worst, halvings);
  }
  const worst = errors.pattern(patternTree(instrument, LOWEST_SCALE));
  return worst <= 1 ? verdict('pattern', worst) : verdict('dense', 0);
}

/** Trees that are exact enough, by what they are for: each is made, and tested, when it is first asked for. */
export interface ExactTrees {
  /** For the overlap of peaks, by halvings of the leaves; null where the verdict is another way. */
  readonly profile: ((halvings: number) => ProfileTree) | null;
  /** For patterns, by number of peaks; null where they are not exact enough. */
  readonly pattern: () => ((peaks: number) => PatternTree) | null;
}

/** @param verdict of the same input, or one that carries over to it; null: only patterns are asked for */
export function exactTrees(input: ObjectiveInput, verdict: Verdict | null): ExactTrees {
  const { instrument } = input;
  const { way, halvings } = verdict ?? { way: null, halvings: 0 };
  const known = verdict && sameInstrument(verdict.instrument, instrument) ? verdict.reference : null;
  const errors = errorsFor(input, known);
  return {
    profile: way === 'peaks' ? profileTrees(input, halvings, tree => errors.peaks(tree) <= 1) : null,
    pattern() {
      const good =
        way === 'pattern' || (way !== 'dense' && errors.pattern(patternTree(instrument, LOWEST_SCALE)) <= 1);
      return good ? testedPatternTrees(instrument, tree => errors.pattern(tree) <= 1) : null;
    },
  };
}

/** Sticks have one tree, whose leaves their weight says. */
function profileTrees(input: ObjectiveInput, halvings: number, good: (tree: ProfileTree) => boolean) {
  if (!stickInput(input)) return testedProfileTrees(input.instrument, halvings, good);
  const tree = coarseTree(input, 0);
  return () => tree;
}

/** A look at one cell, for a verdict that was carried over: a target may be another kind of pattern than was judged. */
export function looksRight(input: ObjectiveInput, objective: CellObjective, way: Way): boolean {
  const [, cell] = shapedCells(input.instrument);
  return worstError(referenceAt([cell!], byDense(input)), objective, GRADIENT_TOLERANCE[way]) <= 1;
}
