import type { Structure } from '../../crystal/structure.ts';
import { loadStructure } from './loadStructure.ts';

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
