import { type Cell, type CellKey, cellIndex, isLength } from '../crystal/cell.ts';

/** ±10 % of the parameter, angles kept inside 1° to 179°. */
export function defaultRange(key: CellKey, base: Cell): [number, number] {
  const value = base[cellIndex(key)]!;
  const [low, high] = [round(0.9 * value), round(1.1 * value)];
  return isLength(key) ? [low, high] : [Math.max(1, low), Math.min(179, high)];
}

/** Between what a range of a parameter may lie, angstrom or degrees. */
export const parameterLimits = (key: CellKey): readonly [number, number] =>
  isLength(key) ? [0.5, 1000] : [1, 179];

const round = (value: number): number => Number(value.toFixed(4));
