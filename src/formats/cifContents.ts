import { parseFormula } from './cifElements.ts';
import type { CifBlock } from './cifTokens.ts';
import { item } from './cifValues.ts';

/** Amounts of the cell by element. */
export type Amounts = ReadonlyMap<string, number>;

/** The file's own word on what the cell holds. */
export interface StatedContents {
  /** Z times the formula, without hydrogen, which files often leave out; null where formula or Z are missing. */
  readonly cell: Amounts | null;
  /**
   * How well contents agree with the file: 2 as formula × Z says (or, without Z, in the formula's ratios), 1 in the ratios
   * alone, 0 not at all; 2 without a formula, which nothing contradicts.
   */
  readonly agreement: (found: Amounts) => 0 | 1 | 2;
  /** One sentence on what does not add up; null where all does, or nothing is stated. */
  readonly difference: (found: Amounts) => string | null;
}

const NOTHING: StatedContents = { cell: null, agreement: () => 2, difference: () => null };

export function statedContents(block: CifBlock): StatedContents {
  const formula = item(block, '_chemical_formula_sum');
  const amounts = formula && parseFormula(formula.text);
  const heavy = new Map([...(amounts ?? [])].filter(([element]) => element !== 'H'));
  if (heavy.size === 0) return NOTHING;
  const z = Number(item(block, '_cell_formula_units_z')?.text ?? Number.NaN);
  const units = z > 0 && z < 1e4 ? z : null;
  const times = (factor: number): Amounts => new Map([...heavy].map(([element, n]) => [element, n * factor]));
  const cell = units === null ? null : times(units);
  // pymatgen writes the formula of the whole cell beside its Z.
  const isWhole = units !== null && [...heavy.values()].every(n => Number.isInteger(n / units));
  const ratios = (found: Amounts): Amounts => times(total(found) / total(heavy));
  return {
    cell,
    agreement: found => {
      if (cell && (unlike(found, cell).length === 0 || (isWhole && unlike(found, heavy).length === 0)))
        return 2;
      return unlike(found, ratios(found)).length === 0 ? (cell ? 1 : 2) : 0;
    },
    difference: found => {
      if (isWhole && unlike(found, heavy).length === 0) return null;
      const expected = cell ?? ratios(found);
      const off = unlike(found, expected);
      if (off.length === 0) return null;
      const list = (from: Amounts): string =>
        off.map(element => `${element} ${Number((from.get(element) ?? 0).toFixed(2))}`).join(', ');
      return cell
        ? `the atoms of the cell are not those of formula × Z: ${list(found)} instead of ${list(expected)}`
        : `the atoms of the cell are not in the ratios of the formula: ${list(found)} instead of ${list(expected)}`;
    },
  };
}

const total = (amounts: Amounts): number =>
  [...amounts].reduce((sum, [element, n]) => (element === 'H' ? sum : sum + n), 0);

/** Elements, hydrogen apart, of which two contents differ by more than five per cent. */
const unlike = (found: Amounts, expected: Amounts): string[] =>
  [...new Set([...expected.keys(), ...found.keys()])].filter(element => {
    const [want, have] = [expected.get(element) ?? 0, found.get(element) ?? 0];
    return element !== 'H' && Math.abs(want - have) > 0.05 * Math.max(want, have, 1);
  });

/** Sums of occupancies by element. */
export function amountsOf(
  sites: readonly { readonly element: string; readonly occupancy: number }[],
): Amounts {
  const found = new Map<string, number>();
  for (const { element, occupancy } of sites) found.set(element, (found.get(element) ?? 0) + occupancy);
  return found;
}
