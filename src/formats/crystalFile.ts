import { hallOperators } from '../crystal/hall.ts';
import {
  settingName,
  settingOfOperators,
  settingOperators,
  settingsByNumber,
  settingsBySymbol,
} from '../crystal/spaceGroups.ts';
import type { Structure } from '../crystal/structure.ts';
import { readCifBlocks } from './cif.ts';
import { decodeText } from './decodeText.ts';
import { plainFile } from './fileBytes.ts';
import type { SpaceGroupTable } from './namedGroup.ts';
import { readPoscar } from './poscar.ts';
import { readPymatgenJson } from './pymatgenJson.ts';
import { excerpt, FormatError, type Result, settle } from './result.ts';

export type CrystalFormat = 'cif' | 'poscar' | 'pymatgen-json';

export const CRYSTAL_FORMATS: Readonly<Record<CrystalFormat, string>> = {
  cif: 'CIF',
  poscar: 'POSCAR',
  'pymatgen-json': 'pymatgen JSON',
};

/** A crystal of a file. */
export interface CrystalBlock {
  /** For a chooser: the block's name, unique in the file. */
  readonly label: string;
  /** "SiO2, P 32 2 1, 9 atoms in the cell". */
  readonly detail: string;
  readonly structure: Structure;
  /** Every assumption made in reading it, one sentence each. */
  readonly assumptions: readonly string[];
}

export interface RefusedBlock {
  readonly label: string;
  readonly message: string;
  readonly line?: number | undefined;
}

export interface CrystalFile {
  readonly format: CrystalFormat;
  readonly formatLabel: string;
  /** At least one. */
  readonly blocks: readonly CrystalBlock[];
  /** Blocks with atoms that could not be read. */
  readonly refused: readonly RefusedBlock[];
}

/** The table of space groups, whole. */
export const SPACE_GROUPS: SpaceGroupTable = {
  hallOperators,
  settingsBySymbol,
  settingsByNumber,
  settingOperators,
  settingOfOperators,
  settingName,
};

/**
 * Reads a file of crystals: CIF, POSCAR or CONTCAR, pymatgen JSON, each also packed by gzip. What it is, is decided by
 * its content, and where that leaves it open by its name. Bounds: limits.ts.
 */
export function readCrystalFile(name: string, bytes: Uint8Array): Result<CrystalFile> {
  return settle(() => {
    const file = plainFile(name, bytes);
    const text = decodeText(file.bytes);
    const format = formatOf(file.name, text);
    const found = readAs(format, text);
    if (!found.ok) return found;
    const blocks: CrystalBlock[] = [];
    const refused: RefusedBlock[] = [];
    const used = new Set<string>();
    for (const [i, { name: given, result }] of found.value.entries()) {
      const label = unique(excerpt(given || `block ${i + 1}`, 60), used);
      if (result.ok)
        blocks.push({
          label,
          detail: detailOf(result.value),
          structure: result.value,
          assumptions: result.warnings,
        });
      else refused.push({ label, message: result.message, line: result.line });
    }
    if (blocks.length === 0) {
      const { message, line, label } = refused[0]!;
      throw new FormatError(refused.length > 1 ? `${label}: ${message}` : message, line);
    }
    return {
      ok: true,
      value: { format, formatLabel: CRYSTAL_FORMATS[format], blocks, refused },
      warnings: [...file.warnings, ...found.warnings],
    };
  });
}

function readAs(
  format: CrystalFormat,
  text: string,
): Result<readonly { readonly name: string; readonly result: Result<Structure> }[]> {
  if (format === 'cif') return readCifBlocks(text, SPACE_GROUPS);
  if (format === 'pymatgen-json') return readPymatgenJson(text);
  const result = readPoscar(text);
  return result.ok ? { ok: true, value: [{ name: result.value.name, result }], warnings: [] } : result;
}

function formatOf(name: string, text: string): CrystalFormat {
  const start = text.slice(0, 200_000);
  if (/^\s*[[{]/.test(start)) return 'pymatgen-json';
  if (/^[ \t]*(?:data_|loop_[ \t]*$|_(?:cell|atom_site|symmetry|space_group)[_.])/im.test(start))
    return 'cif';
  const last = name.slice(name.lastIndexOf('/') + 1);
  if (/\.m?cif$/i.test(last)) return 'cif';
  if (/poscar|contcar|\.vasp$/i.test(last) || looksLikePoscar(start)) return 'poscar';
  if (/\.json$/i.test(last)) return 'pymatgen-json';
  throw new FormatError(
    `${excerpt(last, 60) || 'the text'} is neither CIF, POSCAR nor pymatgen JSON: its first line is "${excerpt(start.trim().split(/[\r\n]/)[0] ?? '')}"`,
  );
}

/** A number in the second line and three in each of the three after it. */
function looksLikePoscar(text: string): boolean {
  const lines = text.split(/\r\n|\n|\r/, 6);
  const numeric = (line: string | undefined, least: number): boolean => {
    const words = (line ?? '').trim().split(/\s+/);
    return (
      words.length >= least &&
      words.slice(0, least).every(word => word !== '' && Number.isFinite(Number(word)))
    );
  };
  return numeric(lines[1], 1) && [2, 3, 4].every(at => numeric(lines[at], 3));
}

function detailOf({ formula, spaceGroup, sites }: Structure): string {
  const group = spaceGroup.symbol === '?' ? 'no space group given' : spaceGroup.symbol;
  return `${excerpt(formula, 60)}, ${excerpt(group, 30)}, ${sites.length} ${sites.length === 1 ? 'atom' : 'atoms'} in the cell`;
}

function unique(label: string, used: Set<string>): string {
  let name = label;
  for (let n = 2; used.has(name); n++) name = `${label} (${n})`;
  used.add(name);
  return name;
}
