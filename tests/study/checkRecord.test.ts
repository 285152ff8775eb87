import { describe, expect, it } from 'vitest';
import { isPlan, wrongInConditions, wrongInRecord } from '../../src/study/checkRecord.ts';
import { PAPER_CONDITIONS } from '../../src/study/plan.ts';
import { STUDY_PRESETS, studyPreset } from '../../src/study/presets.ts';
import type { TrialRecord } from '../../src/study/record.ts';
import { readStudy, studyText } from '../../src/study/studyFile.ts';
import { correlationOf, endsOf, groupsOf, rateOf, searchCounts } from '../../src/study/summary.ts';
import { shownOf } from '../../src/views/study/shown.ts';
import { damaged } from '../support/damaged.ts';
import { madeRecord } from './madeRecord.ts';

const RECORD = madeRecord({ setting: 'joint20', noise: 'both', learningRate: null, fract: [0, 0, 0] });
const SEARCH = { ...RECORD, evaluations: 900, starts: 4, agree: 1, missed: 'basin' as const };
/** What stands in the place of a value: nothing, a number that is none or infinite, another kind. */
const BAD = [
  undefined,
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e300,
  -1,
  'x'.repeat(300),
  [],
  [1, 2],
  {},
  '__proto__',
];

describe('the record of a trial', () => {
  it('is one as runs write it, and of no other shape: an incomplete one could not be drawn ever after', () => {
    expect([madeRecord(), RECORD, SEARCH].map(wrongInRecord)).toEqual([null, null, null]);
    expect(wrongInRecord({ ...madeRecord(), end: [1, 2], match: {} })).toBe('end');
    expect(wrongInRecord({ ...madeRecord(), match: {} })).toBe('match');
    expect(wrongInRecord({ ...SEARCH, starts: undefined })).toBe('evaluations');
    expect([null, 3, 'x', [], {}].map(wrongInRecord)).toEqual(Array(5).fill('structure'));
  });

  it('is refused, or stands all that the page does with it, whatever field is changed to whatever', () => {
    const escaped: string[] = [];
    for (const [path, changed] of damaged(SEARCH, BAD)) {
      if (wrongInRecord(changed) !== null) continue;
      const record = changed as TrialRecord;
      for (const { trials } of groupsOf([record, madeRecord()])) {
        if (trials.length === 0) continue;
        const numbers = [
          rateOf(trials, 'strict').share,
          ...Object.values(endsOf(trials)),
          correlationOf(trials, 'amd').n,
        ];
        if (!numbers.every(Number.isFinite)) escaped.push(path);
        searchCounts(trials);
      }
      shownOf([record], { noise: 'both', shownLoss: 'cosine', shownRate: null });
    }
    expect(escaped).toEqual([]);
    expect(({} as { basin?: number }).basin).toBeUndefined();
  });

  it('may have failed, and says how', () => {
    const { structure, noise, sigma, variant, setting, loss, learningRate } = RECORD;
    const trial = { structure, noise, sigma, variant, setting, loss, learningRate };
    expect(wrongInRecord({ ...trial, failure: 'power cut' })).toBeNull();
    expect(wrongInRecord({ ...trial, failure: null })).toBe('failure');
  });

  it('is named with its line and field in a file', () => {
    const study = studyText({ conditions: PAPER_CONDITIONS, records: [madeRecord()] });
    const bad = study.replace('"amd":0.1', '"amd":1e999');
    expect(() => readStudy(bad, 'a')).toThrow(
      'a, line 2: this is not the record of a trial: it has no proper “amd”',
    );
    expect(() => readStudy(study.replace('"seed":0', '"seed":[[0]]'), 'a')).toThrow(
      'a, line 1: the conditions have no proper “seed”',
    );
  });
});

describe('conditions and plans that were kept', () => {
  it('are what presets make, and nothing less', () => {
    for (const { id } of STUDY_PRESETS) {
      const plan = studyPreset(id).plan('lattice');
      expect(isPlan(plan)).toBe(true);
      for (const [path, changed] of damaged(plan, [undefined, {}, Number.NaN]))
        if (path !== 'conditions.mseMaxIndex' && isPlan(changed)) expect.fail(path);
    }
    expect(wrongInConditions(PAPER_CONDITIONS)).toBeNull();
    expect(wrongInConditions({ ...PAPER_CONDITIONS, cells: 'both' })).toBe('cells');
  });
});
