import type { ReactNode } from 'react';
import { type CellKey, isLength } from '../crystal/cell.ts';
import { isCellKey, SYMBOLS } from '../model/cellParameter.ts';
import type { ModelParameter } from '../model/parameter.ts';
import { formatNumber, THIN } from '../ui/format.ts';
import { Prose } from '../ui/Prose.tsx';

/** A parameter of the cell by its key, or any as a model has it. */
type Parameter = CellKey | Pick<ModelParameter, 'name' | 'unit' | 'digits' | 'step'>;

/** As it is printed, with asterisks about what is italic: lengths are, angles are upright Greek. */
const nameOf = (of: Parameter): string =>
  typeof of !== 'string' ? of.name : isLength(of) ? `*${SYMBOLS[of]}*` : SYMBOLS[of];

const unitOf = (of: Parameter): ModelParameter['unit'] =>
  typeof of !== 'string' ? of.unit : isLength(of) ? 'Å' : '°';

/** The name of a parameter in plain letters. */
export const plainName = (of: Parameter): string => nameOf(of).replaceAll('*', '');

/** By its name in links, where the crystal that has it is not at hand: "x.O1" is x of O1. */
export function namedById(id: string): Parameter {
  if (isCellKey(id)) return id;
  const [what, whose] = id.split('.');
  return { name: whose ? `*${what}* of ${whose}` : what!, unit: '', digits: 3, step: 0.01 };
}

export const ParameterSymbol = ({ of }: { of: Parameter }): ReactNode => <Prose text={nameOf(of)} />;

/** A value with its unit: lengths to 3 decimals, angles of the cell to 1 (2 where asked). */
export function formatParameter(of: Parameter, value: number, angleDecimals = 1): string {
  if (typeof of === 'string')
    return isLength(of) ? `${formatNumber(value, 3)}${THIN}Å` : `${formatNumber(value, angleDecimals)}°`;
  const number = formatNumber(value, of.digits);
  return of.unit === '°' ? `${number}°` : of.unit ? `${number}${THIN}${of.unit}` : number;
}

/** "a / Å", "γ / °", "x of O1": what stands at an axis or over a column. */
export function axisTitle(of: Parameter): string {
  const unit = unitOf(of);
  return unit ? `${plainName(of)}${THIN}/${THIN}${unit}` : plainName(of);
}

/** True where the whole name is italic. */
export const isItalic = (of: Parameter): boolean => /^\*[^*]+\*$/.test(nameOf(of));

/** Unit, step and digits of a field for a parameter. */
export const parameterField = (of: Parameter) =>
  typeof of !== 'string'
    ? ({ unit: of.unit, step: of.step, decimals: Math.max(of.digits, 2), steppers: false } as const)
    : isLength(of)
      ? ({ unit: 'Å', step: 0.01, decimals: 3, steppers: false } as const)
      : ({ unit: '°', step: 0.5, decimals: 2, steppers: false } as const);
