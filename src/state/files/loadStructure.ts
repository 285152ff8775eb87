import { catalogueEntry } from '../../crystal/catalogue.ts';
import type { Structure } from '../../crystal/structure.ts';
import { readCif } from '../../formats/cif.ts';
import { ownCrystal } from './shelf.ts';
import { isOwnCrystal } from './sourceIds.ts';

/** Fetches and reads a built-in crystal, or takes an own one from the shelf. Rejects with a sentence that says what failed and where. */
export async function loadStructure(id: string, signal: AbortSignal): Promise<Structure> {
  if (isOwnCrystal(id)) return ownCrystal(id);
  const entry = catalogueEntry(id);
  if (!entry) throw new Error(`The library has no crystal “${id}”.`);
  const response = await fetch(new URL(`structures/${entry.file}`, document.baseURI), { signal });
  if (!response.ok) throw new Error(`${entry.file} could not be fetched (${response.status}).`);
  const result = readCif(await response.text());
  if (!result.ok) {
    const line = result.line === undefined ? '' : `, line ${result.line}`;
    throw new Error(`${entry.file}${line}: ${result.message}`);
  }
  return result.value;
}
