import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { familyOf, projectCell } from '../../src/crystal/family.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { mse } from '../../src/losses/mse.ts';
import { latticeNoise } from '../../src/noise/noise.ts';
import { seededRng } from '../../src/num/rng.ts';
import { denseObjective } from '../../src/peakspace/denseObjective.ts';
import { descentScale } from '../../src/study/descentLoss.ts';
import { type Conditions, PAPER_CONDITIONS, seedOf, trialsOf } from '../../src/study/plan.ts';
import { learningRateOf, studyPreset } from '../../src/study/presets.ts';
import { type FinishedTrial, isFinished, isRecovered } from '../../src/study/record.ts';
import { missedBy } from '../../src/study/searchTrial.ts';
import { subjectOf } from '../../src/study/subject.ts';
import { rateOf } from '../../src/study/summary.ts';
import { runTrial } from '../../src/study/trial.ts';
import type { Trial } from '../../src/study/trialKey.ts';
import { trialRunner } from '../../src/study/trialRunner.ts';
import { libraryStructure } from '../support/library.ts';

const QUICK: Conditions = { ...PAPER_CONDITIONS, maxIterations: 300, stopWindow: 100 };
const TRIAL: Trial = {
  structure: 'SrTiO3',
  noise: 'lattice',
  sigma: 0.05,
  variant: 2,
  setting: 'constrained',
  loss: 'cosine',
  learningRate: 0.005,
};

function finished(trial: Trial, conditions = QUICK): FinishedTrial {
  const subject = subjectOf(libraryStructure(trial.structure), trial.noise, conditions);
  const record = runTrial(trial, subject, conditions);
  if (!isFinished(record)) throw new Error(record.failure);
  return record;
}

const startOf = (trial: Trial): Cell =>
  latticeNoise(libraryStructure(trial.structure).cell, trial.sigma, seededRng(seedOf(QUICK, trial)));

describe('a trial', () => {
  it('as a baseline ends where it starts: the distorted cell, or its projection', () => {
    const start = startOf(TRIAL);
    const projected = projectCell(familyOf('cubic'), start);
    const none = { loss: null, learningRate: null };
    for (const [setting, cell] of [
      ['distorted', start],
      ['projected', projected],
    ] as const) {
      const record = finished({ ...TRIAL, ...none, setting });
      for (const [i, value] of record.end.entries()) expect(value).toBeCloseTo(cell[i]!, 6);
      expect([record.steps, record.stop, record.last]).toEqual([0, null, null]);
    }
  });

  it('by constrained descent recovers a slightly distorted cubic crystal strictly, unlike its projected start', () => {
    // 0.005 is above 2/λ_max at this minimum: the last steps would hop across it
    const end = finished({ ...TRIAL, learningRate: 0.001 }, PAPER_CONDITIONS);
    expect(end.match.end).toBe('match');
    expect(isRecovered(end)).toBe(true);
    expect(end.last).toBeLessThan(-0.99);
    expect(end.cosine).toBeCloseTo(-end.last!, 8);
    const start = finished({ ...TRIAL, setting: 'projected', loss: null, learningRate: null });
    expect([start.match.end, isRecovered(start)]).toEqual(['match', false]);
    expect(start.amd).toBeGreaterThan(10 * end.amd);
  });

  it('says the same again, and in whatever company it runs', () => {
    const run = trialRunner(new Map([['SrTiO3', libraryStructure('SrTiO3')]]), QUICK);
    const others: Trial[] = [
      { ...TRIAL, variant: 7 },
      { ...TRIAL, setting: 'unconstrained' },
      { ...TRIAL, loss: 'entropy', learningRate: 0.01 },
    ];
    const after = others.map(run);
    const again = [...others].reverse().map(run).reverse();
    expect(again).toEqual(after);
    expect(run(TRIAL)).toEqual(finished(TRIAL));
  });

  it('that throws is a record with its sentence, and the next one runs', () => {
    const run = trialRunner(new Map([['SrTiO3', libraryStructure('SrTiO3')]]), QUICK);
    expect(run({ ...TRIAL, structure: 'gone' })).toEqual({
      ...TRIAL,
      structure: 'gone',
      failure: 'the crystal gone is missing',
    });
    expect(run({ ...TRIAL, sigma: 0.9 })).toMatchObject({ failure: expect.stringContaining('0.9') });
    expect(isFinished(run(TRIAL))).toBe(true);
  });

  it('on coordinates moves the atoms and keeps the cell', () => {
    const trial: Trial = {
      ...TRIAL,
      structure: 'BPO4',
      noise: 'coordinates',
      sigma: 0.01,
      setting: 'unconstrained',
      learningRate: 1e-4,
    };
    const record = finished(trial);
    // I-4: the primitive cell holds half of the twelve atoms
    expect(record.fract).toHaveLength(3 * 6);
    expect(record.off).toEqual([0, 0]);
    expect(record.last!).toBeLessThan(record.first!);
  });

  it('on MSE descends the squared error relative to the target', () => {
    const structure = libraryStructure('SrTiO3');
    const trial: Trial = {
      ...TRIAL,
      setting: 'unconstrained',
      loss: 'mse',
      learningRate: learningRateOf('lattice', 'mse'),
    };
    const target = simulatePattern(
      scatteringModel(structure.sites, PAPER_INSTRUMENT, structure.cell),
      structure.cell,
    );
    const dense = denseObjective(structure.sites, PAPER_INSTRUMENT, mse, target);
    const most = Math.max(...target);
    const scale = 1 / target.reduce((sum, value) => sum + (value / most) ** 2, 0);
    expect(descentScale('mse', target)).toBeCloseTo(scale, 12);
    const expected = scale * dense(Float64Array.from(startOf(trial)), null);
    expect(finished(trial).first).toBeCloseTo(expected, 6);
    // |h|, |k|, |l| ≤ 1 leaves few reflections: the clipped loss is another one
    expect(finished(trial, { ...QUICK, mseMaxIndex: 1 }).first).not.toBeCloseTo(expected, 2);
  });
});

describe('a search beyond the paper', () => {
  const SEARCH = { ...TRIAL, loss: 'cosine', learningRate: null } as const;

  it('finds a cell that constrained descent does not, from the same copy, and says what it took', () => {
    const lost = { ...TRIAL, structure: 'U2Ti', sigma: 0.1, variant: 1 };
    expect(isRecovered(finished(lost, PAPER_CONDITIONS))).toBe(false);
    for (const setting of ['continuedHeld', 'continuedFree20'] as const) {
      const end = finished({ ...lost, ...SEARCH, structure: 'U2Ti', sigma: 0.1, variant: 1, setting });
      expect(end.seed).toBe(seedOf(QUICK, lost));
      expect(isRecovered(end), setting).toBe(true);
      expect(end.cosine).toBeGreaterThan(0.9999);
      expect(end.evaluations).toBeGreaterThanOrEqual(end.steps);
      expect(end.missed).toBeUndefined();
      expect([end.starts, end.agree]).toEqual(setting === 'continuedHeld' ? [1, 1] : [3, 3]);
    }
  });

  it('says the same again, whatever trial came before', () => {
    const run = trialRunner(new Map([['SrTiO3', libraryStructure('SrTiO3')]]), QUICK);
    const trials = [1, 2].map((variant): Trial => ({ ...SEARCH, variant, setting: 'continuedFree' }));
    const once = trials.map(run);
    expect([...trials].reverse().map(run).reverse()).toEqual(once);
  });

  it('tells a pseudo-symmetric end and a limit of the search from another minimum', () => {
    const subject = subjectOf(libraryStructure('BPO4'), 'lattice', QUICK);
    const { cell, sites } = subject.crystal;
    const [a, , c] = cell;
    const reason = (end: Cell, atLimit = false) => missedBy(SEARCH, { cell: end, sites }, subject, atLimit);
    // the tetragonal axis along a: the same lattice, with the atoms along other axes of it
    expect(reason([c, a, a, 90, 90, 90])).toBe('pseudoSymmetry');
    expect(reason([1.1 * a, 1.1 * a, c, 90, 90, 90])).toBe('basin');
    expect(reason([1.1 * a, 1.1 * a, c, 90, 90, 90], true)).toBe('limit');
  });

  it('moves atoms to their places by quasi-Newton steps where plain descent stands still', () => {
    const trial: Trial = {
      ...SEARCH,
      structure: 'BPO4',
      noise: 'coordinates',
      sigma: 0.01,
      setting: 'atoms',
    };
    const plain = finished({ ...trial, setting: 'unconstrained', learningRate: 1e-4 });
    const end = finished(trial);
    expect([isRecovered(plain), isRecovered(end)]).toEqual([false, true]);
    expect(end.evaluations).toBeLessThan(plain.steps);
  });

  it('finds lattice and atoms that are distorted together, in the primitive cell', () => {
    const trial: Trial = { ...SEARCH, structure: 'SrTiO3', noise: 'both', sigma: 0.05, setting: 'joint20' };
    const start = finished({ ...trial, setting: 'distorted', loss: null });
    expect(start.off[0]).toBeGreaterThan(0.01);
    expect(start.match.maximum! * start.match.freeLength).toBeGreaterThan(0.1);
    const end = finished(trial);
    expect(isRecovered(end)).toBe(true);
    expect(end.fract).toHaveLength(15);
  });
});

describe('the baseline without any descent', () => {
  it('matches as often as 100 verdicts of pymatgen say: 0.97, 0.28 and 0.09 at σ = 0.05, 0.1 and 0.15', () => {
    const run = trialRunner(new Map(LIBRARY.map(({ id }) => [id, libraryStructure(id)])), PAPER_CONDITIONS);
    const plan = {
      ...studyPreset('minutes').plan('lattice'),
      series: [],
      levels: [0.05, 0.1, 0.15],
      variants: 20,
    };
    const records = trialsOf(plan)
      .filter(trial => trial.setting === 'distorted')
      .map(run)
      .filter(isFinished);
    for (const [sigma, expected] of [
      [0.05, 0.97],
      [0.1, 0.28],
      [0.15, 0.09],
    ] as const) {
      const { share, n } = rateOf(
        records.filter(record => record.sigma === sigma),
        'match',
      );
      expect(n).toBe(200);
      // Three standard errors of the difference of 200 verdicts and 100
      const spread = Math.sqrt(expected * (1 - expected) * (1 / 200 + 1 / 100));
      expect(Math.abs(share - expected), `σ = ${sigma}: ${share}`).toBeLessThan(3 * spread);
    }
  });

  it('of coordinate noise needs primitive cells: on centred ones the noisy copy is no longer centred', () => {
    const trial: Trial = {
      ...TRIAL,
      structure: 'NdAl8Cu4',
      noise: 'coordinates',
      sigma: 0.01,
      setting: 'distorted',
      loss: null,
      learningRate: null,
    };
    // About 0.1 Å: far below stol
    expect(finished(trial).match.end).toBe('match');
    expect(finished(trial, { ...QUICK, cells: 'conventional' }).match.end).toBe('siteCount');
  });
});
