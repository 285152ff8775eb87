import { isElement } from '../crystal/elements.ts';

/** The element, or the reason for none, that a type symbol or a label names. */
export type Species =
  | { readonly kind: 'element'; readonly element: string; readonly remark: string | null }
  | { readonly kind: 'dummy' }
  | { readonly kind: 'none' };

/** The rest of a file, against which a label is held. */
export interface LabelContext {
  /** Elements of the formula; null without one. */
  readonly formula: ReadonlySet<string> | null;
  /** First two letters of labels with a small second one ("Co" of "Co1"): such a file means "CO1" for carbon. */
  readonly mixedCase: ReadonlySet<string>;
  /** True where hydrogen atoms are listed, so that "H2O" is one of them and no water. */
  readonly hydrogen: boolean;
}

export function labelContext(labels: readonly string[], formulaText: string | undefined): LabelContext {
  const formula = formulaText === undefined ? null : parseFormula(formulaText);
  return {
    formula: formula && new Set(formula.keys()),
    mixedCase: new Set(labels.map(label => label.slice(0, 2)).filter(start => /^[A-Z][a-z]/.test(start))),
    hydrogen: labels.some(label => /^H(?!2O|OH)(?![a-z])/.test(label)),
  };
}

/** Letters that refinement programs give to points that are no atoms. */
const DUMMY = /^(?:X|Xx|Du|Dum|Dummy|Va|Vac|Vacancy|Cen|Cent|Cg|Q|Qq(?=\d)|Void)[\d_'"*()-]*$/i;
const WATER = /^Wat|^Wa(?![a-z])|^H2O|^OH2|^HOH/i;

const proper = (letters: string): string => letters.charAt(0).toUpperCase() + letters.slice(1).toLowerCase();

/**
 * The element of a type symbol or a label: "Na1+", "O2-", "Fe3+", "Ca1", "OW1" (O), "D", "Dw" (H). Two letters are an
 * element where there is one of that name, as in gemmi; where the file has a formula, one that it lacks gives way to the
 * first letter: "CA1" is carbon in a file without calcium, "W1" the oxygen of water in one without tungsten.
 */
export function speciesOf(
  text: string,
  isLabel: boolean,
  { formula, mixedCase, hydrogen }: LabelContext,
): Species {
  const letters = /^[^A-Za-z]*([A-Za-z]+)/.exec(text)?.[1];
  if (!letters) return { kind: 'none' };
  const shown = text.slice(0, 20);
  const as = (element: string, remark: string | null = null): Species => ({
    kind: 'element',
    element,
    remark,
  });
  const has = (element: string): boolean => isElement(element) && (formula?.has(element) ?? false);
  const two = proper(letters.slice(0, 2));
  const one = proper(letters.slice(0, 1));
  // Vanadium atoms may be called Va and Vb.
  if (DUMMY.test(text) && !(isLabel && has(one))) return { kind: 'dummy' };
  if (one === 'D' && (two !== 'Dy' || (isLabel && formula !== null && !has('Dy') && has('H'))))
    return as('H', 'deuterium (D) scatters X-rays as hydrogen and is read as H');
  const tungstenMissing = formula !== null && !has('W') && has('O');
  const water = /^H2O/i.test(text)
    ? !(isLabel && hydrogen)
    : WATER.test(text) && (/^Wat|^[OH]/i.test(text) || !has('W'));
  if (water || (isLabel && one === 'W' && tungstenMissing))
    return as('O', `"${shown}" is read as the oxygen atom of water; its hydrogen atoms are not in the file`);
  const whole = letters.length >= 2 && isElement(two);
  const upper = letters.slice(0, 2) !== two && mixedCase.has(two);
  if (whole && isLabel && has(one) && (!has(two) || upper))
    return as(
      one,
      `label "${shown}" is read as ${one}: ${has(two) ? `the file writes ${two} with a small letter` : `the formula has no ${two}`}`,
    );
  if (whole) return as(two, mixed(text, two));
  if (!isElement(one)) return { kind: 'none' };
  // "Cval", "Oh", "Siv": a longer word of a type symbol is not an element, its first letter is.
  return as(one, letters.length > 1 ? `"${shown}" is read as ${one}` : mixed(text, one));
}

/** A remark on a symbol of several elements, "Al/Si". */
const mixed = (text: string, element: string): string | null =>
  /[A-Za-z][^A-Za-z]*[/,&|+][^A-Za-z]*[A-Z]/.test(text.slice(0, 20))
    ? `"${text.slice(0, 20)}" names several elements: the first, ${element}, is read`
    : null;

/**
 * Elements and amounts of "C2 H6 O", "Na Cl", "MgAl2O4", without a charge at the end; "(Fe0.5 Mg0.5)2 Si O4" is not
 * understood; null when it is no formula.
 */
export function parseFormula(text: string): ReadonlyMap<string, number> | null {
  const amounts = new Map<string, number>();
  const parts = text.split(/[\s,]+/).filter(Boolean);
  if (/^\d*[+-]$/.test(parts.at(-1) ?? '')) parts.pop();
  for (const part of parts) {
    const terms = part.match(/[A-Z][a-z]?(?:\d+(?:\.\d*)?|\.\d+)?(?:\(\d+\))?/g);
    // "CO" beside other parts is cobalt in capitals, and says nothing sure.
    if (!terms || terms.join('') !== part || (terms.length > 1 && parts.length > 1)) return null;
    for (const term of terms) {
      const [, symbol = '', amount] = /^([A-Z][a-z]?)([\d.]*)/.exec(term)!;
      const element = symbol === 'D' ? 'H' : symbol;
      if (!isElement(element)) return null;
      amounts.set(element, (amounts.get(element) ?? 0) + (amount ? Number(amount) : 1));
    }
  }
  return amounts.size > 0 ? amounts : null;
}
