import { type Cell, cellFromMatrix, cellProblem } from '../crystal/cell.ts';
import { familyOfCell } from '../crystal/cellFamily.ts';
import { isElement } from '../crystal/elements.ts';
import type { Site, Structure } from '../crystal/structure.ts';
import { boundedJson, field, type Json } from './boundedJson.ts';
import { formulaOf } from './formula.ts';
import { MOST_ATOMS, MOST_BLOCKS, MOST_COORDINATE } from './limits.ts';
import { excerpt, FormatError, type Result, settle } from './result.ts';

export interface JsonCrystal {
  readonly name: string;
  readonly result: Result<Structure>;
}

/**
 * Structures of pymatgen as `Structure.as_dict` writes them (also IStructure), alone, in a list, or as the field
 * "structure" of an entry or of a document of the Materials Project.
 */
export function readPymatgenJson(text: string): Result<readonly JsonCrystal[]> {
  const json = boundedJson(text);
  if (!json.ok) return json;
  const found = structuresIn(json.value);
  if (found.length === 0)
    return {
      ok: false,
      message: 'the JSON holds no pymatgen structure (an object with "lattice" and "sites")',
    };
  const warnings =
    found.length > MOST_BLOCKS
      ? [`only the first ${MOST_BLOCKS} of ${found.length} structures are read`]
      : [];
  return {
    ok: true,
    warnings,
    value: found
      .slice(0, MOST_BLOCKS)
      .map(({ name, value }) => ({ name, result: settle(() => readOne(value, name)) })),
  };
}

interface Found {
  readonly name: string;
  readonly value: Json;
}

function structuresIn(json: Json): Found[] {
  const list = Array.isArray(json)
    ? (json as readonly Json[])
    : ([field(json, 'data') ?? field(json, 'structures') ?? json].flat() as Json[]);
  return list.flatMap((entry, i): Found[] => {
    const id = field(entry, 'material_id') ?? field(entry, 'entry_id') ?? field(entry, 'formula_pretty');
    const name = typeof id === 'string' ? excerpt(id) : `structure ${i + 1}`;
    for (const value of [entry, field(entry, 'structure'), field(entry, 'final_structure')])
      if (
        value !== undefined &&
        (field(value, 'lattice') !== undefined || /Molecule/.test(String(field(value, '@class'))))
      )
        return [{ name, value }];
    return [];
  });
}

function fail(message: string): never {
  throw new FormatError(message);
}

function readOne(json: Json, name: string): Result<Structure> {
  const kind = field(json, '@class');
  if (typeof kind === 'string' && !/Structure$|^IStructure$/.test(kind))
    fail(`"@class" is ${excerpt(kind)}, not Structure: it has no cell`);
  const assumptions: string[] = [];
  const cell = readLattice(field(json, 'lattice'));
  const rows = field(json, 'sites');
  if (!Array.isArray(rows) || rows.length === 0) return fail('"sites" is not a list of atoms');
  if (rows.length > MOST_ATOMS) fail(`"sites" has ${rows.length} atoms; at most ${MOST_ATOMS} are read`);
  const sites = (rows as readonly Json[]).flatMap((row, i) => readSite(row, i, assumptions));
  if (sites.length === 0) fail('no site holds an atom');
  const formula = formulaOf(sites);
  assumptions.push(
    'pymatgen JSON names no space group: every atom is listed, and the symmetry is to be found from them',
  );
  return {
    ok: true,
    warnings: [...new Set(assumptions)].slice(0, 20),
    value: {
      name: name.startsWith('structure ') ? formula : name,
      formula,
      cell,
      sites,
      spaceGroup: { symbol: '?', number: null },
      family: familyOfCell(cell),
      source: 'pymatgen JSON',
    },
  };
}

function numbers(value: Json | undefined, count: number): number[] | null {
  return Array.isArray(value) &&
    value.length === count &&
    value.every(item => typeof item === 'number' && Number.isFinite(item))
    ? (value as number[])
    : null;
}

function readLattice(lattice: Json | undefined): Cell {
  const matrix = field(lattice, 'matrix');
  let cell: Cell;
  if (Array.isArray(matrix)) {
    const rows = matrix.map(row => numbers(row, 3));
    if (rows.length !== 3 || rows.some(row => row === null))
      fail('"lattice.matrix" is not three rows of three numbers');
    const m = new Float64Array(9);
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) m[3 * j + i] = rows[i]![j]!;
    cell = cellFromMatrix(m);
  } else {
    const parts = numbers(
      ['a', 'b', 'c', 'alpha', 'beta', 'gamma'].map(key => field(lattice, key) ?? null),
      6,
    );
    if (!parts) return fail('"lattice" has neither a matrix nor a, b, c, alpha, beta, gamma');
    cell = parts as unknown as Cell;
  }
  const problem = cellProblem(cell);
  if (problem) fail(`"lattice": ${problem}`);
  return cell;
}

function readSite(row: Json, i: number, assumptions: string[]): Site[] {
  const where = `sites[${i}]`;
  const fract = numbers(field(row, 'abc'), 3);
  if (!fract) return fail(`"${where}.abc" is not three numbers`);
  if (fract.some(value => Math.abs(value) > MOST_COORDINATE))
    return fail(`"${where}.abc" is more than ${MOST_COORDINATE} cells away`);
  const species = field(row, 'species');
  if (!Array.isArray(species) || species.length === 0 || species.length > 50)
    return fail(`"${where}.species" is not a list of species`);
  const given = field(row, 'label');
  return (species as readonly Json[]).flatMap((entry, k): Site[] => {
    const text = field(entry, 'element');
    const occupancy = field(entry, 'occu') ?? 1;
    if (typeof text !== 'string') return fail(`"${where}.species[${k}].element" is missing`);
    if (typeof occupancy !== 'number' || !(occupancy >= 0 && occupancy <= 1.1))
      return fail(`"${where}.species[${k}].occu" is not an occupancy from 0 to 1`);
    const letters = /^([A-Z][a-z]?)(?![a-z])/.exec(text)?.[1] ?? '';
    const element = letters === 'D' ? 'H' : letters;
    if (letters === 'D') assumptions.push('deuterium (D) scatters X-rays as hydrogen and is read as H');
    if (!isElement(element)) {
      if (/^X|^Va|^Qa/.test(text)) {
        assumptions.push(`dummy species "${excerpt(text, 10)}" are left out`);
        return [];
      }
      return fail(`"${where}.species[${k}].element": "${excerpt(text)}" is not an element`);
    }
    if (occupancy === 0) return [];
    const label =
      typeof given === 'string' && given.length > 0 && given !== element
        ? excerpt(given, 20)
        : `${element}${i + 1}`;
    return [{ label, element, fract: fract as [number, number, number], occupancy }];
  });
}
