import { fwhm } from '../../diffraction/caglioti.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { type AxisCells, axisCells, ORDER } from '../tree/axisCells.ts';
import { distantPairs, type FarBlocks, farBlocks } from '../tree/farBlocks.ts';
import { type EdgeNodes, edgeNodes } from './edgeNodes.ts';
import { NEAR_LEAF, nearBlocks } from './nearBlocks.ts';
import { type OverlapTable, overlap, overlapTable } from './overlapKernel.ts';

/**
 * Everything about the overlap of peaks that depends on the instrument alone, not on the crystal: a one-dimensional
 * fast multipole method (Greengard & Rokhlin, J. Comput. Phys. 73, 325, 1987) on moments in two-theta.
 */
export interface ProfileTree {
  readonly axis: AxisCells;
  /** The overlap, one direction of every pair. */
  readonly far: FarBlocks;
  readonly near: OverlapTable;
  /** Takes the place of `near` where there are many peaks; null: pairs are summed one by one. */
  readonly blocks: Float64Array | null;
  readonly edges: EdgeNodes;
}

const MOST_CACHED = 6;
const cached = new Map<string, ProfileTree>();

/** The tree of an instrument, ~15 ms to build; the last few are kept. */
export function profileTree(instrument: Instrument, refine: number): ProfileTree {
  const { twoThetaMin, twoThetaMax, step, margin, u, v, w, eta } = instrument;
  const key = [twoThetaMin, twoThetaMax, step, margin, u, v, w, eta, refine].join(' ');
  const found = cached.get(key);
  if (found) return found;
  const axis = axisCells(instrument, refine);
  const tree: ProfileTree = {
    axis,
    far: farBlocks(
      axis,
      ORDER,
      distantPairs(axis, (_, p, q) => q < p),
      t => fwhm(instrument, t),
      (x, t, hx, ht) => overlap(x - t, hx, ht, eta, step),
    ),
    // Near pairs lie in the same or in adjacent leaves: |d| < 2 leaf widths, σ = H₁ + H₂ ≥ 2 H_min.
    near: overlapTable(instrument.eta, step, (1.05 * axis.leafWidth) / narrowest(instrument, axis)),
    blocks: null,
    edges: edgeNodes(instrument, axis),
  };
  if (cached.size >= MOST_CACHED) cached.delete(cached.keys().next().value ?? '');
  cached.set(key, tree);
  return tree;
}

/** Blocks of more leaves take longer to build than they save. */
const MOST_BLOCKS = 1024;

/** The tree for patterns of more than a thousand peaks or so; null for peaks so narrow that it needs too many leaves. */
export function blockTree(instrument: Instrument): ProfileTree | null {
  const coarse = axisCells(instrument, 0);
  const refine = Math.max(
    0,
    Math.ceil(Math.log2(coarse.leafWidth / (NEAR_LEAF * narrowest(instrument, coarse)))),
  );
  if (coarse.leaves * 2 ** refine > MOST_BLOCKS) return null;
  const tree = profileTree(instrument, refine);
  const made = withBlocks.get(tree) ?? { ...tree, blocks: nearBlocks(instrument, tree.axis) };
  withBlocks.set(tree, made);
  return made;
}
const withBlocks = new WeakMap<ProfileTree, ProfileTree>();

/** Least FWHM on an axis, degrees, from samples. */
export const narrowest = (instrument: Instrument, { low, high }: { low: number; high: number }): number =>
  Math.min(...Array.from({ length: 257 }, (_, i) => fwhm(instrument, low + ((high - low) * i) / 256)));
