/** Checks of what comes from outside: files, links, messages, storage. */

/** True for a value that is what its place wants. */
export type Check = (value: unknown) => boolean;

/** A check for each field of a type, so that none is forgotten. */
export type Checks<T> = { readonly [K in keyof T]-?: Check };

export const isNumber: Check = value => Number.isFinite(value);
export const isCount: Check = value => Number.isSafeInteger(value) && (value as number) >= 0;
export const isFlag: Check = value => typeof value === 'boolean';

export const isText =
  (most: number): Check =>
  value =>
    typeof value === 'string' && value.length <= most;

export const isOneOf =
  (choices: readonly unknown[]): Check =>
  value =>
    choices.includes(value);

/** A list, or an array of numbers, with so many entries. */
export const isList =
  (entry: Check, least: number, most: number): Check =>
  value =>
    (Array.isArray(value) || value instanceof Float64Array) &&
    value.length >= least &&
    value.length <= most &&
    (value as readonly unknown[]).every(item => entry(item));

/** A value, or none at all; `null` and `undefined` are different nothings. */
export const isEither =
  (nothing: null | undefined, check: Check): Check =>
  value =>
    value === nothing || check(value);

export const isShaped =
  <T>(checks: Checks<T>): Check =>
  value =>
    wrongField(value, checks) === null;

/** Name of the first field that is not what it should be; null where all are. */
export function wrongField<T>(value: unknown, checks: Checks<T>): string | null {
  const fields =
    typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  return Object.entries<Check>(checks).find(([name, check]) => !check(fields[name]))?.[0] ?? null;
}
