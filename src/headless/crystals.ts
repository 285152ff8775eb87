import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { LIBRARY } from '../crystal/library.ts';
import type { Structure } from '../crystal/structure.ts';
import { readCif } from '../formats/cif.ts';

const LIBRARY_FOLDER = join(import.meta.dirname, '../../public/structures');

/** A crystal named by its id in the library or by the path of a CIF. @throws a sentence with file and line */
export function crystalOf(name: string): Structure {
  const entry = LIBRARY.find(({ id }) => id === name);
  const path = entry ? join(LIBRARY_FOLDER, entry.file) : name;
  const result = readCif(textOf(path));
  if (result.ok) return result.value;
  throw new Error(`${path}${result.line === undefined ? '' : `, line ${result.line}`}: ${result.message}`);
}

/** What a crystal is called in results: the library's id, or the name of the file without its ending. */
export const nameOf = (name: string): string =>
  LIBRARY.some(({ id }) => id === name) ? name : basename(name, extname(name));

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    const ids = LIBRARY.map(({ id }) => id).join(', ');
    throw new Error(`${path} is no file that can be read and no crystal of the library (${ids})`);
  }
}
