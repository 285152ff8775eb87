/** Text of a value, or the reason why it is refused. */
export type Decoded<T> = { readonly value: T } | { readonly refused: string };

/** Writing and reading of a value of a link; what is refused says why. */
export interface Codec<T> {
  encode(value: T): string;
  decode(text: string): Decoded<T>;
}

export interface NumberCodec<T = number> extends Codec<T> {
  readonly limits: readonly [number, number];
  readonly whole: boolean;
}

/** A word for a choice, or a short one and what it means. */
export type ChoiceWord = string | readonly [label: string, title: string];

export interface ChoiceCodec<T extends string | number> extends Codec<T> {
  readonly choices: readonly T[];
  /** Their name on a control. */
  readonly words: Readonly<Partial<Record<T, ChoiceWord>>>;
}

export interface ListCodec<T> extends Codec<readonly T[]> {
  /** Entries that it may have. */
  readonly most: number;
}

/** Shortest text that reads back as the same number to 10 significant digits. */
const numberText = (value: number): string => String(Number(value.toPrecision(10)));

export const number = (low: number, high: number, whole = false): NumberCodec => ({
  limits: [low, high],
  whole,
  encode: numberText,
  decode(text) {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value) || (whole && !Number.isInteger(value)))
      return { refused: `is not ${whole ? 'a whole number' : 'a number'}` };
    return value < low || value > high ? { refused: `is outside ${low} to ${high}` } : { value };
  },
});

export const whole = (low: number, high: number): NumberCodec => number(low, high, true);

/** One of a list, or of the keys of a record that says what a control calls each. */
export function oneOf<const T extends string>(
  given: readonly T[] | Readonly<Record<T, ChoiceWord>>,
): ChoiceCodec<T> {
  const listed = Array.isArray(given);
  const choices = (listed ? given : Object.keys(given)) as readonly T[];
  return {
    choices,
    words: (listed ? {} : given) as Readonly<Partial<Record<T, ChoiceWord>>>,
    encode: value => value,
    decode: text =>
      choices.includes(text as T) ? { value: text as T } : { refused: `is not one of ${choices.join(', ')}` },
  };
}

/** Few numbers, with what a control calls each. */
export const worded = <T extends number>(
  { encode, decode }: Codec<T>,
  words: Readonly<Record<number, ChoiceWord>>,
): ChoiceCodec<T> => ({ encode, decode, words, choices: Object.keys(words).map(Number) as T[] });

export const flag: Codec<boolean> = {
  encode: value => (value ? '1' : '0'),
  decode: text =>
    text === '0' || text === '1' ? { value: text === '1' } : { refused: 'is neither 0 nor 1' },
};

export const list = <T>(item: Codec<T>, separator: string, least: number, most: number): ListCodec<T> => ({
  most,
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
      if ('refused' in entry) return { refused: `has "${part.slice(0, 40)}", which ${entry.refused}` };
      values.push(entry.value);
    }
    return { value: values };
  },
});

/** A list in which no two entries have the same `key`. */
export const distinct = <T>(
  codec: ListCodec<T>,
  key: (entry: T) => unknown = entry => entry,
): ListCodec<T> => ({
  ...codec,
  decode: text =>
    checked(codec.decode(text), values =>
      new Set(values.map(key)).size < values.length ? 'names one of them twice' : null,
    ),
});

/** A decoded value, or why it is refused after all. */
export function checked<T>(decoded: Decoded<T>, problem: (value: T) => string | null): Decoded<T> {
  const refused = 'value' in decoded ? problem(decoded.value) : null;
  return refused === null ? decoded : { refused };
}

/** Exactly as many entries as the tuple has: "1~2~3". */
export const tuple = <V extends readonly unknown[]>(item: Codec<V[number]>, count: V['length']): Codec<V> =>
  list(item, '~', count, count) as unknown as Codec<V>;

export const range = (low: number, high: number): Codec<readonly [number, number]> => {
  const pair = tuple<readonly [number, number]>(number(low, high), 2);
  return {
    encode: pair.encode,
    decode: text =>
      checked(pair.decode(text), ([from, to]) => (from < to ? null : 'does not run from low to high')),
  };
};

/** The value that a codec carries. */
export type Decodes<C> = C extends Codec<infer T> ? T : never;

type Or<C, N> = Omit<C, keyof Codec<unknown>> & Codec<Decodes<C> | N>;

/** The values of a codec, and one more under a word of its own. */
const or = <C extends Codec<unknown>, N>(codec: C, word: string, none: N): Or<C, N> =>
  ({
    ...codec,
    encode: (value: unknown) => (value === none ? word : codec.encode(value)),
    decode: (text: string) => (text === word ? { value: none } : codec.decode(text)),
  }) as Or<C, N>;

/** Null where it is left to the page. */
export const optional = <C extends Codec<unknown>>(codec: C): Or<C, null> => or(codec, 'auto', null);

/** A setting that may be absent altogether. */
export const orAbsent = <C extends Codec<unknown>>(codec: C): Or<C, undefined> => or(codec, 'off', undefined);
