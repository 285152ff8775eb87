import { type Cell, cellProblem } from '../crystal/cell.ts';
import { ALL_MODES, type Focus, type Start } from './inputs.ts';

/** How the values of a link are written and read; what is refused says why. */

/** Text of a value, or the reason why it is refused. */
export type Decoded<T> = { readonly value: T } | { readonly refused: string };

export interface Codec<T> {
  encode(value: T): string;
  decode(text: string): Decoded<T>;
}

/** Shortest text that reads back as the same number to 10 significant digits. */
const numberText = (value: number): string => String(Number(value.toPrecision(10)));

export const number = (low: number, high: number, integer = false): Codec<number> => ({
  encode: numberText,
  decode(text) {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value) || (integer && !Number.isInteger(value)))
      return { refused: `is not ${integer ? 'a whole number' : 'a number'}` };
    return value < low || value > high ? { refused: `is outside ${low} to ${high}` } : { value };
  },
});

export const oneOf = <T extends string>(choices: readonly T[]): Codec<T> => ({
  encode: value => value,
  decode: text =>
    choices.includes(text as T) ? { value: text as T } : { refused: `is not one of ${choices.join(', ')}` },
});

export const flag: Codec<boolean> = {
  encode: value => (value ? '1' : '0'),
  decode: text =>
    text === '0' || text === '1' ? { value: text === '1' } : { refused: 'is neither 0 nor 1' },
};

export const list = <T>(
  item: Codec<T>,
  separator: string,
  least: number,
  most: number,
): Codec<readonly T[]> => ({
  encode: values => values.map(item.encode).join(separator),
  decode(text) {
    const parts = text === '' ? [] : text.split(separator);
    if (parts.length < least || parts.length > most)
      return {
        refused: `has ${parts.length} entries, not ${least === most ? least : `${least} to ${most}`}`,
      };
    const values: T[] = [];
    for (const part of parts) {
      const entry = item.decode(part);
      if ('refused' in entry) return { refused: `has "${part}", which ${entry.refused}` };
      values.push(entry.value);
    }
    return { value: values };
  },
});

/** A list in which no two entries have the same `key`. */
export const distinctBy = <T>(
  codec: Codec<readonly T[]>,
  key: (entry: T) => unknown,
): Codec<readonly T[]> => ({
  encode: codec.encode,
  decode(text) {
    const decoded = codec.decode(text);
    const repeated = 'value' in decoded && new Set(decoded.value.map(key)).size < decoded.value.length;
    return repeated ? { refused: 'names one of them twice' } : decoded;
  },
});

export const distinct = <T>(codec: Codec<readonly T[]>): Codec<readonly T[]> =>
  distinctBy(codec, entry => entry);

export const optional = <T>(codec: Codec<T>): Codec<T | null> => ({
  encode: value => (value === null ? 'auto' : codec.encode(value)),
  decode: text => (text === 'auto' ? { value: null } : codec.decode(text)),
});

/** A setting that may be absent altogether. */
export const orAbsent = <T>(codec: Codec<T>): Codec<T | undefined> => ({
  encode: value => (value === undefined ? 'off' : codec.encode(value)),
  decode: text => (text === 'off' ? { value: undefined } : codec.decode(text)),
});

export const range = (low: number, high: number): Codec<readonly [number, number]> => {
  const pair = list(number(low, high), '~', 2, 2);
  return {
    encode: pair.encode,
    decode(text) {
      const decoded = pair.decode(text);
      if ('refused' in decoded) return decoded;
      const [from, to] = decoded.value as [number, number];
      return from < to ? { value: [from, to] } : { refused: 'does not run from low to high' };
    },
  };
};

/** Two points, x~y~x~y. */
export const pairOfPoints: Codec<readonly [number, number, number, number]> = list(
  number(-1e4, 1e4),
  '~',
  4,
  4,
) as unknown as Codec<readonly [number, number, number, number]>;

/** Two numbers on the slice, or six: a whole cell, whose projection `readLink` finds once it knows the axes. */
export const start: Codec<Start> = (() => {
  const numbers = list(number(-1e4, 1e4), '~', 2, 6);
  return {
    encode: ({ x, y, cell }) => numbers.encode(cell ?? [x, y]),
    decode(text) {
      const decoded = numbers.decode(text);
      if ('refused' in decoded) return decoded;
      const [x = 0, y = 0] = decoded.value;
      if (decoded.value.length === 2) return { value: { x, y } };
      if (decoded.value.length !== 6) return { refused: 'has neither two numbers nor six' };
      const cell = decoded.value as unknown as Cell;
      const problem = cellProblem(cell);
      return problem ? { refused: `is no cell: ${problem}` } : { value: { x, y, cell } };
    },
  };
})();

const point = list(number(-1e4, 1e4), '~', 2, 2);

export const focus: Codec<Focus> = {
  encode(value) {
    if (value.kind === 'probe') return `probe~${point.encode([value.x, value.y])}`;
    if (value.kind === 'minimum') return `minimum~${value.index}`;
    if (value.kind === 'step') return `step~${value.start}~${value.mode}~${value.step}`;
    return value.kind;
  },
  decode(text) {
    const [kind, ...rest] = text.split('~');
    const refused = { refused: 'is not truth, probe~x~y, minimum~n or step~start~mode~n' };
    const count = number(0, 1e6, true);
    if (kind === 'truth' && rest.length === 0) return { value: { kind } };
    if (kind === 'probe') {
      const decoded = point.decode(rest.join('~'));
      if ('refused' in decoded) return refused;
      const [x, y] = decoded.value as [number, number];
      return { value: { kind, x, y } };
    }
    const numbers = (kind === 'minimum' ? rest : [rest[0], rest[2]]).map(part => count.decode(part ?? ''));
    if (numbers.some(entry => 'refused' in entry)) return refused;
    const [first = 0, second = 0] = numbers.map(entry => ('value' in entry ? entry.value : 0));
    if (kind === 'minimum' && rest.length === 1) return { value: { kind, index: first } };
    const mode = oneOf(ALL_MODES).decode(rest[1] ?? '');
    if (kind === 'step' && rest.length === 3 && 'value' in mode)
      return { value: { kind, start: first, mode: mode.value, step: second } };
    return refused;
  },
};

export const strain: Codec<1 | 5> = {
  encode: String,
  decode: text =>
    text === '1' || text === '5' ? { value: text === '1' ? 1 : 5 } : { refused: 'is neither 1 nor 5' },
};
