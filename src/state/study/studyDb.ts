import type { DBSchema } from 'idb';
import { isPlan, wrongInConditions, wrongInRecord } from '../../study/checkRecord.ts';
import type { Conditions, StudyPlan } from '../../study/plan.ts';

import type { TrialRecord } from '../../study/record.ts';
import { headerLine } from '../../study/studyFile.ts';
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
  /** Kept values that are no records, plan or conditions of this version: left where they are, and told. */
  readonly unread: number;
}

/** Everything kept, as it is. */
async function everything(): Promise<{ plan: unknown; conditions: unknown; records: readonly unknown[] }> {
  const db = await database();
  const [plan, conditions, records] = await Promise.all([
    db.get('settings', 'plan'),
    db.get('settings', 'conditions'),
    db.getAll('records'),
  ]);
  return { plan: plan ?? null, conditions: conditions ?? null, records };
}

export async function loadStudy(): Promise<SavedStudy> {
  const kept = await everything();
  const conditions = wrongInConditions(kept.conditions) === null ? (kept.conditions as Conditions) : null;
  const plan = isPlan(kept.plan) ? kept.plan : null;
  const records = conditions
    ? kept.records.filter((record): record is TrialRecord => wrongInRecord(record) === null)
    : [];
  const unread =
    kept.records.length -
    records.length +
    Number(kept.plan !== plan) +
    Number(kept.conditions !== conditions);
  return { plan, conditions, records, unread };
}

/** Everything kept as lines of a study file, whether or not they can be read. */
export async function keptStudyText(): Promise<string> {
  const { plan, conditions, records } = await everything();
  const header = { ...(JSON.parse(headerLine(conditions as Conditions)) as object), plan };
  return `${[header, ...records].map(value => JSON.stringify(value)).join('\n')}\n`;
}

export async function deleteStudy(): Promise<void> {
  const db = await database();
  await Promise.all([db.clear('records'), db.clear('settings')]);
}
