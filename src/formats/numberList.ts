import { MOST_POINTS } from './limits.ts';
import { excerpt, FormatError } from './result.ts';

/** Numbers parted by blanks or commas, as XML files hold them. Throws FormatError naming the tag. */
export function numberList(text: string, tag: string, line: number): Float64Array {
  const found: number[] = [];
  for (const [word] of text.matchAll(/[^\s,;]+/g)) {
    const value = Number(word);
    if (!Number.isFinite(value))
      throw new FormatError(`<${tag}>: "${excerpt(word)}" is not a number`, line, tag);
    if (found.length >= MOST_POINTS)
      throw new FormatError(`<${tag}> has more than ${MOST_POINTS} values`, line, tag);
    found.push(value);
  }
  return Float64Array.from(found);
}
