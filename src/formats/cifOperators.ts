import { formGroup } from '../crystal/hall.ts';
import { parseOperator, type SymmetryOperator } from '../crystal/symmetry.ts';
import type { CifBlock, CifValue } from './cifTokens.ts';
import { column, known } from './cifValues.ts';
import { excerpt, FormatError } from './result.ts';

/** The operators that a block lists, each once. */
export interface ListedOperators {
  readonly operators: readonly SymmetryOperator[];
  /** The reason why they are no group; null where they are one, or where that cannot be told. */
  readonly fault: string | null;
  /** Line of an operator that cannot be read; null where all can. */
  readonly unreadable: number | null;
}

/** Lists of operators by preference, with the centrings that multiply them. */
const LISTS: readonly {
  readonly tags: readonly string[];
  readonly centring: string | null;
  readonly said: string | null;
}[] = [
  {
    tags: ['_space_group_symop_operation_xyz', '_symmetry_equiv_pos_as_xyz', '_symmetry_equiv_as_xyz'],
    centring: null,
    said: null,
  },
  {
    tags: ['_space_group_symop_magn_operation_xyz'],
    centring: '_space_group_symop_magn_centering_xyz',
    said: 'the symmetry is that of a magnetic structure: its operators are followed without time reversal, and magnetic moments are not used',
  },
  {
    tags: ['_space_group_symop_ssg_operation_algebraic'],
    centring: null,
    said: 'the symmetry is that of superspace: the average structure is read, with the parts x1, x2, x3 of the operators',
  },
  {
    tags: ['_space_group_symop_magn_ssg_operation_algebraic'],
    centring: '_space_group_symop_magn_ssg_centering_algebraic',
    said: 'the symmetry is that of magnetic superspace: the average structure is read, with the parts x1, x2, x3 of the operators and without time reversal',
  },
];

/** More than any setting has, enlarged cells included. */
const MOST_OPERATORS = 800;

/** Null when the block lists none. Throws FormatError for an operator that cannot be read unless another way is open. */
export function listedOperators(
  block: CifBlock,
  otherwise: boolean,
  assumptions: string[],
): ListedOperators | null {
  for (const { tags, centring, said } of LISTS) {
    const values = tags.map(tag => column(block, tag)?.filter(known)).find(list => list?.length);
    if (!values) continue;
    const shifts = centring === null ? [] : (column(block, centring)?.filter(known) ?? []);
    if (values.length * Math.max(1, shifts.length) > MOST_OPERATORS)
      throw new FormatError(
        `${values.length * Math.max(1, shifts.length)} symmetry operators are more than any space group has`,
        values[0]!.line,
      );
    if (said) assumptions.push(said);
    const bad = [...values, ...shifts].find(value => !readOperator(value.text));
    const fault = bad && `symmetry operator "${excerpt(bad.text)}" cannot be read`;
    if (bad && !otherwise) throw new FormatError(fault!, bad.line);
    const operators = eachOnce(centred(exact(values, assumptions), exact(shifts, assumptions)));
    if (bad) return { operators, fault: `${fault} (line ${bad.line})`, unreadable: bad.line };
    return {
      operators,
      fault: formGroup(operators) === false ? 'the listed operators form no group' : null,
      unreadable: null,
    };
  }
  return null;
}

/**
 * The part of an operator that moves atoms: of "x,y,z,-1" (time reversal) and "x1,x2,x3,x4+1/2" (superspace) the first
 * three.
 */
function readOperator(text: string): SymmetryOperator | null {
  const parts = text.split(',');
  const inSuperspace = /x1/i.test(text);
  const moves = inSuperspace || /^\s*[+-]?1\s*$/.test(parts[3] ?? '') ? parts.slice(0, 3) : parts;
  const plain = moves.join(',');
  return parseOperator(
    inSuperspace ? plain.replaceAll(/x([123])/gi, (_, n: string) => 'xyz'.charAt(Number(n) - 1)) : plain,
  );
}

/** The operators that can be read, decimals (0.3333) set to the fractions that they stand for. */
function exact(values: readonly CifValue[], assumptions: string[]): SymmetryOperator[] {
  let rounded = false;
  const operators = values.flatMap(value => {
    const operator = readOperator(value.text);
    if (!operator) return [];
    const { rotation, translation } = operator;
    const parts = translation.map(part => {
      const fraction = Math.round(part * 24) / 24;
      if (part === fraction || Math.abs(part - fraction) > 2e-3) return part;
      rounded = true;
      return fraction;
    });
    return { rotation, translation: parts as unknown as [number, number, number] };
  });
  if (rounded)
    assumptions.push('translations written as decimals (0.3333) are taken as the fractions they stand for');
  return operators;
}

const centred = (
  operators: readonly SymmetryOperator[],
  shifts: readonly SymmetryOperator[],
): readonly SymmetryOperator[] =>
  shifts.length === 0
    ? operators
    : shifts.flatMap(({ translation: by }) =>
        operators.map(({ rotation, translation }) => ({
          rotation,
          translation: [0, 1, 2].map(i => translation[i]! + by[i]!) as unknown as [number, number, number],
        })),
      );

function eachOnce(operators: readonly SymmetryOperator[]): SymmetryOperator[] {
  const found: SymmetryOperator[] = [];
  for (const operator of operators)
    if (!found.some(other => sameOperator(operator, other))) found.push(operator);
  return found;
}

/** Equality of two operators up to lattice translations. */
export const sameOperator = (p: SymmetryOperator, q: SymmetryOperator): boolean =>
  p.rotation.every((value, i) => value === q.rotation[i]) &&
  p.translation.every((value, i) => {
    const d = value - q.translation[i]!;
    return Math.abs(d - Math.round(d)) < 2e-3;
  });

/** Images of one operator list that another has too, 0 to 1. */
export const shareOf = (operators: readonly SymmetryOperator[], whole: readonly SymmetryOperator[]): number =>
  operators.filter(operator => whole.some(other => sameOperator(operator, other))).length / operators.length;
