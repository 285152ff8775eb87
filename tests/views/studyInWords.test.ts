import { describe, expect, it } from 'vitest';
import { DEFAULT_INPUTS } from '../../src/state/core/inputs.ts';
import { planOfInputs } from '../../src/state/study/studyPlan.ts';
import { plannedRun } from '../../src/state/study/studyRun.ts';
import { descentCount } from '../../src/study/plan.ts';
import { failuresInWords, noResults, resultsInWords } from '../../src/views/study/inWords.ts';
import { shownOf } from '../../src/views/study/shown.ts';
import { madeRecord } from '../study/madeRecord.ts';

const inputs = { ...DEFAULT_INPUTS.study, source: 'own' as const };
const run = plannedRun(planOfInputs(inputs), []);

describe('the words above the results of a study', () => {
  it('say before the first number what the plan will do, and with how many descents', () => {
    const [none, plan] = noResults(inputs, null, null);
    expect(none).toContain('no results for distorted lattices yet');
    expect(plan).toContain(`${descentCount(planOfInputs(inputs))} descents`);
    expect(plan).toMatch(/10 crystals at 5 levels, 4 copies each, and starts 2 kinds of descent/);
    const empty = { ...inputs, structures: [] };
    expect(plannedRun(planOfInputs(empty), [])).toMatchObject({ doneDescents: 0, totalDescents: 0 });
    expect(noResults(empty, null, null)[1]).toContain('plan on the left is empty');
    expect(noResults(inputs, { ...run, status: 'computing' }, null)[0]).toContain('first numbers appear');
    expect(noResults({ ...inputs, source: 'shipped' }, null, 'The file is gone')).toEqual([
      'The file is gone',
    ]);
  });

  it('give the rates of the level shown with n, and what is still to come', () => {
    const records = [0, 1, 2, 3].map(variant => madeRecord({ variant, learningRate: 0.005, loss: 'cosine' }));
    const shown = shownOf(records, { noise: records[0]!.noise, shownLoss: 'cosine', shownRate: null });
    const [sentence, left] = resultsInWords(
      shown,
      records[0]!.sigma,
      { criterion: 'match', source: 'own' },
      run,
    );
    expect(sentence).toMatch(/^4 descents of 1 crystal at 1 level\. .*\(n = 4\)/);
    expect(left).toContain(
      `${run.totalDescents} descents of the plan are still to come`.replace(/\d(?=(\d{3})+ )/, '$&'),
    );
    expect(resultsInWords(shown, 0.1, { criterion: 'match', source: 'shipped' }, run).length).toBe(1);
  });

  it('name the reasons of failed trials, the most frequent first', () => {
    expect(failuresInWords(['b', 'a', 'a'])).toBe('3 trials failed and count in no rate: a (2 times); b.');
    expect(failuresInWords(['a'])).toBe('1 trial failed and counts in no rate: a.');
  });
});
