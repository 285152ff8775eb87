import { LIBRARY, type LibraryEntry } from './library.ts';
import { TEACHING } from './teaching.ts';

/** Every built-in crystal: the paper's ten and those that are here to be compared. */
export const CATALOGUE: readonly LibraryEntry[] = [...LIBRARY, ...TEACHING];

export const catalogueEntry = (id: string): LibraryEntry | undefined =>
  CATALOGUE.find(entry => entry.id === id);

/** Name in lists: "Rutile, TiO2", or the formula alone. */
export const entryName = (entry: LibraryEntry): string =>
  entry.name === undefined ? entry.formula : `${entry.name}, ${entry.formula}`;
