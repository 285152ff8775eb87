import table from './data/elements.json' with { type: 'json' };

export interface ElementData {
  readonly z: number;
  /** Angstrom (Cordero et al. 2008). */
  readonly covalentRadius: number;
  /** sRGB, 0–255. */
  readonly colour: readonly [number, number, number];
}

const ELEMENTS = table.elements as unknown as Readonly<Record<string, ElementData>>;

export const isElement = (symbol: string): boolean => Object.hasOwn(ELEMENTS, symbol);

/** Data of an element; throws for a symbol that is none, since readers check symbols at the edge. */
export function elementData(symbol: string): ElementData {
  const data = isElement(symbol) ? ELEMENTS[symbol] : undefined;
  if (!data) throw new Error(`"${symbol}" is not an element symbol`);
  return data;
}
