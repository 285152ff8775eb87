import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import {
  averageMinimumDistances,
  chebyshevDistance,
  pointwiseDistance,
  pointwiseDistances,
} from '../../src/matching/invariants.ts';
import { reduceCrystal } from '../../src/matching/matcher.ts';
import { nearestDistances } from '../../src/matching/neighbours.ts';
import amd from '../fixtures/amd.json' with { type: 'json' };
import { libraryStructure } from '../support/library.ts';
import { crystal } from './pymatgenCases.ts';

const FIXTURES = Object.entries(amd);

describe('AMD and PDD against average-minimum-distance 1.6.1', () => {
  it.each(FIXTURES)('%s: values and distances to 1e-6', (_, entry) => {
    const truth = pointwiseDistances(crystal(entry.cell, entry.species, entry.fract));
    const values = averageMinimumDistances(truth);
    expect(values).toHaveLength(100);
    expect(chebyshevDistance(entry.amd_k100_first10, values)).toBeLessThan(1e-9);
    expect(Math.abs(values[99]! - entry.amd_k100_last)).toBeLessThan(1e-9);
    expect(entry.variants.length).toBeGreaterThan(1);
    for (const variant of entry.variants) {
      const copy = pointwiseDistances(crystal(variant.cell, entry.species, variant.fract));
      const copied = averageMinimumDistances(copy);
      expect(chebyshevDistance(variant.amd_first10, copied)).toBeLessThan(1e-9);
      expect(Math.abs(chebyshevDistance(values, copied) - variant.amd_chebyshev)).toBeLessThan(1e-9);
      const euclid = Math.hypot(...values.map((value, i) => value - copied[i]!));
      expect(Math.abs(euclid - variant.amd_euclid)).toBeLessThan(1e-9);
      // measured: 3e-8; that program rounds costs to whole numbers
      expect(Math.abs(pointwiseDistance(truth, copy) - variant.pdd_emd_chebyshev)).toBeLessThan(1e-6);
    }
  });
});

describe('the invariants', () => {
  it('of a primitive cubic lattice are its shells', () => {
    const cell: Cell = [3, 3, 3, 90, 90, 90];
    const row = pointwiseDistances(crystal(cell, ['Po'], [[0.2, 0.7, 0.1]]), 33).rows[0]!;
    const shells = [
      [6, 1],
      [12, 2],
      [8, 3],
      [6, 4],
      [1, 5],
    ] as const;
    const expected = shells.flatMap(([count, square]) =>
      new Array<number>(count).fill(3 * Math.sqrt(square)),
    );
    expect(chebyshevDistance(expected, row)).toBeLessThan(1e-12);
  });

  it('do not depend on the cell: conventional and primitive are at no distance', () => {
    for (const { id } of LIBRARY) {
      const structure = libraryStructure(id);
      const primitive = nearestDistances(reduceCrystal(structure).set, 100);
      const rows = {
        rows: primitive,
        weights: new Float64Array(primitive.length).fill(1 / primitive.length),
      };
      expect(pointwiseDistance(pointwiseDistances(structure), rows), id).toBeLessThan(1e-3);
    }
  });

  it('find every neighbour in a flat, skew cell', () => {
    // The same square lattice stack, given by a basis sheared three times over.
    const plain = pointwiseDistances(crystal([2, 2, 15, 90, 90, 90], ['C'], [[0, 0, 0]]));
    const angle = (Math.atan2(2, 6) * 180) / Math.PI;
    const skew = pointwiseDistances(crystal([2, Math.hypot(2, 6), 15, 90, 90, angle], ['C'], [[0, 0, 0]]));
    expect(chebyshevDistance(plain.rows[0]!, skew.rows[0]!)).toBeLessThan(1e-9);
  });
});
