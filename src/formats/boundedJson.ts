import type { Result } from './result.ts';

/** Objects and arrays inside each other; a structure needs 8. */
const MOST_DEPTH = 60;

/** Names that reach an object's prototype when they are copied. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Reads JSON that a user hands in: depth bounded before parsing, no names that reach a prototype. */
export function boundedJson(text: string): Result<Json> {
  const deep = depthProblem(text);
  if (deep !== null)
    return { ok: false, message: `the JSON is nested more than ${MOST_DEPTH} deep`, line: deep };
  // pymatgen writes NaN and Infinity, which JSON has not; as values they say nothing.
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'bad text';
    return { ok: false, message: `the JSON cannot be read: ${reason}`.slice(0, 200) };
  }
  const wrong = wrongWithin(value);
  if (wrong) return { ok: false, message: `the JSON has ${wrong}` };
  return { ok: true, value, warnings: [] };
}

/** The line where the nesting gets too deep, or null. Strings are skipped. */
function depthProblem(text: string): number | null {
  let depth = 0;
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) line++;
    else if (code === 34) {
      for (at++; at < text.length && text.charCodeAt(at) !== 34; at++) {
        if (text.charCodeAt(at) === 92) at++;
        if (text.charCodeAt(at) === 10) line++;
      }
    } else if (code === 91 || code === 123) {
      if (++depth > MOST_DEPTH) return line;
    } else if (code === 93 || code === 125) depth--;
  }
  return null;
}

/** A name that reaches a prototype, or a number like 1e999 that JSON.parse makes infinite. */
function wrongWithin(root: Json): string | null {
  const open: Json[] = [root];
  while (open.length > 0) {
    const value = open.pop()!;
    if (typeof value === 'number' && !Number.isFinite(value))
      return 'a number that is too large to compute with (beyond ±1.8e308)';
    if (value === null || typeof value !== 'object') continue;
    if (Array.isArray(value)) {
      for (const item of value) open.push(item);
      continue;
    }
    for (const [key, item] of Object.entries(value)) {
      if (FORBIDDEN.has(key)) return `a field called "${key}", which is not allowed`;
      open.push(item);
    }
  }
  return null;
}

/** A field of an object, own fields only; undefined for anything else. */
export const field = (value: Json | undefined, name: string): Json | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value as { readonly [key: string]: Json })[name]
    : undefined;
