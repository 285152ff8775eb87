import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIBRARY } from '../../src/crystal/library.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { readCif } from '../../src/formats/cif.ts';

const FOLDER = join(import.meta.dirname, '../../public/structures');

/** Text of a CIF file of the library, as the page fetches it. */
export const libraryText = (id: string): string => {
  const entry = LIBRARY.find(candidate => candidate.id === id);
  if (!entry) throw new Error(`the library has no "${id}"`);
  return readFileSync(join(FOLDER, entry.file), 'utf8');
};

/** A crystal of the library, read as the page reads it. */
export function libraryStructure(id: string): Structure {
  const result = readCif(libraryText(id));
  if (!result.ok) throw new Error(`${id}: ${result.message}`);
  return result.value;
}
