import type { Cell } from '../crystal/cell.ts';
import { metricTensor } from '../crystal/cell.ts';
import type { SpaceGroupSetting } from '../crystal/spaceGroups.ts';
import { parseOperator, type SymmetryOperator } from '../crystal/symmetry.ts';
import type { CifBlock, CifValue } from './cifTokens.ts';
import { column, item, known, numberOf } from './cifValues.ts';
import { excerpt, FormatError } from './result.ts';

/** The table of space groups, handed in so that the built-in crystals, which list their operators, need not load it. */
export interface SpaceGroupTable {
  readonly hallOperators: (symbol: string) => SymmetryOperator[] | null;
  readonly settingsBySymbol: (symbol: string) => readonly SpaceGroupSetting[];
  readonly settingsByNumber: (number: number) => readonly SpaceGroupSetting[];
  readonly settingOperators: (setting: SpaceGroupSetting) => SymmetryOperator[];
  readonly settingOfOperators: (operators: readonly SymmetryOperator[]) => SpaceGroupSetting | null;
  readonly settingName: (setting: SpaceGroupSetting) => string;
}

export interface CifSymmetry {
  readonly operators: readonly SymmetryOperator[];
  readonly symbol: string;
  readonly number: number | null;
}

const OPERATORS = [
  '_space_group_symop_operation_xyz',
  '_symmetry_equiv_pos_as_xyz',
  '_symmetry_equiv_as_xyz',
];
const NUMBER = ['_space_group_it_number', '_symmetry_int_tables_number', '_symmetry_space_group_it_number'];
const SYMBOL = [
  '_space_group_name_h-m_alt',
  '_symmetry_space_group_name_h-m',
  '_space_group_name_h-m',
  '_space_group_name_h-m_full',
  '_space_group_name_h-m_ref',
  '_symmetry_space_group_name_h-m_alt',
];
const HALL = ['_space_group_name_hall', '_symmetry_space_group_name_hall'];

/** More than any setting has, enlarged cells included. */
const MOST_OPERATORS = 800;

/** The test that tells two settings of one symbol apart: whether the atoms come out as the formula says. */
export type ContentCheck = (operators: readonly SymmetryOperator[]) => boolean | null;

/**
 * The symmetry of a block: the operators that it lists, else its Hall symbol, else its Hermann–Mauguin symbol, else its
 * number. A group that is named but cannot be had is an error, never P 1.
 */
export function readSymmetry(
  block: CifBlock,
  cell: Cell,
  table: SpaceGroupTable | null,
  fitsContent: ContentCheck,
  assumptions: string[],
): CifSymmetry {
  const symbolValue = item(block, ...SYMBOL);
  const hall = item(block, ...HALL);
  const number = readNumber(block);
  const symbol = symbolValue?.text.replaceAll(/\s+/g, ' ').trim();
  const listed = column(block, ...OPERATORS)?.filter(value => known(value));
  if (listed?.length) return fromOperators(block, listed, symbol, number, table, fitsContent, assumptions);
  if (hall && table) {
    const operators = table.hallOperators(hall.text);
    if (operators) {
      const setting = table.settingOfOperators(operators);
      assumptions.push(
        `no symmetry operators are listed: they are made from the Hall symbol "${excerpt(hall.text)}"`,
      );
      return {
        operators,
        symbol: symbol ?? (setting ? table.settingName(setting) : hall.text),
        number: number ?? setting?.number ?? null,
      };
    }
    assumptions.push(`the Hall symbol "${excerpt(hall.text)}" (line ${hall.line}) cannot be read`);
  }
  const name = symbol?.replaceAll(/[\s']/g, '').toLowerCase();
  if (
    number === 1 ||
    (number === null && name === 'p1') ||
    (number === null && name === undefined && !hall)
  ) {
    if (name === undefined && number === null) assumptions.push('no symmetry is given: read as P 1');
    return { operators: [parseOperator('x,y,z')!], symbol: symbol ?? (number === 1 ? 'P 1' : '?'), number };
  }
  if (table && (symbol !== undefined || number !== null)) {
    const byName = symbol === undefined ? [] : table.settingsBySymbol(symbol);
    if (symbol !== undefined && byName.length === 0 && number === null)
      throw new FormatError(
        `space group "${excerpt(symbol)}" is not a known Hermann–Mauguin symbol, and neither operators nor a number are given`,
        symbolValue?.line,
      );
    const candidates = byName.length > 0 ? byName : table.settingsByNumber(number!);
    if (symbol !== undefined && byName.length === 0)
      assumptions.push(
        `the symbol "${excerpt(symbol)}" is not known: the group is taken from its number ${number}`,
      );
    else if (number !== null && candidates.every(setting => setting.number !== number))
      assumptions.push(`number ${number} does not belong to the symbol "${symbol}": the symbol is followed`);
    const chosen = chooseSetting(candidates, cell, table, fitsContent);
    const how = byName.length > 0 ? `the symbol "${symbol}"` : `the number ${number}`;
    assumptions.push(
      `no symmetry operators are listed: those of ${table.settingName(chosen.setting)} are taken from ${how}${chosen.reason}`,
    );
    return {
      operators: table.settingOperators(chosen.setting),
      symbol: symbol ?? chosen.setting.symbol,
      number: chosen.setting.number,
    };
  }
  const group = symbol ?? (hall ? hall.text : `number ${number}`);
  throw new FormatError(
    `space group ${excerpt(group)} is named, but no symmetry operators (_space_group_symop_operation_xyz) are listed`,
    symbolValue?.line ?? hall?.line ?? 1,
  );
}

function readNumber(block: CifBlock): number | null {
  const value = item(block, ...NUMBER);
  if (!value) return null;
  const number = numberOf(value, '_space_group_IT_number');
  // 0 is how some programs say that they do not know.
  if (number === 0) return null;
  if (!(Number.isInteger(number) && number >= 1 && number <= 230))
    throw new FormatError(`_space_group_IT_number: ${excerpt(value.text)} is outside 1–230`, value.line);
  return number;
}

function fromOperators(
  block: CifBlock,
  listed: readonly CifValue[],
  symbol: string | undefined,
  number: number | null,
  table: SpaceGroupTable | null,
  fitsContent: ContentCheck,
  assumptions: string[],
): CifSymmetry {
  if (listed.length > MOST_OPERATORS)
    throw new FormatError(
      `${listed.length} symmetry operators are more than any space group has`,
      listed[0]!.line,
    );
  let rounded = false;
  const operators = listed.map(value => {
    const operator = parseOperator(value.text);
    if (!operator)
      throw new FormatError(`symmetry operator "${excerpt(value.text)}" cannot be read`, value.line);
    const translation = operator.translation.map(part => {
      const exact = Math.round(part * 24) / 24;
      if (part === exact || Math.abs(part - exact) > 2e-3) return part;
      rounded = true;
      return exact;
    });
    return rounded
      ? { ...operator, translation: translation as unknown as [number, number, number] }
      : operator;
  });
  if (rounded)
    assumptions.push('translations written as decimals (0.3333) are taken as the fractions they stand for');
  const ours = {
    symbol: item(block, '_braggscape_space_group_name_h-m'),
    number: item(block, '_braggscape_space_group_it_number'),
  };
  if (ours.symbol || ours.number) {
    const own = ours.number ? numberOf(ours.number, '_braggscape_space_group_IT_number') : null;
    const valid = own !== null && Number.isInteger(own) && own >= 1 && own <= 230 ? own : null;
    return { operators, symbol: ours.symbol?.text ?? '?', number: valid };
  }
  if (table && symbol !== undefined && fitsContent(operators) === false) {
    // A list with gaps: some of the group's operators, and too few for the formula.
    const named = table.settingsBySymbol(symbol).find(candidate => {
      const whole = table.settingOperators(candidate);
      return (
        operators.every(operator => whole.some(other => equal(operator, other))) &&
        fitsContent(whole) === true
      );
    });
    if (named) {
      assumptions.push(
        `the ${operators.length} listed operators do not make the atoms of the formula, those of ${table.settingName(named)} do: the symbol is followed`,
      );
      return { operators: table.settingOperators(named), symbol, number: named.number };
    }
  }
  // Every atom may be listed with the identity alone, the group being named for reference.
  if (operators.length === 1 || !table)
    return { operators, symbol: symbol ?? (number === 1 ? 'P 1' : '?'), number };
  const setting = table.settingOfOperators(operators);
  if (setting && number !== null && setting.number !== number)
    assumptions.push(
      `the operators are those of ${table.settingName(setting)} (${setting.number}), the file names group ${number}: the operators are followed`,
    );
  if (!setting)
    assumptions.push(
      'the listed operators are those of no tabulated setting of a space group (a list with gaps, or unusual axes): they are followed as they stand',
    );
  return {
    operators,
    symbol: symbol ?? (setting ? table.settingName(setting) : '?'),
    number: setting?.number ?? number,
  };
}

/** Equality of two operators up to lattice translations. */
const equal = (p: SymmetryOperator, q: SymmetryOperator): boolean =>
  p.rotation.every((value, i) => value === q.rotation[i]) &&
  p.translation.every((value, i) => {
    const d = value - q.translation[i]!;
    return Math.abs(d - Math.round(d)) < 2e-3;
  });

/**
 * The setting that the cell allows and, of two origins, the one that makes the atoms of the formula; else the first,
 * which for two origins is choice 1, as in gemmi.
 */
function chooseSetting(
  candidates: readonly SpaceGroupSetting[],
  cell: Cell,
  table: SpaceGroupTable,
  fitsContent: ContentCheck,
): { setting: SpaceGroupSetting; reason: string } {
  if (candidates.length > 1 && candidates.some(setting => setting.extension === 'R')) {
    // The angles are 90 and 120 in hexagonal axes, equal in rhombohedral ones (gemmi's rule).
    const wanted = cell[5] < 1.125 * cell[3] ? 'R' : 'H';
    const setting = candidates.find(candidate => candidate.extension === wanted);
    if (setting)
      return {
        setting,
        reason: ` (${wanted === 'R' ? 'rhombohedral' : 'hexagonal'} axes by the angles of the cell)`,
      };
  }
  const metric = metricTensor(cell);
  // A symbol whose axes the cell has not: another setting of the same group is meant.
  if (candidates.every(setting => !keepsMetric(table.settingOperators(setting), metric))) {
    const other = table
      .settingsByNumber(candidates[0]!.number)
      .find(setting => keepsMetric(table.settingOperators(setting), metric));
    if (other)
      return {
        setting: other,
        reason: ' (the cell has not the axes of the symbol, but those of this setting)',
      };
  }
  const allowed = candidates.filter(setting => keepsMetric(table.settingOperators(setting), metric));
  const open = allowed.length > 0 ? allowed : candidates;
  const first = open[0]!;
  const origins = open.filter(setting => setting.symbol === first.symbol && setting.extension !== '');
  if (origins.length < 2) return { setting: first, reason: '' };
  const fitting = origins.filter(setting => fitsContent(table.settingOperators(setting)) === true);
  if (fitting.length === 1)
    return {
      setting: fitting[0]!,
      reason: ` (origin choice ${fitting[0]!.extension}, which gives the formula's number of atoms)`,
    };
  return {
    setting: first,
    reason: ` (origin choice ${first.extension} assumed: the file does not say which)`,
  };
}

/** True where every rotation leaves the lattice alone, Rᵀ G R = G, to one per cent. */
function keepsMetric(operators: readonly SymmetryOperator[], g: ArrayLike<number>): boolean {
  const scale = Math.max(g[0]!, g[4]!, g[8]!);
  return operators.every(({ rotation: r }) => {
    for (let i = 0; i < 3; i++)
      for (let j = i; j < 3; j++) {
        let sum = 0;
        for (let p = 0; p < 3; p++)
          for (let q = 0; q < 3; q++) sum += r[3 * p + i]! * g[3 * p + q]! * r[3 * q + j]!;
        if (Math.abs(sum - g[3 * i + j]!) > 0.01 * scale) return false;
      }
    return true;
  });
}
