import { ORDER } from './axisCells.ts';
import { moveDown, moveUp } from './cellShifts.ts';
import { type EdgeRoom, edgeRoom, patternBeyond, takeOffEdges } from './edgeField.ts';
import { farEnergy, throughBlocks } from './farField.ts';
import { gather, leafMoments } from './leafExpansion.ts';
import { nearEnergyByBlocks, nearFieldByBlocks } from './nearBlocks.ts';
import { nearEnergy, nearField } from './nearPairs.ts';
import { type DistinctPeaks, distinctPeaks, sortAll, sortDistinct } from './patternPeaks.ts';
import type { Peaks } from './peakStage.ts';
import type { ProfileTree } from './profileTree.ts';

/** Scratch of `squaredNorm`, one for each objective; nothing is allocated again while `peaks` is large enough. */
export interface OverlapRoom {
  readonly tree: ProfileTree;
  readonly eta: number;
  readonly peaks: number;
  /** Reflections that symmetry or chance puts at one position count as one peak. */
  readonly distinct: DistinctPeaks;
  /** [cells of all levels * ORDER] */
  readonly moments: Float64Array;
  readonly potential: Float64Array;
  readonly edges: EdgeRoom;
  /** A_i = ½ ∂‖x‖²/∂I_i and T_i = ½ ∂‖x‖²/∂t_i / I_i of the distinct peaks. */
  readonly byIntensity: Float64Array;
  readonly byPosition: Float64Array;
}

export function overlapRoom(tree: ProfileTree, eta: number, peaks: number): OverlapRoom {
  return {
    tree,
    eta,
    peaks,
    distinct: distinctPeaks(tree.axis.leaves, peaks),
    moments: new Float64Array(tree.axis.total * ORDER),
    potential: new Float64Array(tree.axis.total * ORDER),
    edges: edgeRoom(tree.edges.count),
    byIntensity: new Float64Array(peaks),
    byPosition: new Float64Array(peaks),
  };
}

/**
 * ‖x‖² of the pattern of the peaks on the window's grid: Σ_ij I_i I_j O_ij over an unbounded grid, near pairs one by
 * one and far ones through moments, less the bins beyond the window.
 * @param derivatives also fills byIntensity and byPosition, in the order of `distinct`
 */
export function squaredNorm(room: OverlapRoom, peaks: Peaks, derivatives: boolean): number {
  const { tree, eta, distinct, moments, potential, edges, byIntensity, byPosition } = room;
  // among a leaf's many peaks the search for equal ones costs more than it saves
  if (tree.blocks) sortAll(tree.axis, peaks, distinct);
  else sortDistinct(tree.axis, peaks, distinct);
  const { order } = distinct;
  leafMoments(tree.axis, order, moments);
  moveUp(tree.axis, moments);
  const beyond = patternBeyond(tree.edges, order, eta, moments, edges);
  if (!derivatives) {
    const near = tree.blocks
      ? nearEnergyByBlocks(tree.blocks, tree.axis, order)
      : nearEnergy(tree.near, tree.axis, order);
    return near + farEnergy(tree.far, moments) - beyond;
  }
  potential.fill(0);
  throughBlocks(tree.far, moments, potential);
  if (tree.blocks) nearFieldByBlocks(tree.blocks, tree.axis, order, byIntensity, byPosition);
  else nearField(tree.near, tree.axis, order, byIntensity, byPosition);
  takeOffEdges(tree.edges, order, edges, moments, potential, byIntensity, byPosition);
  moveDown(tree.axis, moments, potential);
  gather(tree.axis, order, potential, byIntensity, byPosition);
  let sum = 0;
  const count = order.start[tree.axis.leaves];
  for (let i = 0; i < count; i++) sum += order.intensity[i] * byIntensity[i];
  return sum;
}
