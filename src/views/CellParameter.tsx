import type { ReactNode } from 'react';
import { type CellKey, isLength } from '../crystal/cell.ts';
import { SYMBOLS } from '../landscape/symmetryLines.ts';
import { formatNumber, THIN } from '../ui/format.ts';

/** A cell parameter as it is printed: lengths italic, angles upright Greek. */
export function ParameterSymbol({ of }: { of: CellKey }): ReactNode {
  return isLength(of) ? <i>{SYMBOLS[of]}</i> : <span>{SYMBOLS[of]}</span>;
}

/** Lengths to 3 decimals, angles to 1 (2 where asked), with unit. */
export const formatParameter = (key: CellKey, value: number, angleDecimals = 1): string =>
  isLength(key) ? `${formatNumber(value, 3)}${THIN}Å` : `${formatNumber(value, angleDecimals)}°`;

/** "a / Å", "γ / °": what stands at an axis or over a column. */
export const axisTitle = (key: CellKey): string =>
  `${SYMBOLS[key]}${THIN}/${THIN}${isLength(key) ? 'Å' : '°'}`;

/** Unit, step and digits of a field for a parameter. */
export const parameterField = (key: CellKey) =>
  isLength(key)
    ? ({ unit: 'Å', step: 0.01, decimals: 3, steppers: false } as const)
    : ({ unit: '°', step: 0.5, decimals: 2, steppers: false } as const);
