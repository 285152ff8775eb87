import type { DBSchema } from 'idb';
import { deviceDatabase } from '../core/deviceDatabase.ts';

interface Schema extends DBSchema {
  weights: { key: string; value: SavedWeights };
}

export interface SavedWeights {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

const KEY = 'potential';

const database = deviceDatabase<Schema>('braggscape-energy', db => void db.createObjectStore('weights'));

/** Keeps the weights for the next visit. Rejects where the browser has no room or no database. */
export const saveWeights = async (weights: SavedWeights): Promise<unknown> =>
  (await database()).put('weights', weights, KEY);

/** Weights of an earlier visit; null where there are none. */
export const loadWeights = async (): Promise<SavedWeights | null> =>
  (await (await database()).get('weights', KEY)) ?? null;

export const deleteWeights = async (): Promise<void> => (await database()).delete('weights', KEY);
