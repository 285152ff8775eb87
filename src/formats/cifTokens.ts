/** CIF 1.1 text to data blocks of tags. Known deviation: save frames are read as part of their block. */

export interface CifValue {
  readonly text: string;
  /** A value in quotes is text even when it reads "?" or ".". */
  readonly quoted: boolean;
  readonly line: number;
}

export interface CifBlock {
  readonly name: string;
  /** Tags in lower case; single items have one value. */
  readonly tags: ReadonlyMap<string, readonly CifValue[]>;
}

class CifError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

export { CifError };

/** Splits text into tokens: bare words, quoted strings and semicolon text. */
function tokens(text: string): CifValue[] {
  const found: CifValue[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  for (let i = 0; i < lines.length; i++) {
    let line = lines[i]!;
    if (line.startsWith(';')) {
      const start = i;
      const held = [line.slice(1)];
      for (i++; i < lines.length && !lines[i]!.startsWith(';'); i++) held.push(lines[i]!);
      if (i >= lines.length) throw new CifError('text opened by ";" is never closed', start + 1);
      found.push({ text: held.join('\n').trim(), quoted: true, line: start + 1 });
      // More values may follow the closing semicolon.
      line = lines[i]!.slice(1);
    }
    const pattern = /\s*(?:(#.*)|'((?:[^']|'(?=\S))*)'(?=\s|$)|"((?:[^"]|"(?=\S))*)"(?=\s|$)|(\S+))/y;
    let match = pattern.exec(line);
    while (match && match[1] === undefined) {
      const quoted = match[2] ?? match[3];
      found.push({ text: quoted ?? match[4]!, quoted: quoted !== undefined, line: i + 1 });
      match = pattern.exec(line);
    }
  }
  return found;
}

const isTag = (token: CifValue): boolean => !token.quoted && token.text.startsWith('_');
const isWord = (token: CifValue, word: string): boolean => !token.quoted && token.text.toLowerCase() === word;
const isHeader = (token: CifValue): boolean => !token.quoted && /^data_/i.test(token.text);
const ends = (token: CifValue | undefined): boolean =>
  token === undefined || isTag(token) || isHeader(token) || isWord(token, 'loop_');

/** Reads all data blocks. Throws CifError with the line. */
export function cifBlocks(text: string): CifBlock[] {
  const list = tokens(text);
  const blocks: { name: string; tags: Map<string, CifValue[]> }[] = [];
  let at = 0;
  const add = (tag: CifValue, values: CifValue[]): void => {
    const block = blocks.at(-1);
    if (!block) throw new CifError(`${tag.text} stands before the first data_ block`, tag.line);
    block.tags.set(tag.text.toLowerCase(), values);
  };
  while (at < list.length) {
    const token = list[at]!;
    if (isHeader(token)) {
      blocks.push({ name: token.text.slice(5), tags: new Map() });
      at++;
    } else if (isWord(token, 'loop_')) {
      at = readLoop(list, at + 1, add);
    } else if (isTag(token)) {
      const value = list[at + 1];
      if (ends(value)) throw new CifError(`${token.text} has no value`, token.line);
      add(token, [value!]);
      at += 2;
    } else throw new CifError(`"${token.text.slice(0, 40)}" belongs to no tag`, token.line);
  }
  return blocks;
}

function readLoop(
  list: readonly CifValue[],
  first: number,
  add: (tag: CifValue, values: CifValue[]) => void,
): number {
  let at = first;
  const tags: CifValue[] = [];
  while (at < list.length && isTag(list[at]!)) tags.push(list[at++]!);
  const columns: CifValue[][] = tags.map(() => []);
  const start = at;
  while (!ends(list[at])) {
    columns[(at - start) % tags.length]?.push(list[at]!);
    at++;
  }
  if (tags.length === 0) throw new CifError('loop_ without tags', list[first - 1]!.line);
  if ((at - start) % tags.length !== 0)
    throw new CifError(
      `the loop of ${tags[0]!.text} has ${at - start} values for ${tags.length} columns`,
      tags[0]!.line,
    );
  for (const [i, tag] of tags.entries()) add(tag, columns[i]!);
  return at;
}
