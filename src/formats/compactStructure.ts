import { type Cell, cellProblem } from '../crystal/cell.ts';
import { isElement } from '../crystal/elements.ts';
import { FAMILIES, type FamilyId } from '../crystal/family.ts';
import type { Site, Structure } from '../crystal/structure.ts';
import type { Json } from './boundedJson.ts';
import { MOST_ATOMS, MOST_COORDINATE } from './limits.ts';
import type { Result } from './result.ts';

/**
 * A structure as few numbers and words as JSON can say it in, for links and project files:
 * [1, name, formula, cell, symbol, number, family, source, sites], a site [element, x, y, z, occupancy?, label?].
 */
const VERSION = 1;

/** Longest text of a field. */
const MOST_TEXT = 400;

/** Twelve digits: what a link or file brings back is what the page computed with. */
const short = (value: number): number => Number(value.toPrecision(12));

const usualLabel = (element: string, index: number): string => `${element}${index + 1}`;

/** The structure as it is after a way through `compactStructure`: twelve digits, bounded texts. */
export function settled(structure: Structure): Structure {
  return {
    ...structure,
    name: structure.name.slice(0, MOST_TEXT),
    formula: structure.formula.slice(0, MOST_TEXT),
    source: structure.source.slice(0, MOST_TEXT),
    cell: structure.cell.map(short) as unknown as Cell,
    sites: structure.sites.map(site => ({
      ...site,
      fract: [short(site.fract[0]), short(site.fract[1]), short(site.fract[2])],
      occupancy: short(site.occupancy),
    })),
  };
}

export function compactStructure(structure: Structure): Json {
  const { name, formula, cell, spaceGroup, family, source, sites } = settled(structure);
  return [
    VERSION,
    name,
    formula,
    [...cell],
    spaceGroup.symbol,
    spaceGroup.number,
    family,
    source,
    sites.map(({ element, fract, occupancy, label }, i) => {
      const named = label !== usualLabel(element, i);
      const tail = named ? [occupancy, label] : occupancy !== 1 ? [occupancy] : [];
      return [element, ...fract, ...tail];
    }),
  ];
}

const refused = (message: string): { readonly ok: false; readonly message: string } => ({
  ok: false,
  message,
});
const isText = (value: Json | undefined): value is string =>
  typeof value === 'string' && value.length <= MOST_TEXT;

/** Checks every field; what is wrong is named. */
export function readCompactStructure(json: Json | undefined): Result<Structure> {
  if (!Array.isArray(json)) return refused('the structure is not a list');
  const [version, name, formula, cell, symbol, number, family, source, sites] = json as readonly Json[];
  if (version !== VERSION) return refused(`the structure has version ${String(version)}, not ${VERSION}`);
  if (!isText(name) || !isText(formula) || !isText(source) || !isText(symbol))
    return refused('name, formula, space group or source of the structure is not a text');
  if (number !== null && !(Number.isInteger(number) && Number(number) >= 1 && Number(number) <= 230))
    return refused('the space-group number of the structure is not 1 to 230');
  if (!FAMILIES.some(entry => entry.id === family))
    return refused('the crystal family of the structure is unknown');
  if (!Array.isArray(cell) || cell.length !== 6 || !cell.every(value => typeof value === 'number'))
    return refused('the cell of the structure is not six numbers');
  const problem = cellProblem(cell as unknown as Cell);
  if (problem) return refused(`the cell of the structure: ${problem}`);
  if (!Array.isArray(sites) || sites.length === 0 || sites.length > MOST_ATOMS)
    return refused(`the structure does not have 1 to ${MOST_ATOMS} atoms`);
  const atoms: Site[] = [];
  for (const [i, entry] of (sites as readonly Json[]).entries()) {
    const site = readSite(entry, i);
    if (typeof site === 'string') return refused(`atom ${i + 1} of the structure ${site}`);
    atoms.push(site);
  }
  return {
    ok: true,
    value: {
      name,
      formula,
      cell: cell as unknown as Cell,
      sites: atoms,
      spaceGroup: { symbol, number: number as number | null },
      family: family as FamilyId,
      source,
    },
    warnings: [],
  };
}

/** A structure that was kept somewhere, every field checked. */
export function checkedStructure(kept: unknown): Result<Structure> {
  try {
    return readCompactStructure(compactStructure(kept as Structure));
  } catch {
    return refused('a field of the structure is missing');
  }
}

function readSite(entry: Json, index: number): Site | string {
  if (!Array.isArray(entry)) return 'is not a list';
  const [element, x, y, z, occupancy = 1, label] = entry as readonly Json[];
  if (typeof element !== 'string' || !isElement(element)) return 'is not an element';
  if (![x, y, z].every(value => typeof value === 'number' && Math.abs(value) <= MOST_COORDINATE))
    return 'has no three coordinates';
  if (typeof occupancy !== 'number' || !(occupancy > 0 && occupancy <= 1))
    return 'has no occupancy of 0 to 1';
  if (label !== undefined && !isText(label)) return 'has no label';
  return {
    element,
    fract: [x as number, y as number, z as number],
    occupancy,
    label: label ?? usualLabel(element, index),
  };
}
