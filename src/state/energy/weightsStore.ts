import { type DBSchema, openDB } from 'idb';

interface Schema extends DBSchema {
  weights: { key: string; value: KeptWeights };
}

export interface KeptWeights {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

const KEY = 'potential';

const database = () =>
  openDB<Schema>('braggscape-energy', 1, { upgrade: db => void db.createObjectStore('weights') });

/** Keeps the weights for the next visit. Rejects where the browser has no room or no database. */
export async function keepWeights(weights: KeptWeights): Promise<void> {
  const db = await database();
  await db.put('weights', weights, KEY);
  db.close();
}

/** What an earlier visit kept; null where there is nothing. */
export async function keptWeights(): Promise<KeptWeights | null> {
  const db = await database();
  const found = await db.get('weights', KEY);
  db.close();
  return found ?? null;
}

export async function forgetWeights(): Promise<void> {
  const db = await database();
  await db.delete('weights', KEY);
  db.close();
}
