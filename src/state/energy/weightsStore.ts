import type { DBSchema } from 'idb';
import { type Checks, isEither, isText, wrongField } from '../../num/fields.ts';
import { deviceDatabase } from '../core/deviceDatabase.ts';

interface Schema extends DBSchema {
  weights: { key: string; value: SavedWeights };
}

export interface SavedWeights {
  readonly name: string;
  /** Null where the page could not compute it. */
  readonly sha256: string | null;
  readonly bytes: Uint8Array;
}

const KEY = 'potential';

const database = deviceDatabase<Schema>('braggscape-energy', db => void db.createObjectStore('weights'));

/** Keeps the weights for the next visit. Rejects where the browser has no room or no database. */
export const saveWeights = async (weights: SavedWeights): Promise<unknown> =>
  (await database()).put('weights', weights, KEY);

const WEIGHTS: Checks<SavedWeights> = {
  name: isText(1000),
  sha256: isEither(null, isText(64)),
  bytes: value => value instanceof Uint8Array,
};

/** Weights of an earlier visit; null where there are none. */
export async function loadWeights(): Promise<SavedWeights | null> {
  const kept = await (await database()).get('weights', KEY);
  return kept && wrongField(kept, WEIGHTS) === null ? kept : null;
}

export const deleteWeights = async (): Promise<void> => (await database()).delete('weights', KEY);
