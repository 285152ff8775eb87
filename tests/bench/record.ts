import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, 'results.json');

/** A measured number, and the one of the run before this. */
interface Figure {
  readonly value: number;
  readonly earlier: number | null;
}

export interface Results {
  /** UTC, ISO 8601. */
  readonly date: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly figures: Readonly<Record<string, Figure>>;
}

const before: Results | null = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Results) : null;
const figures: Record<string, Figure> = {};
const versions: Record<string, string> = { node: process.version };

export const machine = `${cpus()[0]?.model ?? 'CPU'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;

/** Notes a program whose version matters. */
export const noteVersion = (name: string, version: string): void => {
  versions[name] = version;
};

/** Keeps a figure; its text, with that of the run before in brackets. */
export function note(key: string, value: number, digits = 3): string {
  const earlier = before?.figures[key]?.value ?? null;
  figures[key] = { value: Number(value.toPrecision(4)), earlier };
  return earlier === null ? value.toFixed(digits) : `${value.toFixed(digits)} (${earlier.toFixed(digits)})`;
}

export const noted = (key: string): number | null => figures[key]?.value ?? null;

/** Writes the figures of this run, each beside the one before; parts that did not run keep what they had. */
export function saveResults(): string {
  const results: Results = {
    date: new Date().toISOString(),
    machine,
    versions: { ...before?.versions, ...versions },
    figures: { ...before?.figures, ...figures },
  };
  writeFileSync(FILE, `${JSON.stringify(results, null, 1)}\n`);
  return 'tests/bench/results.json';
}
