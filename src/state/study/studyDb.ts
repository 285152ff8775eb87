import type { DBSchema } from 'idb';
import type { Conditions, StudyPlan } from '../../study/plan.ts';
import type { TrialRecord } from '../../study/record.ts';
import { trialId } from '../../study/trialKey.ts';
import { deviceDatabase } from '../core/deviceDatabase.ts';

/** Store of the study on this device: every record as soon as it is there, the plan under way, the conditions. */
interface Schema extends DBSchema {
  records: { key: string; value: TrialRecord };
  settings: { key: 'plan' | 'conditions'; value: StudyPlan | Conditions };
}

const database = deviceDatabase<Schema>('braggscape-study', db => {
  db.createObjectStore('records');
  db.createObjectStore('settings');
});

export async function saveRecords(records: readonly TrialRecord[]): Promise<void> {
  const transaction = (await database()).transaction('records', 'readwrite');
  await Promise.all([
    ...records.map(record => transaction.store.put(record, trialId(record))),
    transaction.done,
  ]);
}

export async function savePlan(plan: StudyPlan | null, conditions: Conditions): Promise<void> {
  const db = await database();
  await db.put('settings', conditions, 'conditions');
  if (plan) await db.put('settings', plan, 'plan');
  else await db.delete('settings', 'plan');
}

export interface SavedStudy {
  readonly plan: StudyPlan | null;
  readonly conditions: Conditions | null;
  readonly records: readonly TrialRecord[];
}

export async function loadStudy(): Promise<SavedStudy> {
  const db = await database();
  const [plan, conditions, records] = await Promise.all([
    db.get('settings', 'plan'),
    db.get('settings', 'conditions'),
    db.getAll('records'),
  ]);
  return { plan: (plan as StudyPlan) ?? null, conditions: (conditions as Conditions) ?? null, records };
}

export async function deleteStudy(): Promise<void> {
  const db = await database();
  await Promise.all([db.clear('records'), db.clear('settings')]);
}
