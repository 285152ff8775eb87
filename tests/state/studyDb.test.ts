import 'fake-indexeddb/auto';
import { gzipSync } from 'fflate';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { studyOfBytes } from '../../src/engine/methods/files.ts';
import {
  deleteStudy,
  keptStudyText,
  loadStudy,
  savePlan,
  saveRecords,
} from '../../src/state/study/studyDb.ts';
import { forgetStudy, forgetUnread } from '../../src/state/study/studyFiles.ts';
import { study } from '../../src/state/study/studySlice.ts';
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
    expect(await loadStudy()).toEqual({ plan: null, conditions: null, records: [], unread: 0 });
    await savePlan(PLAN, PAPER_CONDITIONS);
    await saveRecords(records);
    const kept = await loadStudy();
    expect(kept).toMatchObject({ plan: PLAN, conditions: PAPER_CONDITIONS });
    expect(kept.records).toHaveLength(3);
  });

  it('has every record of batches that are written at the same time, each once, the newest', async () => {
    const newer = madeRecord({ variant: 1, steps: 7 });
    await savePlan(PLAN, PAPER_CONDITIONS);
    await Promise.all([
      saveRecords(records),
      saveRecords([newer]),
      saveRecords([madeRecord({ variant: 9 })]),
    ]);
    const kept = (await loadStudy()).records;
    expect(kept.map(({ variant }) => variant).sort()).toEqual([0, 1, 2, 9]);
    expect(kept.find(({ variant }) => variant === 1)).toEqual(newer);
  });

  it('leaves out what is no record, plan or conditions, counts it, and has it in the text that is saved first', async () => {
    await savePlan({ ...PLAN, levels: 'all' } as never, PAPER_CONDITIONS);
    await saveRecords([...records, { ...madeRecord({ variant: 3 }), end: [1, 2], match: {} } as never]);
    const kept = await loadStudy();
    expect(kept).toMatchObject({ plan: null, unread: 2 });
    expect(kept.records).toHaveLength(3);
    const lines = (await keptStudyText()).trim().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)).toMatch(/"end":\[1,2\],.*"match":\{\}/);
    study.set({ own: { conditions: PAPER_CONDITIONS, records: kept.records }, unread: 2 });
    await forgetUnread();
    expect(await loadStudy()).toMatchObject({ unread: 0, records: kept.records });
    await savePlan(PLAN, { ...PAPER_CONDITIONS, seed: -1 });
    expect(await loadStudy()).toMatchObject({ conditions: null, records: [], unread: 4 });
    await forgetStudy();
    expect(await loadStudy()).toEqual({ plan: null, conditions: null, records: [], unread: 0 });
    expect(study.get()).toMatchObject({ own: null, run: null, unread: 0 });
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
    expect((await loadStudy()).unread).toBe(3);
    await savePlan(null, PAPER_CONDITIONS);
    expect((await loadStudy()).records).toHaveLength(3);
  });
});

describe('bytes of a study file', () => {
  it('that swell beyond what is read are refused before the memory is full, by name', () => {
    const bomb = gzipSync(new Uint8Array(200_000_000), { level: 9 });
    expect(bomb.length).toBeLessThan(1e6);
    expect(() => studyOfBytes(bomb, 'bomb.jsonl.gz')).toThrow(
      /^bomb\.jsonl\.gz: the file unpacks to more than 64 MB/,
    );
    expect(() => studyOfBytes(gzipSync(new Uint8Array(10)).subarray(0, 20), 'cut.gz')).toThrow(
      'cut.gz: the gzip data',
    );
  });

  it('of millions of blank lines are read without a list of them', () => {
    expect(() => studyOfBytes(new Uint8Array(30_000_000).fill(10), 'blank')).toThrow('blank is empty');
  });
});
