import { type Cell, cellProblem } from '../crystal/cell.ts';
import { isElement } from '../crystal/elements.ts';
import { type FamilyId, familyOfSpaceGroup } from '../crystal/family.ts';
import type { Site, Structure } from '../crystal/structure.ts';
import { orbit, parseOperator, type SymmetryOperator } from '../crystal/symmetry.ts';
import { type CifBlock, CifError, type CifValue, cifBlocks } from './cifTokens.ts';
import { formulaOf } from './formula.ts';
import type { Result } from './result.ts';

/**
 * Reads the first block with atoms of a CIF 1.1 file. Symmetry comes from the operators that the file lists; a file
 * that names a group other than P1 without listing them is refused, never read as P1. The crystal family comes from
 * the group's number, or where there is none from the cell.
 */
export function readCif(text: string): Result<Structure> {
  try {
    const blocks = cifBlocks(text);
    const block = blocks.find(candidate => column(candidate, ATOM_X) !== undefined);
    if (!block) return { ok: false, message: 'no data block with _atom_site_fract_x was found' };
    return readBlock(block);
  } catch (error) {
    if (error instanceof CifError) return { ok: false, message: error.message, line: error.line };
    throw error;
  }
}

const ATOM_X = ['_atom_site_fract_x', '_atom_site.fract_x'];
const OPERATORS = [
  '_space_group_symop_operation_xyz',
  '_space_group_symop.operation_xyz',
  '_symmetry_equiv_pos_as_xyz',
  '_symmetry_equiv.pos_as_xyz',
];
const NUMBER = ['_space_group_it_number', '_space_group.it_number', '_symmetry_int_tables_number'];
const SYMBOL = ['_space_group_name_h-m_alt', '_space_group.name_h-m_alt', '_symmetry_space_group_name_h-m'];

const column = (block: CifBlock, tags: readonly string[]): readonly CifValue[] | undefined =>
  tags.map(tag => block.tags.get(tag)).find(values => values !== undefined);

const known = (value: CifValue | undefined): value is CifValue =>
  value !== undefined && (value.quoted || (value.text !== '?' && value.text !== '.'));

/** A number with or without its uncertainty in brackets: 5.64(2). */
function numberOf(value: CifValue, tag: string): number {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?:\(\d+\))?$/.exec(value.text);
  const number = match ? Number(match[1]) : Number.NaN;
  if (!Number.isFinite(number))
    throw new CifError(`${tag}: "${value.text.slice(0, 40)}" is not a number`, value.line);
  return number;
}

function readBlock(block: CifBlock): Result<Structure> {
  const warnings: string[] = [];
  const cell = readCell(block);
  const number = readNumber(block);
  const symbol = column(block, SYMBOL)?.[0];
  const operators = readOperators(block, known(symbol) ? symbol : undefined, number, warnings);
  const sites = readSites(block, operators, warnings);
  const family: FamilyId = number === null ? familyOfCell(cell) : familyOfSpaceGroup(number);
  if (number === null) warnings.push(`no space-group number: the family ${family} is taken from the cell`);
  const formula = block.tags.get('_chemical_formula_sum')?.[0];
  const title = block.tags.get('_chemical_name_common')?.[0];
  const source = block.tags.get('_publ_section_comment')?.[0] ?? block.tags.get('_journal_name_full')?.[0];
  const composition = formulaOf(sites);
  return {
    ok: true,
    warnings,
    value: {
      name: known(title) ? title.text : block.name || composition,
      formula: known(formula) ? formula.text.replaceAll(/\s+/g, '') : composition,
      cell,
      sites,
      spaceGroup: { symbol: known(symbol) ? symbol.text : number === 1 ? 'P 1' : '?', number },
      family,
      source: known(source) ? source.text.replaceAll(/\s+/g, ' ') : 'CIF file',
    },
  };
}

function readCell(block: CifBlock): Cell {
  const names = ['length_a', 'length_b', 'length_c', 'angle_alpha', 'angle_beta', 'angle_gamma'];
  let line = 1;
  const numbers = names.map((name, i) => {
    const tag = `_cell_${name}`;
    const value = column(block, [tag, `_cell.${name}`])?.[0];
    if (!known(value)) {
      // CIF's default for an angle that is not given is the right angle.
      if (i >= 3) return 90;
      throw new CifError(`${tag} is missing`, 1);
    }
    line = value.line;
    return numberOf(value, tag);
  });
  const problem = cellProblem(numbers);
  if (problem) throw new CifError(`_cell_*: ${problem}`, line);
  return numbers as unknown as Cell;
}

function readNumber(block: CifBlock): number | null {
  const value = column(block, NUMBER)?.[0];
  if (!known(value)) return null;
  const number = numberOf(value, '_space_group_IT_number');
  if (!(Number.isInteger(number) && number >= 1 && number <= 230))
    throw new CifError(`_space_group_IT_number: ${value.text} is outside 1–230`, value.line);
  return number;
}

function readOperators(
  block: CifBlock,
  symbol: CifValue | undefined,
  number: number | null,
  warnings: string[],
): SymmetryOperator[] {
  const listed = column(block, OPERATORS);
  if (listed?.length) {
    const operators = listed.map(value => {
      const operator = parseOperator(value.text);
      if (!operator)
        throw new CifError(`symmetry operator "${value.text.slice(0, 40)}" cannot be read`, value.line);
      return operator;
    });
    return operators;
  }
  const name = symbol?.text.replaceAll(/[\s']/g, '').toLowerCase();
  if (number === 1 || (number === null && (name === undefined || name === 'p1'))) {
    if (number === null && name === undefined) warnings.push('no symmetry is given: read as P 1');
    return [parseOperator('x,y,z')!];
  }
  const group = symbol?.text ?? `number ${number}`;
  throw new CifError(
    `space group ${group} is named, but no symmetry operators (_space_group_symop_operation_xyz) are listed`,
    symbol?.line ?? 1,
  );
}

/** The element of a type symbol or a label: "Na1+", "O2-", "Fe3", "CA1" is calcium only where "C" cannot be meant. */
function elementIn(text: string): string | null {
  const letters = /^([A-Za-z]{1,2})/.exec(text)?.[1];
  if (!letters) return null;
  const proper = letters.charAt(0).toUpperCase() + letters.slice(1).toLowerCase();
  if (proper === 'D') return 'H';
  if (isElement(proper)) return proper;
  const first = proper.charAt(0);
  return isElement(first) ? first : null;
}

function readSites(block: CifBlock, operators: readonly SymmetryOperator[], warnings: string[]): Site[] {
  const axes = ['x', 'y', 'z'].map(axis => {
    const values = column(block, [`_atom_site_fract_${axis}`, `_atom_site.fract_${axis}`]);
    if (!values) throw new CifError(`_atom_site_fract_${axis} is missing`, 1);
    return values;
  });
  const labels = column(block, ['_atom_site_label', '_atom_site.label']);
  const types = column(block, ['_atom_site_type_symbol', '_atom_site.type_symbol']);
  const occupancies = column(block, ['_atom_site_occupancy', '_atom_site.occupancy']);
  const atoms = axes[0]!.length;
  // Columns of one loop are equally long; these may come from several.
  for (const [name, values] of [
    ['fract_y', axes[1]],
    ['fract_z', axes[2]],
    ['label', labels],
    ['type_symbol', types],
    ['occupancy', occupancies],
  ] as const)
    if (values && values.length !== atoms)
      throw new CifError(
        `_atom_site_${name} has ${values.length} ${values.length === 1 ? 'value' : 'values'} for ${atoms} atoms`,
        values[0]?.line ?? 1,
      );
  const sites: Site[] = [];
  axes[0]!.forEach((x, row) => {
    const label = labels?.[row];
    const type = types?.[row];
    const named = known(type) ? type : label;
    const element = named ? elementIn(named.text) : null;
    if (!element)
      throw new CifError(`atom ${row + 1} ("${named?.text ?? '?'}") names no element`, (named ?? x).line);
    const position = axes.map((values, i) => numberOf(values[row]!, `_atom_site_fract_${'xyz'[i]}`));
    const given = occupancies?.[row];
    const occupancy = known(given) ? numberOf(given, '_atom_site_occupancy') : 1;
    if (!(occupancy > 0 && occupancy <= 1))
      throw new CifError(`_atom_site_occupancy: ${occupancy} is outside 0–1`, given?.line ?? x.line);
    const images =
      operators.length === 1
        ? [position as unknown as [number, number, number]]
        : orbit(operators, position as unknown as [number, number, number]);
    const name = label?.text ?? `${element}${row + 1}`;
    for (const [n, fract] of images.entries())
      sites.push({ label: images.length > 1 ? `${name}_${n + 1}` : name, element, fract, occupancy });
  });
  if (sites.length === 0) throw new CifError('the atom list is empty', 1);
  if (!types) warnings.push('no _atom_site_type_symbol: elements are taken from the labels');
  return sites;
}

/** The family that a cell has by its numbers, to 1e-3; used only where the file names no group. */
function familyOfCell([a, b, c, alpha, beta, gamma]: Cell): FamilyId {
  const near = (p: number, q: number): boolean => Math.abs(p - q) < 1e-3;
  const right = [alpha, beta, gamma].map(angle => near(angle, 90));
  if (right.every(Boolean)) {
    if (near(a, b) && near(b, c)) return 'cubic';
    return near(a, b) ? 'tetragonal' : 'orthorhombic';
  }
  if (near(a, b) && right[0] && right[1] && near(gamma, 120)) return 'hexagonal';
  return right[0] && right[2] ? 'monoclinic' : 'triclinic';
}
