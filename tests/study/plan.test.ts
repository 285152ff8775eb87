import { describe, expect, it } from 'vitest';
import { NOISE_LEVELS } from '../../src/noise/noise.ts';
import {
  descentCount,
  PAPER_CONDITIONS,
  planProblem,
  type StudyPlan,
  seedOf,
  shardOf,
  trialsOf,
} from '../../src/study/plan.ts';
import { paperSeries, STUDY_PRESETS, studyPreset } from '../../src/study/presets.ts';
import { trialSeed } from '../../src/study/seeds.ts';
import { TREATMENTS, trialId } from '../../src/study/trialKey.ts';

const PLAN: StudyPlan = {
  ...studyPreset('paper').plan('lattice'),
  structures: ['U2Ti', 'Au2S', 'mine'],
  levels: [0.05, 0.1],
  variants: 3,
};

describe('a plan', () => {
  it('of the paper is 10 × 50 × 5 × 4 descents on the lattice and 10 × 50 × 5 × 3 on coordinates', () => {
    expect(descentCount(studyPreset('paper').plan('lattice'))).toBe(10_000);
    expect(descentCount(studyPreset('paper').plan('coordinates'))).toBe(7500);
  });

  it('adds two baselines to each lattice copy and one to each coordinate copy', () => {
    for (const [noise, baselines] of [
      ['lattice', 2],
      ['coordinates', 1],
    ] as const) {
      const plan = { ...PLAN, noise, levels: NOISE_LEVELS[noise], series: paperSeries(noise) };
      const copies = 3 * 5 * 3;
      expect(trialsOf(plan)).toHaveLength(copies * (baselines + plan.series.length));
    }
  });

  it('has one order, however its parts are listed', () => {
    const shuffled = {
      ...PLAN,
      structures: ['mine', 'Au2S', 'U2Ti', 'Au2S'],
      levels: [0.1, 0.05],
      series: [...PLAN.series].reverse(),
    };
    expect(trialsOf(shuffled)).toEqual(trialsOf(PLAN));
  });

  it('goes copy by copy, so that a run stopped early leaves every condition with the same number', () => {
    const variants = trialsOf(PLAN).map(trial => trial.variant);
    expect(variants).toEqual([...variants].sort((p, q) => p - q));
  });

  it('draws the same noise for a trial in every subset, and one copy for all settings', () => {
    const all = new Map(trialsOf(PLAN).map(trial => [trialId(trial), seedOf(PAPER_CONDITIONS, trial)]));
    for (const trial of trialsOf({
      ...PLAN,
      structures: ['mine'],
      levels: [0.1],
      firstVariant: 2,
      variants: 1,
    }))
      expect(seedOf(PAPER_CONDITIONS, trial)).toBe(all.get(trialId(trial)));
    // 3 structures × 2 levels × 3 copies
    expect(new Set(all.values()).size).toBe(18);
  });

  it('derives seeds by FNV-1a and the mixing of MurmurHash3, as computed in Python', () => {
    expect(trialSeed('a')).toBe(444641715);
    expect(trialSeed(0, 'U2Ti', 'lattice', 0.1, 0)).toBe(91411736);
    expect(trialSeed(0, 'U2Ti', 'lattice', 0.1, 1)).toBe(2523154843);
  });

  it('falls into shards that hold every trial once', () => {
    const trials = trialsOf(PLAN);
    const parts = [1, 2, 3, 4, 5].flatMap(i => shardOf(trials, i, 5).map(trialId));
    expect(parts.sort()).toEqual(trials.map(trialId).sort());
    expect(() => shardOf(trials, 0, 5)).toThrow('shard 0/5 is none');
  });

  it('draws one distorted copy for the descents of the paper and the searches beyond it', () => {
    const beyond = studyPreset('beyond').plan('lattice');
    const trials = trialsOf({
      ...PLAN,
      series: [...PLAN.series, ...beyond.series],
      structures: ['U2Ti'],
      levels: [0.1],
      variants: 1,
    });
    expect(new Set(trials.map(trial => seedOf(PAPER_CONDITIONS, trial))).size).toBe(1);
    expect([...new Set(trials.map(({ setting }) => setting))]).toEqual(
      TREATMENTS.filter(setting => trials.some(trial => trial.setting === setting)),
    );
    expect(trials.slice(-2).map(trialId)).toEqual([
      'U2Ti/lattice/0.1/0/continuedFree/cosine',
      'U2Ti/lattice/0.1/0/continuedFree20/cosine',
    ]);
    // 10 structures × 50 copies × 5 levels, held and free, one start and up to 20
    expect(descentCount(beyond)).toBe(10_000);
  });

  it('says what is wrong with it, naming the value', () => {
    const refused = (change: Partial<StudyPlan>): string | null => planProblem({ ...PLAN, ...change });
    expect(planProblem(PLAN)).toBeNull();
    expect(refused({ structures: [] })).toBe('no structure is chosen');
    expect(refused({ levels: [0.5] })).toContain('0.5 is outside 0 to 1/3');
    expect(refused({ variants: 2.5 })).toContain('2.5');
    expect(refused({ series: [{ loss: 'mse', mode: 'unconstrained', learningRate: 0 }] })).toContain(
      'learning rate 0',
    );
    expect(refused({ noise: 'coordinates' })).toContain('projector');
    const [search] = studyPreset('beyond').plan('coordinates').series;
    expect(refused({ series: [search!] })).toBe(
      'L-BFGS is a search for distorted coordinates, not a distorted lattice',
    );
    expect(refused({ noise: 'both' })).toContain('no descent of the paper');
    expect(refused({ conditions: { ...PAPER_CONDITIONS, seed: -1 } })).toContain('seed -1');
  });

  it('of every preset can be run, the longer with more descents', () => {
    for (const noise of ['lattice', 'coordinates', 'both'] as const) {
      const ofPaper = STUDY_PRESETS.filter(({ id }) => id !== 'beyond');
      const counts = ofPaper.map(preset => descentCount(preset.plan(noise)));
      expect(counts).toEqual([...counts].sort((p, q) => p - q));
      for (const preset of STUDY_PRESETS) expect(planProblem(preset.plan(noise))).toBeNull();
    }
  });
});
