import { type Cell, cellProblem } from '../crystal/cell.ts';
import { familyInTheseAxes, familyOfCell } from '../crystal/cellFamily.ts';
import { FAMILIES } from '../crystal/family.ts';
import type { Structure } from '../crystal/structure.ts';
import { statedContents } from './cifContents.ts';
import { readAtoms } from './cifSites.ts';
import { readSymmetry } from './cifSymmetry.ts';
import { type CifBlock, cifBlocks } from './cifTokens.ts';
import { item, numberOf } from './cifValues.ts';
import { expandAtoms } from './expandAtoms.ts';
import { formulaOf } from './formula.ts';
import { judgeOf } from './judgeOperators.ts';
import { MOST_BLOCKS } from './limits.ts';
import type { SpaceGroupTable } from './namedGroup.ts';
import { excerpt, FormatError, type Result, settle } from './result.ts';

/** One block of a CIF that lists atoms, read or refused. */
export interface CifCrystal {
  readonly name: string;
  readonly result: Result<Structure>;
}

/**
 * Reads the first block with atoms of a CIF 1.1 file. Symmetry comes from the operators that the file lists, else, where
 * a table is handed in, from the group that it names; a file that names a group other than P1 whose operators cannot
 * be had is refused, never read as P1. The crystal family comes from the group's number, or where there is none from
 * the cell.
 */
export function readCif(text: string, table: SpaceGroupTable | null = null): Result<Structure> {
  return settle(() => {
    const blocks = cifBlocks(text);
    const block = blocks.find(hasAtoms);
    if (!block) return { ok: false, message: NO_ATOMS };
    return readBlock(withCell(block, blocks), table);
  });
}

/** Reads every block that lists atoms. Fails when there is none, or when the text is no CIF. */
export function readCifBlocks(text: string, table: SpaceGroupTable): Result<readonly CifCrystal[]> {
  return settle(() => {
    const blocks = cifBlocks(text);
    const found = blocks.filter(hasAtoms);
    if (found.length === 0)
      return { ok: false, message: blocks.length > 0 ? emptySentence(blocks) : NO_ATOMS };
    const warnings: string[] = [];
    const others = blocks.filter(block => !hasAtoms(block)).map(block => block.name || 'unnamed');
    if (others.length > 0)
      warnings.push(`blocks without atoms are passed over: ${others.slice(0, 5).join(', ')}`);
    if (found.length > MOST_BLOCKS)
      warnings.push(`only the first ${MOST_BLOCKS} of ${found.length} blocks are read`);
    const value = found
      .slice(0, MOST_BLOCKS)
      .map(block => ({ name: block.name, result: settle(() => readBlock(withCell(block, blocks), table)) }));
    return { ok: true, value, warnings };
  });
}

const NO_ATOMS = 'no data block with _atom_site_fract_x was found';

const emptySentence = (blocks: readonly CifBlock[]): string =>
  `${NO_ATOMS} in ${blocks.length === 1 ? 'the only block' : `the ${blocks.length} blocks`}: the file describes no crystal structure`;

const hasAtoms = (block: CifBlock): boolean =>
  block.tags.has('_atom_site_fract_x') || block.tags.has('_atom_site_cartn_x');

/** A block of atoms without a cell with the tags of the one block that has a cell and no atoms; others as they are. */
function withCell(block: CifBlock, blocks: readonly CifBlock[]): CifBlock {
  if (block.tags.has('_cell_length_a')) return block;
  const [other, ...more] = blocks.filter(
    ({ tags }) => tags.has('_cell_length_a') && !tags.has('_atom_site_fract_x'),
  );
  if (!other || more.length > 0) return block;
  return {
    ...block,
    tags: new Map([...other.tags, ...block.tags]),
    remarks: [
      ...block.remarks,
      `the cell is taken from the block "${excerpt(other.name)}", which lists no atoms`,
    ],
  };
}

function readBlock(block: CifBlock, table: SpaceGroupTable | null): Result<Structure> {
  const assumptions: string[] = [...block.remarks.slice(0, 10)];
  const cell = readCell(block, assumptions);
  const atoms = readAtoms(block, cell, assumptions);
  const stated = statedContents(block);
  const judge = judgeOf(atoms, cell, stated);
  const symmetry = readSymmetry(block, cell, table, judge, assumptions);
  const named = FAMILIES.find(family => family.id === item(block, '_braggscape_crystal_family')?.text)?.id;
  const sites = expandAtoms(atoms, symmetry.operators, cell, stated, judge, named !== undefined, assumptions);
  const { number, symbol } = symmetry;
  const { family, turned } = named
    ? { family: named, turned: false }
    : number === null
      ? { family: familyOfCell(cell), turned: false }
      : familyInTheseAxes(number, cell);
  if (number === null && !named)
    assumptions.push(`no space-group number: the family ${family} is taken from the cell`);
  if (turned)
    assumptions.push(
      `the axes of this cell are not those of the projector of group ${number}: the family is set to ${family}; the conventional cell has them`,
    );
  const title = item(block, '_braggscape_name', '_chemical_name_common', '_chemical_name_mineral');
  const formula = item(block, '_chemical_formula_sum');
  const composition = formulaOf(sites);
  return {
    ok: true,
    warnings: assumptions,
    value: {
      name: title ? line(title.text) : block.name || composition,
      formula: formula ? line(formula.text).replaceAll(/\s+/g, '') : composition,
      cell,
      sites,
      spaceGroup: { symbol, number },
      family,
      source: sourceOf(block),
    },
  };
}

const line = (text: string): string => excerpt(text.replaceAll(/\s+/g, ' ').trim(), 200);

/** Journal, or database entry, in one line. */
function sourceOf(block: CifBlock): string {
  const comment = item(block, '_publ_section_comment');
  if (comment) return excerpt(comment.text.replaceAll(/\s+/g, ' ').trim(), 500);
  const text = (tag: string): string => line(item(block, tag)?.text ?? '');
  const journal = text('_journal_name_full');
  const parts = [
    [journal, text('_journal_volume')].filter(Boolean).join(' '),
    text('_journal_page_first'),
    text('_journal_year') && journal ? `(${text('_journal_year')})` : '',
  ].filter(Boolean);
  const codes = [
    ['COD', text('_cod_database_code')],
    ['ICSD', text('_database_code_icsd')],
    ['AMCSD', text('_database_code_amcsd')],
  ].flatMap(([name, code]) => (code ? [`${name} ${code}`] : []));
  return (
    [parts.length > 0 && journal ? parts.join(', ') : '', ...codes].filter(Boolean).join('; ') || 'CIF file'
  );
}

function readCell(block: CifBlock, assumptions: string[]): Cell {
  const names = ['length_a', 'length_b', 'length_c', 'angle_alpha', 'angle_beta', 'angle_gamma'];
  let at = 1;
  const numbers = names.map((name, i) => {
    const tag = `_cell_${name}`;
    const value = item(block, tag);
    if (!value) {
      // CIF's default for an angle that is not given is the right angle.
      if (i >= 3) return 90;
      throw new FormatError(`${tag} is missing`, 1);
    }
    at = value.line;
    return numberOf(value, tag);
  });
  // Lengths of 90 or 120 beside angles of a few degrees: the two are written in each other's place.
  if (numbers.every((value, i) => (i < 3 ? value === 90 || value === 120 : value < 45))) {
    assumptions.push('lengths and angles of the cell are in each other’s place: exchanged');
    numbers.push(...numbers.splice(0, 3));
  }
  const problem = cellProblem(numbers);
  if (problem) throw new FormatError(`_cell_*: ${problem}`, at);
  return numbers as unknown as Cell;
}
