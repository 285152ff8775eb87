import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Structure } from '../../src/crystal/structure.ts';
import { readCif } from '../../src/formats/cif.ts';

/** A crystal of the library, as text and as read. */
export function readCrystal(id: string): { text: string; structure: Structure } {
  const text = readFileSync(join(import.meta.dirname, `../../public/structures/${id}.cif`), 'utf8');
  const result = readCif(text);
  if (!result.ok) throw new Error(`${id}.cif could not be read`);
  return { text, structure: result.value };
}
