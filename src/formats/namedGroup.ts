import type { SpaceGroupSetting } from '../crystal/spaceGroups.ts';
import type { SymmetryOperator } from '../crystal/symmetry.ts';
import type { CifBlock } from './cifTokens.ts';
import { item, numberOf } from './cifValues.ts';
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
const SUPERSPACE = ['_space_group_ssg_name', '_space_group_ssg_name_wjj', '_space_group_ssg_name_it'];
const MAGNETIC = [
  '_space_group_magn_name_bns',
  '_space_group_magn_name_og',
  '_space_group_magn_number_bns',
  '_space_group_magn_number_og',
  '_space_group_magn_ssg_name',
  '_space_group_magn_ssg_number',
];

/** The space group that a block names. */
export interface NamedGroup {
  /** Settings that are meant, the likeliest first; empty where none is named or known. */
  readonly settings: readonly SpaceGroupSetting[];
  readonly symbol: string | undefined;
  readonly number: number | null;
  /** The words of the file: 'the symbol "P 21/c"'; "" where no group is named. */
  readonly how: string;
  readonly line: number;
  /** Doubts about the name, one sentence each. */
  readonly remarks: readonly string[];
  /** The sentence to refuse a name that is not known, where nothing else says the group. */
  readonly unknown: string | null;
}

/** By its Hall symbol, else its Hermann–Mauguin symbol, else its number. Without a table only what the file says. */
export function namedGroup(block: CifBlock, table: SpaceGroupTable | null): NamedGroup {
  const value = item(block, ...SYMBOL);
  const symbol = value?.text.replaceAll(/\s+/g, ' ').trim();
  const hall = item(block, ...HALL);
  const superspace = item(block, ...SUPERSPACE);
  const magnetic = item(block, ...MAGNETIC);
  const number = readNumber(block);
  const line = value?.line ?? hall?.line ?? superspace?.line ?? magnetic?.line ?? 1;
  const remarks: string[] = [];
  const found = (
    settings: readonly SpaceGroupSetting[],
    how: string,
    unknown: string | null = null,
  ): NamedGroup => ({
    settings,
    symbol,
    number,
    how,
    line,
    remarks,
    unknown,
  });
  if (hall && table) {
    const operators = table.hallOperators(hall.text);
    if (operators) {
      const setting = table.settingOfOperators(operators) ?? {
        number: number ?? 0,
        symbol: symbol ?? hall.text,
        extension: '',
        hall: hall.text,
      };
      return found([setting], `the Hall symbol "${excerpt(hall.text)}"`);
    }
    remarks.push(`the Hall symbol "${excerpt(hall.text)}" (line ${hall.line}) cannot be read`);
  }
  const word = symbol ?? superspace?.text.trim();
  if (word !== undefined) {
    const how = `the symbol "${excerpt(word)}"`;
    if (!table) return found([], how);
    const known = table.settingsBySymbol(word);
    // "C2/m(a0g)0s": the group of the average structure stands before the bracket.
    const settings = known.length > 0 ? known : table.settingsBySymbol(word.split('(')[0]!);
    if (settings.length > 0) {
      if (number !== null && settings.every(setting => setting.number !== number))
        remarks.push(
          `number ${number} does not belong to the symbol "${excerpt(word)}": the symbol is followed`,
        );
      return found(settings, how);
    }
    if (number === null)
      return found(
        [],
        how,
        superspace && symbol === undefined
          ? `superspace group "${excerpt(word)}" is named, but its operators (_space_group_symop_ssg_operation_algebraic) are not listed`
          : `space group "${excerpt(word)}" is not a known Hermann–Mauguin symbol, and neither operators nor a number are given`,
      );
    remarks.push(`the symbol "${excerpt(word)}" is not known: the group is taken from its number ${number}`);
  }
  if (number !== null) return found(table?.settingsByNumber(number) ?? [], `the number ${number}`);
  if (magnetic)
    return found(
      [],
      'the magnetic group',
      `magnetic space group "${excerpt(magnetic.text)}" is named, but its operators (_space_group_symop_magn_operation.xyz) are not listed`,
    );
  return found([], hall ? hall.text : '');
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
