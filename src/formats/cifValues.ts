import type { CifBlock, CifValue } from './cifTokens.ts';
import { excerpt, FormatError } from './result.ts';

/** The values of the first of several spellings of a tag that the block has. Names in lower case with "_". */
export const column = (block: CifBlock, ...tags: readonly string[]): readonly CifValue[] | undefined => {
  for (const tag of tags) {
    const values = block.tags.get(tag);
    if (values) return values;
  }
  return undefined;
};

/** True for a value that says something: neither "?" (unknown) nor "." (does not apply). */
export const known = (value: CifValue | undefined): value is CifValue =>
  value !== undefined && (value.quoted ? value.text !== '' : value.text !== '?' && value.text !== '.');

/** The first known value under any of the tags. */
export const item = (block: CifBlock, ...tags: readonly string[]): CifValue | undefined => {
  for (const tag of tags) {
    const value = block.tags.get(tag)?.[0];
    if (known(value)) return value;
  }
  return undefined;
};

const NUMBER = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eEdD][+-]?\d+)?)\s*(?:\(\d*\))?$/;

/** A number with or without its uncertainty in brackets: 5.64(2). */
export function numberOf(value: CifValue, tag: string): number {
  const number = cifNumber(value.text.trim());
  if (number === null) throw new FormatError(`${tag}: "${excerpt(value.text)}" is not a number`, value.line);
  return number;
}

/** Of a number with or without its uncertainty, or a fraction (1/3); null when the text is no finite one. */
export function cifNumber(text: string): number | null {
  if (text.length > 60) return null;
  const [, part, whole] = /^([+-]?\d+)\/(\d+)$/.exec(text) ?? [];
  const match = NUMBER.exec(text);
  const number = part
    ? Number(part) / Number(whole)
    : match
      ? Number(match[1]!.replace(/[dD]/, 'e'))
      : Number.NaN;
  return Number.isFinite(number) ? number : null;
}
