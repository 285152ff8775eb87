import { describe, expect, it } from 'vitest';
import {
  type Cell,
  cellFromMatrix,
  cellProblem,
  inverseSquareSpacing,
  latticeMatrix,
  metricTensor,
  reciprocalMetric,
} from '../../src/crystal/cell.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import {
  enumerateReflections,
  largestStretch,
  limitingSphere,
  listedReflections,
} from '../../src/diffraction/reflections.ts';
import { anyCell, distorted } from '../support/cells.ts';
import { fc } from '../support/seeded.ts';

const rows = (flat: Int32Array): number[][] =>
  Array.from({ length: flat.length / 3 }, (_, k) => Array.from(flat.subarray(3 * k, 3 * k + 3)));

/** Every reflection with 0 < |g| ≤ gMax in a box that is two wider than the bound |h| ≤ a gMax on all sides. */
function bruteForce(cell: Cell, gMax: number): Set<string> {
  const recip = reciprocalMetric(cell);
  const found = new Set<string>();
  const [hs, ks, ls] = cell.slice(0, 3).map(length => Math.ceil(length * gMax) + 2) as [
    number,
    number,
    number,
  ];
  for (let h = -hs; h <= hs; h++)
    for (let k = -ks; k <= ks; k++)
      for (let l = -ls; l <= ls; l++)
        if ((h || k || l) && inverseSquareSpacing(recip, h, k, l) <= gMax * gMax) found.add(`${h},${k},${l}`);
  return found;
}

describe('the reflections that an instrument counts', () => {
  it('are those of the limiting sphere, or of them those with no index beyond the largest', () => {
    const cell: Cell = [12, 5, 9, 80, 97, 105];
    const all = rows(listedReflections(cell, PAPER_INSTRUMENT, 1));
    expect(all).toEqual(rows(enumerateReflections(cell, limitingSphere(PAPER_INSTRUMENT))));
    const clipped = rows(listedReflections(cell, { ...PAPER_INSTRUMENT, maxIndex: 6 }, 1));
    expect(clipped).toEqual(all.filter(hkl => hkl.every(index => Math.abs(index!) <= 6)));
    expect(clipped.length).toBeGreaterThan(100);
    expect(clipped.length).toBeLessThan(all.length);
  });
});

describe('the reflections inside the limiting sphere', () => {
  it('are those of a search through a larger box, one of each Friedel pair, however skewed the cell', () => {
    fc.assert(
      fc.property(anyCell, fc.double({ min: 0.2, max: 1, noNaN: true }), (cell, gMax) => {
        const listed = rows(enumerateReflections(cell, gMax));
        const pairs = listed.flatMap(([h, k, l]) => [`${h},${k},${l}`, `${-h!},${-k!},${-l!}`]);
        const expected = bruteForce(cell, gMax);
        expect(new Set(pairs).size).toBe(pairs.length);
        expect(pairs.filter(pair => !expected.has(pair))).toEqual([]);
        expect(pairs.length).toBe(expected.size);
      }),
      { numRuns: 60 },
    );
  });

  it('needs the bound |h| ≤ a gMax: a sheared cubic lattice keeps all its reflections', () => {
    // b′ = b + 3a, c′ = c + 2b: the same lattice in a basis of angles 18° and 51°, so the same number of reflections.
    const cubic: Cell = [4, 4, 4, 90, 90, 90];
    const lattice = latticeMatrix(cubic);
    const sheared = lattice.slice();
    for (const i of [0, 3, 6]) {
      sheared[i + 1]! += 3 * lattice[i]!;
      sheared[i + 2]! += 2 * lattice[i + 1]!;
    }
    const count = (cell: Cell): number => enumerateReflections(cell, 0.9001).length;
    expect(count(cellFromMatrix(sheared))).toBe(count(cubic));
  });

  it('are ordered by 1/d', () => {
    fc.assert(
      fc.property(anyCell, cell => {
        const recip = reciprocalMetric(cell);
        const g2 = rows(enumerateReflections(cell, 0.8)).map(([h, k, l]) =>
          inverseSquareSpacing(recip, h!, k!, l!),
        );
        expect(g2.every((value, i) => i === 0 || value >= g2[i - 1]!)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('fill it with density V: 4/3 π gMax³ V reflections', () => {
    const count = 2 * (enumerateReflections([12, 13, 14, 75, 95, 105], 1.2).length / 3);
    const volume =
      12 *
      13 *
      14 *
      Math.sqrt(
        1 + 2 * 0.2588190451 * -0.0871557427 * -0.2588190451 - 0.2588190451 ** 2 * 2 - 0.0871557427 ** 2,
      );
    expect(count / ((4 / 3) * Math.PI * 1.2 ** 3 * volume)).toBeCloseTo(1, 1);
  });
});

describe('the radius of the limiting sphere', () => {
  it('is 2 sin θ / λ at the end of the window, and grows with the margin', () => {
    expect(limitingSphere(PAPER_INSTRUMENT)).toBeCloseTo(Math.SQRT2 / 1.5406, 12);
    expect(limitingSphere({ ...PAPER_INSTRUMENT, margin: 10 })).toBeCloseTo(
      (2 * Math.sin((50 * Math.PI) / 180)) / 1.5406,
      12,
    );
  });
});

describe('the stretch from one cell to another', () => {
  it('bounds how far any reflection moves inwards, and is attained in some direction', () => {
    fc.assert(
      fc.property(anyCell, fc.integer(), (reference, seed) => {
        const cell = distorted(reference, seed, 0.05);
        fc.pre(cellProblem(cell) === null);
        const stretch = largestStretch(reference, cell);
        const [at0, at] = [reciprocalMetric(reference), reciprocalMetric(cell)];
        let most = 0;
        for (let h = -9; h <= 9; h++)
          for (let k = -9; k <= 9; k++)
            for (let l = 0; l <= 9; l++) {
              if (!h && !k && !l) continue;
              const ratio = inverseSquareSpacing(at0, h, k, l) / inverseSquareSpacing(at, h, k, l);
              most = Math.max(most, Math.sqrt(ratio));
            }
        expect(most).toBeLessThanOrEqual(stretch * (1 + 1e-9));
        // and is attained in some direction: the largest eigenvalue of G₀⁻¹ G by power iteration
        const g = metricTensor(cell);
        const times = (m: ArrayLike<number>, x: number[]): number[] =>
          [0, 1, 2].map(i => m[3 * i]! * x[0]! + m[3 * i + 1]! * x[1]! + m[3 * i + 2]! * x[2]!);
        let x = [1, 0.7, -0.4];
        let growth = 1;
        for (let round = 0; round < 2000; round++) {
          const image = times(at0, times(g, x));
          growth = Math.hypot(...image);
          x = image.map(value => value / growth);
        }
        expect(Math.sqrt(growth)).toBeCloseTo(stretch, 3);
      }),
      { numRuns: 40 },
    );
  });

  it('is 1 to itself and the ratio of the lengths for a scaled cell', () => {
    expect(largestStretch([4, 5, 6, 80, 95, 110], [4, 5, 6, 80, 95, 110])).toBeCloseTo(1, 12);
    expect(largestStretch([4, 5, 6, 80, 95, 110], [4.8, 6, 7.2, 80, 95, 110])).toBeCloseTo(1.2, 12);
  });
});

describe('a list that no memory holds', () => {
  it('is refused before it is drawn up, also where the cell is skewed and its box is far larger than its sphere', () => {
    const before = process.cpuUsage();
    expect(() => enumerateReflections([200, 200, 200, 90, 90, 90], 1.3)).toThrow(
      'about 3.7e+7 reflections; at most 4000000 are listed',
    );
    expect(() => enumerateReflections([400, 400, 400, 2, 2, 2], 1.3)).toThrow('reflections; at most');
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(200);
  });
});
