import { ORDER } from './axisCells.ts';
import { SHIFT } from './cellShifts.ts';
import type { EdgeNodes } from './edgeNodes.ts';
import type { FarBlocks } from './farBlocks.ts';
import { NEAR_ORDER } from './nearBlocks.ts';
import type { ProfileTree } from './profileTree.ts';
import type { SimdMemory } from './simdModule.ts';

/** Byte addresses of a tree's tables and scratch in a memory. */
export interface PlacedTree {
  readonly tree: ProfileTree;
  readonly start: number;
  readonly moments: number;
  readonly potential: number;
  readonly nearTable: number;
  readonly shiftRows: number;
  readonly shiftColumns: number;
  readonly far: { readonly count: number; readonly pairs: number; readonly blocks: number };
  readonly edges: {
    readonly count: number;
    readonly at: number;
    readonly weight: number;
    readonly first: number;
    readonly cell: number;
    readonly coefficients: number;
    readonly near: number;
  };
  /** Profiles of peaks near the nodes: room for so many, moved where more are needed. */
  profile: { readonly room: number; readonly at: number };
  readonly pattern: number;
  readonly blocks: { readonly blocks: number; readonly moments: number; readonly potential: number } | null;
}

export function placeTree(memory: SimdMemory, tree: ProfileTree): PlacedTree {
  const { axis, far, near, blocks, edges } = tree;
  return {
    tree,
    start: memory.place(4 * (axis.leaves + 1)),
    moments: memory.column(axis.total * ORDER),
    potential: memory.column(axis.total * ORDER),
    nearTable: blocks ? 0 : memory.put(valueAndSlope(near.coefficients, [6, 3])),
    shiftRows: memory.put(SHIFT),
    shiftColumns: memory.put(SHIFT.map((_, i) => SHIFT[(i % ORDER) * ORDER + Math.floor(i / ORDER)]!)),
    far: placeFar(memory, far),
    edges: placeEdges(memory, edges),
    profile: { room: 0, at: 0 },
    pattern: memory.column(edges.count),
    blocks: blocks && {
      blocks: memory.put(blocks.blocks),
      moments: memory.column(axis.leaves * NEAR_ORDER),
      potential: memory.column(axis.leaves * NEAR_ORDER),
    },
  };
}

/** One direction of every pair of cells is enough. */
function placeFar(memory: SimdMemory, { to, from, blocks }: FarBlocks): PlacedTree['far'] {
  const count = to.length / 2;
  const size = ORDER * ORDER;
  const pairs = Int32Array.from({ length: 2 * count }, (_, i) => (i & 1 ? from : to)[i - (i & 1)]!);
  const kept = new Float64Array(count * size);
  for (let i = 0; i < count; i++) kept.set(blocks.subarray(2 * i * size, (2 * i + 1) * size), i * size);
  return { count, pairs: memory.putInts(pairs), blocks: memory.put(kept) };
}

const placeEdges = (memory: SimdMemory, edges: EdgeNodes): PlacedTree['edges'] => ({
  count: edges.count,
  at: memory.put(edges.at),
  weight: memory.put(edges.weight),
  first: memory.putInts(edges.first),
  cell: memory.putInts(edges.cell),
  coefficients: memory.put(edges.coefficients),
  near: memory.putInts(
    Int32Array.from({ length: 2 * edges.count }, (_, i) => (i & 1 ? edges.nearTo : edges.nearFrom)[i >> 1]!),
  ),
});

/**
 * Polynomials c₀ + c₁ x + … of a table for Horner's scheme on value and slope at once: (c_n, 0), (c_{n−1}, n c_n), …,
 * (c₀, c₁).
 * @param coefficients [panels * Σ terms]
 * @param terms of the polynomials of a panel
 */
export function valueAndSlope(coefficients: Float64Array, terms: readonly number[]): Float64Array {
  const out = new Float64Array(2 * coefficients.length);
  let at = 0;
  for (let i = 0; at < coefficients.length; i++) {
    const n = terms[i % terms.length]!;
    for (let m = 0; m < n; m++) {
      const power = n - 1 - m;
      out[2 * (at + m)] = coefficients[at + power]!;
      out[2 * (at + m) + 1] = m === 0 ? 0 : (power + 1) * coefficients[at + power + 1]!;
    }
    at += n;
  }
  return out;
}
