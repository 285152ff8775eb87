import { expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { lossOf } from '../../src/losses/registry.ts';
import { modelObjective } from '../../src/peakspace/model/modelObjective.ts';
import {
  leadingReflections,
  type RankedReflections,
  rankedReflections,
  weightOf,
} from '../../src/peakspace/model/rankedReflections.ts';
import { reflectionDrive } from '../../src/peakspace/model/reflectionDrive.ts';
import { rankedCsv } from '../../src/views/pattern/rankedCsv.ts';
import { libraryStructure } from '../support/library.ts';
import { problemOver, someParameters } from '../support/modelCases.ts';

const { intensities } = someParameters(libraryStructure('BPO4').sites, PAPER_INSTRUMENT);
const { input, cell, values, truth } = problemOver('BPO4', PAPER_INSTRUMENT, lossOf('cosine'), intensities);
const at = Float64Array.of(...cell, ...values);
const still = { ...input, cellMoves: false };
/** Two parameters, each along a range of 0.2. */
const axes = [6, 7].map(place => Float64Array.from(at, (_, i) => (i === place ? 0.2 : 0)));
const ranked = rankedReflections(reflectionDrive(still, at, truth), 'tetragonal', axes);

it('adds up to the slope of the loss along each axis, by differences of the loss', () => {
  const objective = modelObjective(still);
  for (const [k, axis] of axes.entries()) {
    const [less, more] = [-1e-5, 1e-5].map(step =>
      objective(
        at.map((x, i) => x + step * axis[i]!),
        null,
      ),
    );
    const { slope, pull } = ranked.axes[k]!;
    expect(slope / ((more! - less!) / 2e-5)).toBeCloseTo(1, 5);
    const sum = ranked.rows.reduce((total, { shares }) => total + shares[k]!, 0);
    expect(sum).toBeCloseTo(slope / pull, 4);
    expect(ranked.rows.reduce((total, { shares }) => total + Math.abs(shares[k]!), 0)).toBeCloseTo(1, 4);
  }
});

it('has every line of the powder once, with both intensities, the one that pulls most first', () => {
  const names = ranked.rows.map(({ hkl }) => hkl.join(' '));
  expect(new Set(names).size).toBe(names.length);
  // 112 and what is equal to it by symmetry are one line, as the eight that atoms alone part
  expect(names).toContain('1 1 2');
  expect(names).not.toContain('-1 1 2');
  const weights = ranked.rows.map(weightOf);
  expect(weights).toEqual(weights.toSorted((p, q) => q - p));
  for (const { target, intensity } of ranked.rows)
    expect(Math.min(target!, intensity)).toBeGreaterThanOrEqual(0);
});

it('has no line where none pulls, and no target where that is measured', () => {
  const there = rankedReflections(reflectionDrive(still, truth, truth), 'tetragonal', axes);
  expect(there.rows).toEqual([]);
  expect(leadingReflections(there)).toBeNull();
  const measured = rankedReflections(reflectionDrive(still, at, null), 'tetragonal', axes);
  expect(measured.rows.every(({ target }) => target === null)).toBe(true);
});

const line = (h: number, ...shares: number[]) => ({
  hkl: [h, 0, 0] as const,
  twoTheta: 10 * h,
  target: 2,
  intensity: 1,
  shares,
});

it('names the few lines that make up half of what pulls, and tells a balance from a slope', () => {
  const found = (slope: number, ...rows: RankedReflections['rows'][number][]) =>
    leadingReflections({ axes: [{ slope, pull: 1 }], rows });
  expect(found(0.02, line(1, 0.4), line(2, -0.3), line(3, -0.3))).toMatchObject({
    leading: [{ hkl: [1, 0, 0] }, { hkl: [2, 0, 0] }],
    balanced: true,
    weight: 0.7,
  });
  expect(found(-0.7, line(1, -0.85), line(2, 0.15))).toMatchObject({
    leading: [{ hkl: [1, 0, 0] }],
    balanced: false,
  });
  const many = Array.from({ length: 20 }, (_, i) => line(i + 1, 0.05));
  expect(found(1, ...many)?.leading).toHaveLength(3);
});

it('is saved as a table with both intensities times their scale', () => {
  const rows = [line(1, 0.5, -0.25), { ...line(2, 0.125, 0), target: null }];
  expect(rankedCsv({ axes: [], rows }, 50, ['x of O1', 'a, b'])).toBe(
    [
      'h,k,l,two_theta_deg,target,current,share along x of O1,"share along a, b"',
      '1,0,0,10.00000,100.00000,50.000000,0.50000000,-0.25000000',
      '2,0,0,20.00000,,50.000000,0.12500000,0.0000000',
      '',
    ].join('\n'),
  );
});
