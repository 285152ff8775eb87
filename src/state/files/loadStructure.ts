import { catalogueEntry } from '../../crystal/catalogue.ts';
import type { Structure } from '../../crystal/structure.ts';
import { isUserCrystal } from '../../formats/userIds.ts';
import { userCrystal } from './userFiles.ts';

/** Fetches a built-in crystal, or takes an own one from those of the user. Rejects with a sentence that says what failed and where. */
export async function loadStructure(id: string, signal: AbortSignal): Promise<Structure> {
  if (isUserCrystal(id)) return userCrystal(id);
  const entry = catalogueEntry(id);
  if (!entry) throw new Error(`The library has no crystal “${id}”.`);
  const response = await fetch(new URL(`structures/${entry.json}`, document.baseURI), { signal });
  if (!response.ok) throw new Error(`${entry.json} could not be fetched (${response.status}).`);
  return (await response.json()) as Structure;
}

const cached = new Map<string, Promise<Structure>>();

/** A crystal by its identity, read once. What failed is tried again the next time. */
export function crystalOf(id: string): Promise<Structure> {
  const known = cached.get(id);
  if (known) return known;
  const reading = loadStructure(id, new AbortController().signal);
  cached.set(id, reading);
  reading.catch(() => cached.delete(id));
  return reading;
}
