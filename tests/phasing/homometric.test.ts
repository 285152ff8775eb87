import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import {
  areCongruent,
  axisStructure,
  CYCLOTOMIC_PAIR,
  canonicalSet,
  differenceCounts,
  distanceRows,
} from '../../src/phasing/homometric.ts';
import { amplitudesOf, phasesOf, structureFactors } from '../../src/phasing/structureFactors.ts';
import { expectClose } from '../support/expectClose.ts';
import { COARSE } from '../support/instruments.ts';
import { areHomometric, searchHomometric } from '../support/searchHomometric.ts';

const { n, first, second } = CYCLOTOMIC_PAIR;

describe('the cyclotomic pair', () => {
  const crystal = { element: 'C', a: 3, division: 1.25 };
  const [p, q] = [axisStructure(first, n, crystal), axisStructure(second, n, crystal)];

  it('has the same |F| for every reflection to 0.5 Å, and other phases', () => {
    const [f, g] = [structureFactors(p, 0.5), structureFactors(q, 0.5)];
    expect(f.re.length).toBeGreaterThan(1000);
    expectClose(amplitudesOf(f), amplitudesOf(g), { relative: 1e-12, absolute: 1e-12 * f.f000 }, '|F|');
    const [phi, psi] = [phasesOf(f), phasesOf(g)];
    expect(phi.some((phase, k) => Math.abs(phase - psi[k]!) > 30 && amplitudesOf(f)[k]! > 1)).toBe(true);
  });

  it('has one powder pattern', () => {
    const pattern = (s: typeof p): Float64Array =>
      simulatePattern(scatteringModel(s.sites, COARSE, s.cell), s.cell);
    expectClose(pattern(p), pattern(q), { relative: 1e-12, absolute: 0 }, 'pattern');
    expect(PAPER_INSTRUMENT.wavelength).toBe(COARSE.wavelength);
  });

  it('is not congruent, by turns and mirrors and by the distances of each point', () => {
    expect(areHomometric(first, second, n)).toBe(true);
    expect(areCongruent(first, second, n)).toBe(false);
    expect(distanceRows(first, n)).toEqual([
      [1, 1, 4],
      [1, 2, 3],
      [1, 2, 3],
      [3, 3, 4],
    ]);
    expect(distanceRows(second, n)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 3, 4],
      [1, 3, 4],
    ]);
  });

  it('is a crystal of the right space group', () => {
    expect(p.spaceGroup.number).toBe(123);
    expect(axisStructure([0, 1, 3], 8, crystal).spaceGroup.number).toBe(99);
    expect(p.cell).toEqual([3, 3, 10, 90, 90, 90]);
  });
});

describe('sets on a circle', () => {
  it('count their differences', () => {
    expect(Array.from(differenceCounts([0, 3, 4, 5], 8))).toEqual([4, 2, 1, 2, 2, 2, 1, 2]);
    expect(areHomometric([0, 1, 2, 3], [0, 1, 2, 4], 8)).toBe(false);
  });

  it('are congruent to their turns and mirror images', () => {
    for (let turn = 0; turn < 11; turn++) {
      const turned = [0, 1, 3, 7].map(x => (x + turn) % 11);
      const mirrored = [0, 1, 3, 7].map(x => (turn - x + 11) % 11);
      expect(areCongruent([0, 1, 3, 7], turned, 11)).toBe(true);
      expect(areCongruent([0, 1, 3, 7], mirrored, 11)).toBe(true);
    }
    expect(canonicalSet([5, 6, 8], 9)).toEqual([0, 1, 3]);
  });
});

describe('the search', () => {
  /** All sets, no cleverness: compares every two of them. */
  function bySweep(size: number, k: number): number {
    const sets: number[][] = [];
    for (let mask = 0; mask < 1 << size; mask++) {
      const set = Array.from({ length: size }, (_, i) => i).filter(i => mask & (1 << i));
      if (set.length === k && !sets.some(other => areCongruent(set, other, size))) sets.push(set);
    }
    return sets.filter(s => sets.some(other => other !== s && areHomometric(s, other, size))).length;
  }

  it('finds Patterson’s pair and nothing else among four of eight', () => {
    const { classes, complete } = searchHomometric(8, 4);
    expect(complete).toBe(true);
    expect(classes.length).toBe(1);
    const [{ sets }] = classes as [(typeof classes)[0]];
    expect(sets.length).toBe(2);
    expect([first, second].every(set => sets.some(found => areCongruent(set, found, 8)))).toBe(true);
  });

  it.each([
    [7, 3],
    [8, 4],
    [9, 4],
    [10, 5],
    [12, 4],
    [12, 5],
    [12, 6],
  ])('on %i divisions with %i points finds what comparing all sets finds', (size, k) => {
    const { classes, distinct } = searchHomometric(size, k);
    expect(classes.flatMap(({ sets }) => sets).length).toBe(bySweep(size, k));
    expect(distinct).toBeGreaterThan(0);
    for (const { sets } of classes)
      sets.forEach((set, i) => {
        for (const other of sets.slice(i + 1)) {
          expect(areHomometric(set, other, size)).toBe(true);
          expect(areCongruent(set, other, size)).toBe(false);
        }
      });
  });

  it('stops at its bound and says so', () => {
    const { examined, complete } = searchHomometric(24, 8, 1000);
    expect(examined).toBe(1000);
    expect(complete).toBe(false);
    expect(() => searchHomometric(4, 5)).toThrow('5 points on a circle of 4');
  });
});
