import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import type { MovedParameter } from '../../src/model/parameter.ts';
import { chain, rowAt, rowOf, sitesAt } from '../../src/model/point.ts';
import { measurementSlot, slotsOf } from '../../src/model/slots.ts';
import { libraryStructure } from '../support/library.ts';

const { sites, cell } = libraryStructure('BPO4');
const slots = slotsOf(sites);
const moved: MovedParameter[] = [
  {
    id: 'x.O1',
    value: sites[8]!.fract[0],
    moves: [
      { slot: slots.fract + 24, factor: 1 },
      { slot: slots.fract + 28, factor: -2 },
    ],
    period: 1,
  },
  { id: 'B', value: 0, moves: [{ slot: slots.overallB, factor: 1 }], period: null },
];

describe('the row of slots', () => {
  it('is that of the crystal as given at the values of its parameters', () => {
    const base = rowOf(sites, PAPER_INSTRUMENT, 0.8);
    expect(Array.from(base.subarray(6, 9))).toEqual(sites[0]!.fract);
    expect(base[slots.occupancy]).toBe(1);
    expect(Array.from(base.subarray(slots.measurement))).toEqual([0, 0, 1, 0.1, 0.8]);
    expect(base[measurementSlot(slots, 'march')]).toBe(0.8);
    const row = rowAt(base, moved, [...cell, moved[0]!.value, 0], base.slice());
    expect(row.slice(6)).toEqual(base.slice(6));
    expect(Array.from(row.subarray(0, 6))).toEqual([...cell]);
  });

  it('moves along a straight line, and slopes go back along it', () => {
    const base = rowOf(sites, PAPER_INSTRUMENT);
    const row = rowAt(base, moved, [...cell, moved[0]!.value + 0.25, 1.5], base.slice());
    expect(row[slots.fract + 24]! - base[slots.fract + 24]!).toBeCloseTo(0.25, 15);
    expect(row[slots.fract + 28]! - base[slots.fract + 28]!).toBeCloseTo(-0.5, 15);
    expect(row[slots.overallB]).toBe(1.5);
    const bySlot = Float64Array.from(row, (_, i) => i + 1);
    const out = chain(moved, bySlot, new Float64Array(8));
    expect(Array.from(out)).toEqual([
      1,
      2,
      3,
      4,
      5,
      6,
      slots.fract + 25 - 2 * (slots.fract + 29),
      slots.overallB + 1,
    ]);
  });

  it('gives the sites to draw', () => {
    const at = sitesAt(sites, moved, [...cell, moved[0]!.value + 0.1, 0]);
    expect(at[8]!.fract[0]).toBeCloseTo(sites[8]!.fract[0] + 0.1, 14);
    expect(at[9]!.fract[1]).toBeCloseTo(sites[9]!.fract[1] - 0.2, 14);
    expect(at.filter((site, i) => site.fract.every((x, k) => x === sites[i]!.fract[k]))).toHaveLength(
      sites.length - 2,
    );
  });
});
