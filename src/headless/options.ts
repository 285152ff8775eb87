import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A fault of a command line; its message is all that is printed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface CommandLine {
  readonly files: readonly string[];
  text(name: string): string | undefined;
  flag(name: string): boolean;
  number(name: string): number | undefined;
  list(name: string): readonly string[] | undefined;
  numbers(name: string): readonly number[] | undefined;
  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined;
}

/** Reads options: `texts` take a value, `flags` none. @throws UsageError for one that is not known */
export function commandLine(
  args: readonly string[],
  texts: readonly string[],
  flags: readonly string[],
): CommandLine {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const name of texts) options[name] = { type: 'string' };
  for (const name of flags) options[name] = { type: 'boolean' };
  const { values, positionals } = parsed(args, options);
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const list = (name: string): readonly string[] | undefined =>
    text(name)
      ?.split(',')
      .map(part => part.trim())
      .filter(Boolean);
  return {
    files: positionals,
    text,
    list,
    flag: name => values[name] === true,
    number: name => {
      const value = text(name);
      return value === undefined ? undefined : finite(value, name);
    },
    numbers: name => list(name)?.map(part => finite(part, name)),
    oneOf: (name, allowed) => {
      const value = text(name);
      if (value === undefined) return undefined;
      const found = allowed.find(entry => entry === value);
      if (!found) throw new UsageError(`--${name} ${value}: use one of ${allowed.join(', ')}`);
      return found;
    },
  };
}

function parsed(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

export function finite(text: string, name: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new UsageError(`--${name} ${text}: that is not a number`);
  return value;
}
