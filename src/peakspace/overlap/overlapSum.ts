import type { KernelMemory } from '../kernel/kernelMemory.ts';
import { type Peaks, type PeaksByLeaf, sortPeaks } from '../kernel/peakColumns.ts';
import { valueAndSlope } from '../kernel/valueAndSlope.ts';
import { ORDER } from '../tree/axisCells.ts';
import { placeBlocks } from '../tree/farBlocks.ts';
import { placeShifts } from '../tree/shifts.ts';
import type { EdgeNodes } from './edgeNodes.ts';
import { NEAR_ORDER } from './nearBlocks.ts';
import type { ProfileTree } from './profileTree.ts';

/** Peaks sorted by leaf, those of one position as one, with their share in the squared norm. */
export interface SortedPeaks extends PeaksByLeaf {
  /** A_i = ½ ∂‖x‖²/∂I_i and T_i = ½ ∂‖x‖²/∂t_i / I_i. A loss may add to both. */
  readonly byIntensity: Float64Array;
  readonly byPosition: Float64Array;
  /** Place of each of the unsorted peaks. */
  readonly place: Int32Array;
}

/** The overlap of peaks with one tree, in a memory of the kernel. */
export interface OverlapSum {
  readonly tree: ProfileTree;
  /**
   * ‖x‖² of the pattern of the peaks on the window's grid: Σ_ij I_i I_j O_ij over an unbounded grid, near pairs one by
   * one or through blocks, far ones through moments, less the bins beyond the window. With `derivatives` also those of
   * the sorted peaks.
   */
  squaredNorm(peaks: Peaks, derivatives: boolean): number;
  /** The peaks as the last norm left them; valid until the memory grows. */
  sorted(): SortedPeaks;
}

export function overlapSum(memory: KernelMemory, tree: ProfileTree, eta: number): OverlapSum {
  const { code } = memory;
  const { axis, near } = tree;
  const { leaves, levels, leafWidth, total } = axis;
  const start = memory.place(4 * (leaves + 1));
  const moments = memory.column(total * ORDER);
  const potential = memory.column(total * ORDER);
  const { rows, columns } = placeShifts(memory, ORDER);
  const far = placeBlocks(memory, tree.far);
  const edges = placeEdges(memory, tree.edges);
  const nodes = [edges.weight, edges.first, edges.cell, edges.coefficients, edges.near, start];
  const nearTable = tree.blocks ? 0 : memory.put(valueAndSlope(near.coefficients, [6, 3]));
  const blocks = tree.blocks && {
    blocks: memory.put(tree.blocks),
    moments: memory.column(leaves * NEAR_ORDER),
    potential: memory.column(leaves * NEAR_ORDER),
  };
  /** Profiles of peaks near the nodes: room for so many, moved where more are needed. */
  let profile = { capacity: 0, at: 0 };
  let last: Peaks | null = null;
  let views: SortedPeaks | null = null;
  const perDegree = 2 / leafWidth;

  const nearBy = ({ columns: { sorted: s } }: Peaks, kept: number): void => {
    if (!blocks) {
      const peaks = [s.position, s.width, s.intensity, s.widthSlope, s.byIntensity, s.byPosition];
      code.nearField(leaves, nearTable, near.panelsPerUnit, near.self, start, ...peaks);
      return;
    }
    code.leafMoments(NEAR_ORDER, leaves, start, s.local, s.intensity, blocks.moments);
    code.nearPotentials(leaves, blocks.blocks, blocks.moments, blocks.potential);
    memory.f64(s.byIntensity, kept).fill(0);
    memory.f64(s.byPosition, kept).fill(0);
    code.gather(leaves, NEAR_ORDER, perDegree, start, s.local, blocks.potential, s.byIntensity, s.byPosition);
  };

  /** X at the nodes beyond the window; returns Σ w X². */
  const beyond = ({ columns: { sorted: s } }: Peaks): number => {
    const needed = code.peaksNear(edges.count, edges.near, start);
    if (needed > profile.capacity) profile = { capacity: 2 * needed, at: memory.column(4 * needed) };
    const sorted = [s.position, s.width, s.intensity, s.widthSlope];
    const { count, at, pattern } = edges;
    return code.patternBeyond(count, eta, at, ...nodes, ...sorted, moments, profile.at, pattern);
  };

  return {
    tree,
    squaredNorm(peaks, derivatives) {
      if (last?.columns !== peaks.columns) views = null;
      last = peaks;
      const s = peaks.columns.sorted;
      const kept = sortPeaks(memory, peaks, axis, start, blocks === null);
      code.leafMoments(ORDER, leaves, start, s.local, s.intensity, moments);
      for (let level = 1; level < levels.length; level++) {
        const { cells, offset } = levels[level]!;
        const children = moments + 8 * ORDER * levels[level - 1]!.offset;
        code.moveUp(ORDER, cells, columns, moments + 8 * ORDER * offset, children);
      }
      const outside = beyond(peaks);
      nearBy(peaks, kept);
      if (!derivatives)
        return (
          code.energyOf(kept, s.intensity, s.byIntensity) +
          code.farEnergy(far.count, far.pairs, far.blocks, moments) -
          outside
        );
      memory.f64(potential, total * ORDER).fill(0);
      code.throughBlocks(far.count, far.pairs, far.blocks, moments, potential);
      const { byIntensity, byPosition } = s;
      code.takeOffEdges(edges.count, ...nodes, profile.at, edges.pattern, potential, byIntensity, byPosition);
      for (let level = levels.length - 1; level > 0; level--) {
        const { cells, offset } = levels[level]!;
        const [from, to] = [8 * ORDER * offset, 8 * ORDER * levels[level - 1]!.offset];
        code.moveDown(ORDER, cells, rows, moments + from, potential + from, potential + to);
      }
      code.gather(leaves, ORDER, perDegree, start, s.local, potential, s.byIntensity, s.byPosition);
      return code.energyOf(kept, s.intensity, s.byIntensity);
    },
    sorted() {
      if (!views?.position.length) views = viewsOf(memory, last!, start, leaves);
      return views;
    },
  };
}

function viewsOf(
  memory: KernelMemory,
  { columns: { capacity, sorted } }: Peaks,
  start: number,
  leaves: number,
): SortedPeaks {
  const column = (at: number): Float64Array => memory.f64(at, capacity);
  return {
    start: memory.i32(start, leaves + 1),
    position: column(sorted.position),
    width: column(sorted.width),
    intensity: column(sorted.intensity),
    widthSlope: column(sorted.widthSlope),
    byIntensity: column(sorted.byIntensity),
    byPosition: column(sorted.byPosition),
    place: memory.i32(sorted.place, capacity),
  };
}

const placeEdges = (memory: KernelMemory, { count, near, ...edges }: EdgeNodes) => ({
  count,
  at: memory.put(edges.at),
  weight: memory.put(edges.weight),
  first: memory.putInts(edges.first),
  cell: memory.putInts(edges.cell),
  coefficients: memory.put(edges.coefficients),
  near: memory.putInts(near),
  pattern: memory.column(count),
});
