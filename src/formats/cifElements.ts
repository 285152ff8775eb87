import { isElement } from '../crystal/elements.ts';

/** The element, or the reason for none, that a type symbol or a label names. */
export type Species =
  | { readonly kind: 'element'; readonly element: string; readonly remark: string | null }
  | { readonly kind: 'dummy' }
  | { readonly kind: 'none' };

/** Letters that refinement programs give to points that are no atoms. */
const DUMMY = /^(?:X|Xx|Du|Dum|Dummy|Va|Vac|Vacancy|Cen|Cent|Cg|Q|Qq(?=\d)|Void)[\d_'"*()-]*$/i;
const WATER = /^Wa(?:t|(?![a-z]))|^H2O|^OH2|^HOH/i;

const proper = (letters: string): string => letters.charAt(0).toUpperCase() + letters.slice(1).toLowerCase();

/**
 * The element of a type symbol or a label: "Na1+", "O2-", "Fe3+", "Ca1", "OW1" (O), "D" (H). Two letters are an
 * element where there is one of that name, as in gemmi; a label alone is held against the formula where the file has
 * one, so that "CA1" is carbon in a file without calcium.
 * @param isLabel whether the text is a label, which says less than a type symbol
 * @param formula elements of the file's formula, or null
 */
export function speciesOf(text: string, isLabel: boolean, formula: ReadonlySet<string> | null): Species {
  const letters = /^[^A-Za-z]*([A-Za-z]+)/.exec(text)?.[1];
  if (!letters) return { kind: 'none' };
  const as = (element: string, remark: string | null = null): Species => ({
    kind: 'element',
    element,
    remark,
  });
  if (/^D(?![a-z])/i.test(letters) || letters === 'D')
    return as('H', 'deuterium (D) scatters X-rays as hydrogen and is read as H');
  if (WATER.test(text) && !(isElement('W') && formula?.has('W')))
    return as(
      'O',
      `"${text.slice(0, 20)}" is read as the oxygen atom of water; its hydrogen atoms are not in the file`,
    );
  const two = proper(letters.slice(0, 2));
  const one = proper(letters.slice(0, 1));
  const whole = letters.length >= 2 && isElement(two);
  if (whole && isLabel && formula && !formula.has(two) && formula.has(one) && isElement(one))
    return as(one, `label "${text.slice(0, 20)}" is read as ${one}: the formula has no ${two}`);
  if (whole) return as(two);
  if (DUMMY.test(text)) return { kind: 'dummy' };
  if (!isElement(one)) return { kind: 'none' };
  // "Cval", "Oh", "Siv": a longer word of a type symbol is not an element, its first letter is.
  return as(one, letters.length > 1 ? `"${text.slice(0, 20)}" is read as ${one}` : null);
}

/** Elements and amounts of "C2 H6 O", "Na Cl", "(Fe0.5 Mg0.5)2 Si O4" is not understood; null when it is no formula. */
export function parseFormula(text: string): ReadonlyMap<string, number> | null {
  const amounts = new Map<string, number>();
  for (const part of text.trim().split(/[\s,]+/)) {
    const match = /^([A-Z][a-z]?)(\d+(?:\.\d*)?|\.\d+)?(?:\(\d+\))?$/.exec(part);
    if (!match) return null;
    const element = match[1] === 'D' ? 'H' : match[1]!;
    if (!isElement(element)) return null;
    amounts.set(element, (amounts.get(element) ?? 0) + Number(match[2] ?? 1));
  }
  return amounts.size > 0 ? amounts : null;
}
