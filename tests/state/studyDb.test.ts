import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deleteStudy, loadStudy, savePlan, saveRecords } from '../../src/state/study/studyDb.ts';
import { PAPER_CONDITIONS, type StudyPlan } from '../../src/study/plan.ts';
import { madeRecord } from '../study/madeRecord.ts';

const PLAN: StudyPlan = {
  conditions: PAPER_CONDITIONS,
  structures: ['U2Ti'],
  noise: 'lattice',
  levels: [0.1],
  series: [],
  variants: 1,
  firstVariant: 0,
};
const records = [0, 1, 2].map(variant => madeRecord({ variant }));

beforeEach(deleteStudy);
afterEach(() => vi.restoreAllMocks());

describe('what this device keeps of the study', () => {
  it('is nothing at first, and what was put there afterwards', async () => {
    expect(await loadStudy()).toEqual({ plan: null, conditions: null, records: [] });
    await savePlan(PLAN, PAPER_CONDITIONS);
    await saveRecords(records);
    const kept = await loadStudy();
    expect(kept).toMatchObject({ plan: PLAN, conditions: PAPER_CONDITIONS });
    expect(kept.records).toHaveLength(3);
  });

  it('has every record of batches that are written at the same time, each once, the newest', async () => {
    const newer = madeRecord({ variant: 1, steps: 7 });
    await Promise.all([
      saveRecords(records),
      saveRecords([newer]),
      saveRecords([madeRecord({ variant: 9 })]),
    ]);
    const kept = (await loadStudy()).records;
    expect(kept.map(({ variant }) => variant).sort()).toEqual([0, 1, 2, 9]);
    expect(kept.find(({ variant }) => variant === 1)).toEqual(newer);
  });

  it('keeps the records when the plan is given up', async () => {
    await savePlan(PLAN, PAPER_CONDITIONS);
    await saveRecords(records);
    await savePlan(null, PAPER_CONDITIONS);
    const kept = await loadStudy();
    expect(kept).toMatchObject({ plan: null, conditions: PAPER_CONDITIONS });
    expect(kept.records).toHaveLength(3);
  });

  it('lets go for a tab that wants a newer form, and is there again afterwards', async () => {
    await saveRecords(records);
    const newer = await openDB('braggscape-study', 2);
    expect(await newer.count('records')).toBe(3);
    newer.close();
    // this version cannot open a newer form: it says so instead of waiting for ever
    await expect(loadStudy()).rejects.toThrow(/version/i);
    indexedDB.deleteDatabase('braggscape-study');
    expect((await loadStudy()).records).toEqual([]);
  });

  it('is opened anew after a failure, which was kept for good: one refusal ended all keeping', async () => {
    const other = await openDB('braggscape-study');
    other.close();
    const blocked = await openDB('braggscape-study', 2);
    blocked.close();
    await expect(saveRecords(records)).rejects.toThrow();
    indexedDB.deleteDatabase('braggscape-study');
    await saveRecords(records);
    expect((await loadStudy()).records).toHaveLength(3);
  });
});
