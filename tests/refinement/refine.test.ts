import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { firstProfile, fitSteps, leBailSteps } from '../../src/refinement/fitScan.ts';
import { type Freed, refineSteps } from '../../src/refinement/refine.ts';
import { ended } from '../support/ended.ts';
import { libraryStructure } from '../support/library.ts';
import { settingOf, syntheticScan, TRUE_PROFILE } from '../support/syntheticScan.ts';

const BPO4 = libraryStructure('BPO4');
const FREED: Freed = [
  'cell',
  'displacement',
  'u',
  'v',
  'w',
  'mixing',
  'mixingSlope',
  'asymmetry',
  'b',
  'march',
];
const off = (cell: Cell, share: number): Cell =>
  cell.map((x, i) => (i < 3 ? x * (1 + share) : x)) as unknown as Cell;

describe('weighted least squares of a scan', () => {
  it('finds every number of a scan without noise again', () => {
    const input = syntheticScan(BPO4, settingOf(15, 80, 0.03), 1e6, null);
    const found = ended(fitSteps(input, { cell: off(BPO4.cell, 0.002), profile: firstProfile(0.12) }, FREED));
    expect(found.cell[0]).toBeCloseTo(BPO4.cell[0], 6);
    expect(found.cell[2]).toBeCloseTo(BPO4.cell[2], 6);
    for (const key of ['displacement', 'u', 'v', 'w', 'mixing', 'asymmetry', 'b', 'march'] as const)
      expect(found.profile[key], key).toBeCloseTo(TRUE_PROFILE[key], 3);
    expect(found.rwp).toBeLessThan(0.01);
  });

  it('names the correlation of zero shift and displacement', () => {
    const input = syntheticScan(BPO4, settingOf(15, 90, 0.03), 5e3, 4);
    const both: Freed = ['cell', 'zero', 'displacement', 'w'];
    const found = ended(refineSteps(input, { cell: BPO4.cell, profile: TRUE_PROFILE }, both));
    expect(found.correlated.some(pair => [pair.of, pair.with].sort().join() === 'displacement,zero')).toBe(
      true,
    );
  });

  it('has uncertainties that cover the truth as often as they say', () => {
    const setting = settingOf(20, 58, 0.05);
    let [a, c, shift] = [0, 0, 0];
    const n = 200;
    for (let seed = 1; seed <= n; seed++) {
      const input = syntheticScan(BPO4, setting, 2000, seed);
      const found = ended(
        refineSteps(
          input,
          { cell: off(BPO4.cell, 3e-4), profile: { ...TRUE_PROFILE, displacement: -0.03 } },
          ['cell', 'displacement', 'w', 'b'],
        ),
      );
      a += Number(Math.abs(found.cell[0] - BPO4.cell[0]) <= found.cellEsd[0]);
      c += Number(Math.abs(found.cell[2] - BPO4.cell[2]) <= found.cellEsd[2]);
      const { value, esd } = found.parameters.find(({ name }) => name === 'displacement')!;
      shift += Number(Math.abs(value - TRUE_PROFILE.displacement) <= esd);
    }
    for (const [what, covered] of Object.entries({ a, c, shift })) {
      expect(covered / n, what).toBeGreaterThan(0.6);
      expect(covered / n, what).toBeLessThan(0.76);
    }
  }, 240_000);

  it('comes to rest at χ² = 1 and a Durbin–Watson of 2 where the model is right', () => {
    const input = syntheticScan(BPO4, settingOf(15, 90, 0.03), 3e4, 7);
    const found = ended(fitSteps(input, { cell: off(BPO4.cell, 0.001), profile: firstProfile(0.12) }, FREED));
    expect(found.chi2).toBeGreaterThan(0.9);
    expect(found.chi2).toBeLessThan(1.1);
    expect(found.durbinWatson).toBeGreaterThan(1.85);
    expect(Math.abs(found.cell[0] - BPO4.cell[0])).toBeLessThan(4 * found.cellEsd[0]);
  });
});

describe('free intensities', () => {
  it('are those of the crystal, of a scan without noise', () => {
    const input = syntheticScan(BPO4, settingOf(15, 60, 0.03), 1e6, null);
    const start = { cell: BPO4.cell, profile: TRUE_PROFILE };
    const rietveld = ended(refineSteps(input, start, []));
    const wanted = rietveld.model.peaks();
    const found = ended(leBailSteps(input, start, ['w']));
    const got = found.model.peaks();
    const strongest = Math.max(...wanted.map(({ intensity }) => intensity));
    const factor = found.scale / rietveld.scale;
    for (const [i, peak] of wanted.entries())
      expect(Math.abs(factor * got[i]!.intensity - peak.intensity) / strongest).toBeLessThan(1e-3);
  });

  it('explain a scan at least as well as the atoms do', () => {
    const input = syntheticScan(BPO4, settingOf(15, 70, 0.04), 3000, 3);
    const start = { cell: BPO4.cell, profile: TRUE_PROFILE };
    const found = ended(fitSteps(input, start, FREED));
    expect(ended(leBailSteps(input, found, FREED)).rwp).toBeLessThanOrEqual(found.rwp + 1e-6);
  });
});
