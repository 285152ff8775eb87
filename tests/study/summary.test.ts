import { describe, expect, it } from 'vitest';
import { PAPER_COLUMNS, paperValue } from '../../src/study/paperTables.ts';
import { correlationOf, endsOf, groupsOf, rateOf, searchCounts } from '../../src/study/summary.ts';
import stats from '../fixtures/stats.json' with { type: 'json' };
import { madeRecord, verdict } from './madeRecord.ts';

describe('rates', () => {
  const trials = [
    madeRecord({ variant: 0, off: [0.005, 0.5] }),
    madeRecord({ variant: 1, unscaled: verdict({ end: 'lattice' }) }),
    madeRecord({
      variant: 2,
      match: verdict({ end: 'sites' }),
      unscaled: verdict({ end: 'sites' }),
      off: [0.004, 0.6],
    }),
    madeRecord({ variant: 3, off: [0.0051, 0] }),
  ];

  it('count by the matcher, without scaling of the volume, and by strict recovery', () => {
    expect(rateOf(trials, 'match')).toMatchObject({ n: 4, successes: 3, share: 0.75 });
    expect(rateOf(trials, 'unscaled').successes).toBe(2);
    expect(rateOf(trials, 'strict').successes).toBe(1);
  });

  it('carry the Jeffreys interval: Beta(3.5, 1.5) for 3 of 4, by SciPy', () => {
    const [low, high] = rateOf(trials, 'match').interval;
    expect(low).toBeCloseTo(0.2837516795634126, 8);
    expect(high).toBeCloseTo(0.9715291049128532, 8);
  });

  it('of lattice and coordinates together need both: the cell in its place and the atoms', () => {
    const strict = (off: readonly [number, number], maximum: number): number =>
      rateOf([madeRecord({ noise: 'both', off, match: verdict({ maximum, freeLength: 2.5 }) })], 'strict')
        .successes;
    expect([strict([0, 0], 0.01), strict([0.01, 0], 0.01), strict([0, 0], 0.03)]).toEqual([1, 0, 0]);
  });

  it('of coordinates count as strict where no atom is further off than 0.05 Å', () => {
    const at = (maximum: number): number =>
      rateOf(
        [madeRecord({ noise: 'coordinates', off: [0, 0], match: verdict({ maximum, freeLength: 2.5 }) })],
        'strict',
      ).successes;
    expect([at(0.0199), at(0.0201)]).toEqual([1, 0]);
  });
});

describe('groups', () => {
  it('hold the trials of one condition, failures apart, learning rates apart', () => {
    const { structure, noise, sigma, variant, setting, loss, learningRate } = madeRecord({ variant: 5 });
    const groups = groupsOf([
      madeRecord(),
      madeRecord({ structure: 'Au2S' }),
      madeRecord({ learningRate: 0.001 }),
      madeRecord({ setting: 'distorted', loss: null, learningRate: null }),
      { structure, noise, sigma, variant, setting, loss, learningRate, failure: 'no' },
    ]);
    expect(
      groups.map(({ condition, trials, failures }) => [
        condition.setting,
        condition.learningRate,
        trials.length,
        failures,
      ]),
    ).toEqual([
      ['distorted', null, 1, 0],
      ['unconstrained', 0.001, 1, 0],
      ['unconstrained', 0.005, 2, 1],
    ]);
  });
});

describe('correlations of loss and distance', () => {
  const vector = stats.smooth.find(({ x }) => x.length >= 100);
  const trials = vector!.x.map((last, variant) =>
    madeRecord({ variant, last, amd: vector!.y[variant]!, emd: 1 }),
  );

  it('are those of SciPy and scikit-learn on the vectors of the fixture', () => {
    const found = correlationOf(trials, 'amd');
    expect(found.n).toBe(vector!.x.length);
    expect(found.pearson).toBeCloseTo(vector!.pearson, 9);
    expect(found.spearman).toBeCloseTo(vector!.spearman, 9);
    expect(found.mutualInformation).toBeCloseTo(vector!.information[3], 5);
  });

  it('are null where a sample is constant or too short, never a number', () => {
    expect(correlationOf(trials, 'emd')).toMatchObject({ pearson: null, spearman: null });
    expect(correlationOf([], 'amd')).toEqual({
      n: 0,
      mutualInformation: null,
      pearson: null,
      spearman: null,
      missing: 'not in these results',
    });
    expect(correlationOf(trials, 'emd').missing).toBe('every trial ends alike');
  });

  it('are null below ten trials, whose line says nothing, and say so', () => {
    expect(correlationOf(trials.slice(0, 2), 'amd')).toMatchObject({
      n: 2,
      pearson: null,
      missing: 'n = 2, fewer than 10',
    });
    expect(correlationOf(trials.slice(0, 9), 'amd')).toMatchObject({
      mutualInformation: null,
      spearman: null,
    });
    expect(correlationOf(trials.slice(0, 10), 'amd').missing).toBeNull();
  });
});

describe("the paper's tables", () => {
  it('give a value for each of its 35 conditions and statistics, and null elsewhere', () => {
    expect(paperValue('mutualInformation', 'lattice', 0.05, PAPER_COLUMNS[3]!)).toBe(1.55);
    expect(paperValue('pearson', 'coordinates', 0.005, PAPER_COLUMNS[0]!)).toBe(-0.72);
    expect(paperValue('spearman', 'coordinates', 0.1, PAPER_COLUMNS[2]!)).toBe(0.28);
    expect(paperValue('spearman', 'coordinates', 0.1, PAPER_COLUMNS[3]!)).toBeNull();
    expect(paperValue('pearson', 'lattice', 0.07, PAPER_COLUMNS[0]!)).toBeNull();
    expect(paperValue('pearson', 'lattice', 0.1, { loss: 'mse', mode: 'constrained' })).toBeNull();
  });
});

describe('ends', () => {
  it('are counted by how they came about, with the medians of steps and similarity', () => {
    const trials = [
      madeRecord({ variant: 0, steps: 1000, cosine: 0.9, twoCycle: true }),
      madeRecord({ variant: 1, steps: 30000, cosine: 0.2, stop: 'maxIterations' }),
      madeRecord({ variant: 2, steps: 2000, cosine: 0.5 }),
    ];
    expect(endsOf(trials)).toEqual({ twoCycles: 1, atLimit: 1, medianSteps: 2000, medianSimilarity: 0.5 });
    expect(endsOf(trials.slice(0, 2)).medianSteps).toBe(15500);
  });
});

describe('searches', () => {
  it('are counted with their evaluations and starts, and what they leave by crystal and reason', () => {
    const search = { setting: 'continuedFree20', learningRate: null } as const;
    const trials = [
      madeRecord({ ...search, variant: 0, evaluations: 100, starts: 3, agree: 3 }),
      madeRecord({ ...search, variant: 1, evaluations: 300, starts: 5, agree: 3, missed: 'pseudoSymmetry' }),
      madeRecord({ ...search, variant: 2, evaluations: 200, starts: 1, agree: 1, missed: 'basin' }),
      madeRecord({ ...search, structure: 'Au2S', evaluations: 200, starts: 3, agree: 3, missed: 'setting' }),
    ];
    expect(searchCounts(trials)).toEqual({
      evaluations: 200,
      starts: 3,
      agreedWrong: 1,
      missed: { U2Ti: { pseudoSymmetry: 1, basin: 1 }, Au2S: { setting: 1 } },
    });
    expect(searchCounts([madeRecord()])).toBeNull();
  });
});
