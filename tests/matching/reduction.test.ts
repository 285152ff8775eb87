import { describe, expect, it } from 'vitest';
import { metricTensor } from '../../src/crystal/cell.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import { cellOfMetric, changedMetric, metricVolume } from '../../src/matching/basis.ts';
import { matchCrystals } from '../../src/matching/matcher.ts';
import { niggliChange } from '../../src/matching/niggli.ts';
import { periodicSet } from '../../src/matching/periodicSet.ts';
import { primitiveSet } from '../../src/matching/primitive.ts';
import { primitiveCrystal } from '../../src/matching/primitiveCrystal.ts';
import { reducedChange } from '../../src/matching/reducedBasis.ts';
import { coordinateNoise } from '../../src/noise/noise.ts';
import { determinant } from '../../src/num/matrix3.ts';
import { seededRng } from '../../src/num/rng.ts';
import { libraryStructure } from '../support/library.ts';
import { fc } from '../support/seeded.ts';

/** Metric of (a², b², c², 2bc, 2ac, 2ab). */
const metricOf = ([a, b, c, x, y, z]: readonly number[]): number[] => [
  a!,
  z! / 2,
  y! / 2,
  z! / 2,
  b!,
  x! / 2,
  y! / 2,
  x! / 2,
  c!,
];

const cellArbitrary = fc.tuple(
  fc.double({ min: 2, max: 12, noNaN: true }),
  fc.double({ min: 2, max: 12, noNaN: true }),
  fc.double({ min: 2, max: 12, noNaN: true }),
  fc.double({ min: 70, max: 110, noNaN: true }),
  fc.double({ min: 70, max: 110, noNaN: true }),
  fc.double({ min: 70, max: 110, noNaN: true }),
);

/** A unimodular matrix: shears and swaps in turn. */
const changeArbitrary = fc
  .tuple(...Array.from({ length: 6 }, () => fc.integer({ min: -2, max: 2 })))
  .map(([p, q, r, s, t, u]) => {
    const upper = [1, p!, q!, 0, 1, r!, 0, 0, 1];
    const lower = [1, 0, 0, s!, 1, 0, t!, u!, 1];
    return Array.from({ length: 9 }, (_, at) => {
      const [i, j] = [3 * Math.floor(at / 3), at % 3];
      return upper[i]! * lower[j]! + upper[i + 1]! * lower[3 + j]! + upper[i + 2]! * lower[6 + j]!;
    });
  });

describe('the Niggli cell', () => {
  it('is that of the worked example of Křivý and Gruber', () => {
    const metric = metricOf([9, 27, 4, -5, -4, -22]);
    const reduced = changedMetric(metric, niggliChange(metric));
    expect([...reduced]).toEqual(metricOf([4, 9, 9, 9, 3, 4]));
  });

  it('does not depend on the basis that a lattice is given in', () => {
    fc.assert(
      fc.property(cellArbitrary, changeArbitrary, (cell, skew) => {
        const metric = metricTensor(cell);
        const change = niggliChange(metric);
        const skewed = changedMetric(metric, skew);
        expect(determinant(change)).toBe(1);
        const reduced = cellOfMetric(changedMetric(metric, change));
        const again = cellOfMetric(changedMetric(skewed, niggliChange(skewed)));
        for (let i = 0; i < 6; i++) expect(again[i]).toBeCloseTo(reduced[i]!, 4);
      }),
      { numRuns: 200 },
    );
  });

  it('is found where ties go round: a hexagonal cell good to 1e-6 was called too skew', () => {
    const cell = [2.847, 4.828002, 4.828003, 120.000105, 89.999971, 89.99993] as const;
    const metric = metricTensor(cell);
    const turned = changedMetric(metric, [1, 0, 0, 0, 1, 1, 0, 0, 1]);
    for (const given of [metric, turned]) {
      const change = niggliChange(given);
      expect(determinant(change)).toBe(1);
      const [a, b, c, alpha] = cellOfMetric(changedMetric(given, change));
      expect(a).toBeCloseTo(2.847, 4);
      for (const length of [b, c]) expect(length).toBeCloseTo(4.828, 4);
      expect(Math.min(Math.abs(alpha - 120), Math.abs(alpha - 60))).toBeLessThan(1e-3);
    }
    const crystal = primitiveCrystal(libraryStructure('U2Ti'));
    expect(matchCrystals(crystal, { cell, sites: crystal.sites }).end).toBe('match');
  });

  it('has ordered edges that no lattice vector undercuts, and angles all acute or none', () => {
    fc.assert(
      fc.property(cellArbitrary, cell => {
        const g = changedMetric(metricTensor(cell), niggliChange(metricTensor(cell)));
        expect(g[0]).toBeLessThanOrEqual(g[4]! + 1e-3);
        expect(g[4]).toBeLessThanOrEqual(g[8]! + 1e-3);
        const acute = [g[1]!, g[2]!, g[5]!].filter(value => value > 1e-3).length;
        expect([0, 3]).toContain(acute);
        for (let i = -2; i <= 2; i++)
          for (let j = -2; j <= 2; j++)
            for (let k = -2; k <= 2; k++) {
              if (i === 0 && j === 0 && k === 0) continue;
              const square =
                g[0]! * i * i +
                g[4]! * j * j +
                g[8]! * k * k +
                2 * (g[1]! * i * j + g[2]! * i * k + g[5]! * j * k);
              const shortest = k !== 0 ? g[8]! : j !== 0 ? g[4]! : g[0]!;
              expect(square).toBeGreaterThan(shortest - 1e-2);
            }
      }),
      { numRuns: 100 },
    );
  });

  it('is right-handed and of the same volume for every library structure', () => {
    for (const { id } of LIBRARY) {
      const metric = metricTensor(libraryStructure(id).cell);
      const change = reducedChange(metric);
      expect(determinant(change), id).toBe(1);
      expect(metricVolume(changedMetric(metric, change))).toBeCloseTo(metricVolume(metric), 8);
    }
  });
});

describe('the primitive cell', () => {
  const size = (id: string): number => primitiveSet(periodicSet(libraryStructure(id))).labels.length;

  it('has the number of sites that the centring leaves', () => {
    // Lattice letter of each space group: P 1, A, B, C and I 2, F 4.
    for (const { id, spaceGroup } of LIBRARY) {
      const letter = spaceGroup[0] as 'P' | 'C' | 'I' | 'F';
      const sites = libraryStructure(id).sites.length;
      expect(size(id), id).toBe(sites / { P: 1, C: 2, I: 2, F: 4 }[letter]);
    }
  });

  it('keeps the density of each element', () => {
    for (const { id } of LIBRARY) {
      const given = periodicSet(libraryStructure(id));
      const found = primitiveSet(given);
      const share = given.labels.length / found.labels.length;
      expect(metricVolume(given.metric) / metricVolume(found.metric)).toBeCloseTo(share, 8);
      for (const label of new Set(given.labels)) {
        const count = (labels: readonly string[]): number => labels.filter(other => other === label).length;
        expect(count(given.labels), `${id} ${label}`).toBe(share * count(found.labels));
      }
    }
  });

  it('is the same crystal, mixed sites included', () => {
    for (const { id } of LIBRARY) {
      const structure = libraryStructure(id);
      const primitive = primitiveCrystal(structure);
      expect(primitive.sites, id).toHaveLength(size(id));
      const report = matchCrystals(structure, primitive);
      expect(report.matched, id).toBe(true);
      expect(report.maximum, id).toBeLessThan(1e-5);
      expect(report.volumeRatio, id).toBeCloseTo(1, 8);
    }
    const alloy = libraryStructure('LiMnIr2');
    const mixed = alloy.sites.flatMap(site =>
      site.element === 'Ir'
        ? [
            { ...site, occupancy: 0.75 },
            { ...site, element: 'Pt', occupancy: 0.25 },
          ]
        : [site],
    );
    const primitive = primitiveCrystal({ ...alloy, sites: mixed });
    expect(primitive.sites.map(({ element, occupancy }) => `${element} ${occupancy}`).sort()).toEqual([
      'Ir 0.75',
      'Ir 0.75',
      'Li 1',
      'Mn 1',
      'Pt 0.25',
      'Pt 0.25',
    ]);
    expect(matchCrystals({ ...alloy, sites: mixed }, primitive).matched).toBe(true);
  });

  it('averages the noise of atoms that repeat to within 0.25 Å, and is refused beyond', () => {
    const structure = libraryStructure('LiMnIr2');
    const noisy = (sigma: number): number => {
      const sites = coordinateNoise(structure.sites, sigma, seededRng(3));
      return primitiveSet(periodicSet({ ...structure, sites })).labels.length;
    };
    expect([noisy(0.001), noisy(0.005), noisy(0.05)]).toEqual([4, 4, 16]);
  });
});
