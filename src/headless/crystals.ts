import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { LIBRARY } from '../crystal/library.ts';
import type { Structure } from '../crystal/structure.ts';
import { readCrystalFile } from '../formats/crystalFile.ts';

const LIBRARY_FOLDER = join(import.meta.dirname, '../../public/structures');

/**
 * A crystal named by its id in the library or by the path of a file, read as the page reads it: CIF, POSCAR or pymatgen
 * JSON; the first crystal of a file that holds several. What was assumed is told on standard error.
 * @throws a sentence with file and line
 */
export function crystalFrom(name: string): Structure {
  const entry = LIBRARY.find(({ id }) => id === name);
  const path = entry ? join(LIBRARY_FOLDER, entry.file) : name;
  const result = readCrystalFile(path, bytesOf(path));
  if (!result.ok)
    throw new Error(`${path}${result.line === undefined ? '' : `, line ${result.line}`}: ${result.message}`);
  const [first, ...more] = result.value.blocks;
  const { label, structure, assumptions } = first!;
  if (more.length) console.error(`${path}: ${label} is taken, the first of ${more.length + 1} crystals`);
  for (const sentence of [...result.warnings, ...assumptions]) console.error(`${path}: ${sentence}`);
  return structure;
}

/** The name of a crystal in results: the library's id, or the name of the file without its ending. */
export const nameOf = (name: string): string =>
  LIBRARY.some(({ id }) => id === name) ? name : basename(name, extname(name));

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    const ids = LIBRARY.map(({ id }) => id).join(', ');
    throw new Error(`${path} is no file that can be read and no crystal of the library (${ids})`);
  }
}
