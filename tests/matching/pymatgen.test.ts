import { describe, expect, it } from 'vitest';
import { matchCrystals } from '../../src/matching/matcher.ts';
import { type Comparison, generatedCases, patternCases } from './pymatgenCases.ts';

/** Verdicts that differ, and the largest differences of rms and, for matches, of the maximum. */
function held(cases: readonly Comparison[]): { differing: string[]; rms: number; maximum: number } {
  const differing: string[] = [];
  let [rms, maximum] = [0, 0];
  for (const { name, truth, copy, options, expected } of cases) {
    const report = matchCrystals(truth, copy, options);
    if (report.matched !== expected.match) {
      differing.push(`${name}: pymatgen ${expected.match}, cell ${expected.cell}`);
      continue;
    }
    if (expected.rms) rms = Math.max(rms, Math.abs(report.rms! - expected.rms[0]));
    if (expected.rms && expected.match)
      maximum = Math.max(maximum, Math.abs(report.maximum! - expected.rms[1]));
  }
  return { differing, rms, maximum };
}

describe('the matcher against pymatgen', () => {
  it('gives every verdict and rms of the reference patterns', () => {
    const cases = patternCases();
    expect(cases).toHaveLength(180);
    const { differing, rms } = held(cases);
    expect(differing).toEqual([]);
    // measured: 1e-14
    expect(rms).toBeLessThan(1e-6);
  });

  it('gives all but one verdict of 3080 further cases, and every rms', () => {
    const cases = generatedCases();
    expect(cases).toHaveLength(3080);
    expect(new Set(cases.map(({ expected }) => expected.kind)).size).toBe(3);
    const matches = cases.filter(({ expected }) => expected.match).length;
    expect(matches / cases.length).toBeGreaterThan(0.4);
    expect(matches / cases.length).toBeLessThan(0.7);
    const { differing, rms, maximum } = held(cases);
    // pymatgen's reduction of this copy stops one step short: at (4.038, 4.338, 4.107 Å), though 4.034 Å is a lattice
    // vector too. Given its own result to reduce again it finds that cell, and then says no, as this matcher does.
    expect(differing).toHaveLength(1);
    expect(differing[0]).toMatch(/^BPO4 primitive lattice 0\.1 .*pymatgen true, cell 4\.33/);
    // measured: 5e-8, the rounding of the file
    expect(rms).toBeLessThan(1e-6);
    // measured: 4.4e-6; pymatgen's is the maximum of the mapping of least rms, ours the least of all
    expect(maximum).toBeLessThan(1e-5);
  });
});
