import { CELL_KEYS, type Cell, type CellKey, cellIndex, isLength } from '../crystal/cell.ts';
import type { ModelParameter } from './parameter.ts';

export const isCellKey = (id: string): id is CellKey => (CELL_KEYS as readonly string[]).includes(id);

/** Letters of the six as they are printed. */
export const SYMBOLS: Readonly<Record<CellKey, string>> = {
  a: 'a',
  b: 'b',
  c: 'c',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
};

const known = new WeakMap<Cell, ReadonlyMap<CellKey, ModelParameter>>();

/** A parameter of a cell, the same object for the same cell; its usual range is ±10 %, angles kept inside 1° to 179°. */
export function cellParameter(key: CellKey, cell: Cell): ModelParameter {
  let six = known.get(cell);
  if (!six) {
    six = new Map(CELL_KEYS.map(each => [each, described(each, cell)]));
    known.set(cell, six);
  }
  return six.get(key)!;
}

function described(key: CellKey, cell: Cell): ModelParameter {
  const value = cell[cellIndex(key)]!;
  const length = isLength(key);
  const [low, high] = [round(0.9 * value), round(1.1 * value)];
  return {
    id: key,
    group: 'cell',
    name: length ? `*${SYMBOLS[key]}*` : SYMBOLS[key],
    note: '',
    value,
    moves: [{ slot: cellIndex(key), factor: 1 }],
    period: null,
    unit: length ? 'Å' : '°',
    range: length ? [low, high] : [Math.max(1, low), Math.min(179, high)],
    limits: length ? [0.5, 1000] : [1, 179],
    step: length ? 0.01 : 0.5,
    digits: length ? 3 : 1,
  };
}

const round = (value: number): number => Number(value.toFixed(4));
