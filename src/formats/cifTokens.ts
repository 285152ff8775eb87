import { excerpt, FormatError } from './result.ts';

/**
 * CIF 1.1 text to data blocks of tags. Known deviations: save frames and global_ are read as part of their block;
 * "." in a tag (DDLm, mmCIF) is read as "_". Only the categories that a crystal is made of are kept, so that long lists
 * of reflections cost no memory.
 */

export interface CifValue {
  readonly text: string;
  /** A value in quotes is text even when it reads "?" or ".". */
  readonly quoted: boolean;
  readonly line: number;
}

export interface CifBlock {
  readonly name: string;
  /** Tags in lower case with "_" for "."; single items have one value. */
  readonly tags: ReadonlyMap<string, readonly CifValue[]>;
  /** Faults in parts of the block that are not needed, and doubts, one sentence each. */
  readonly remarks: readonly string[];
  readonly line: number;
}

const KEPT =
  /^_(?:cell_|symmetry|space_group|atom_site|chemical_|journal_|publ_section_(?:comment|title)|cod_database_code|database_code|amcsd|braggscape|exptl_crystal_density|pymatgen)/;

/** Values kept per block, over all tags: 200,000 atoms with five columns. */
const MOST_VALUES = 1_000_000;

/** Token by token: bare words, quoted strings and semicolon text. @returns null at the end */
function lexer(source: string): () => CifValue | null {
  const text = source.includes('\r') ? source.replaceAll(/\r\n?/g, '\n') : source;
  let line = 0;
  let current = '';
  let at = 0;
  let nextStart = 0;
  let done = false;
  /** Quotes that nothing closes on this line, from the first of them that was looked at. */
  let unclosed = '';

  /** Moves to the next line; false at the end of the text. */
  const advance = (): boolean => {
    if (done || nextStart > text.length) return false;
    const newline = text.indexOf('\n', nextStart);
    const end = newline < 0 ? text.length : newline;
    current = text.slice(nextStart, end);
    done = newline < 0;
    nextStart = end + 1;
    line++;
    at = 0;
    unclosed = '';
    return true;
  };

  const semicolonText = (): CifValue => {
    const start = line;
    const held = [current.slice(1)];
    for (;;) {
      if (!advance()) throw new FormatError('text opened by ";" is never closed', start);
      if (current.startsWith(';')) break;
      held.push(current);
    }
    // More values may follow the closing semicolon.
    at = 1;
    return { text: held.join('\n').trim(), quoted: true, line: start };
  };

  const space = (code: number): boolean =>
    code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;

  return () => {
    for (;;) {
      if (line === 0 || at >= current.length) {
        if (!advance()) return null;
        if (current.startsWith(';')) return semicolonText();
        continue;
      }
      if (space(current.charCodeAt(at))) {
        at++;
        continue;
      }
      const first = current[at]!;
      if (first === '#') {
        at = current.length;
        continue;
      }
      if ((first === "'" || first === '"') && !unclosed.includes(first)) {
        let close = current.indexOf(first, at + 1);
        while (close >= 0 && close + 1 < current.length && !space(current.charCodeAt(close + 1)))
          close = current.indexOf(first, close + 1);
        if (close >= 0) {
          const value = { text: current.slice(at + 1, close), quoted: true, line };
          at = close + 1;
          return value;
        }
        unclosed += first;
      }
      const start = at;
      while (at < current.length && !space(current.charCodeAt(at))) at++;
      return { text: current.slice(start, at), quoted: false, line };
    }
  };
}

const isTag = (token: CifValue): boolean => !token.quoted && token.text.startsWith('_');
const isWord = (token: CifValue, word: string): boolean =>
  !token.quoted && token.text.length === word.length && token.text.toLowerCase() === word;
const isHeader = (token: CifValue): boolean => !token.quoted && /^data_/i.test(token.text);
/** Words that structure a file without carrying values: save_NAME, save_, global_, stop_. */
const isFrame = (token: CifValue): boolean =>
  !token.quoted && /^(?:save_\S*|global_|stop_)$/i.test(token.text);
const ends = (token: CifValue | null): boolean =>
  token === null || isTag(token) || isHeader(token) || isWord(token, 'loop_') || isFrame(token);

/** The form in which tags are compared: "_atom_site.Fract_x" is "_atom_site_fract_x". */
export const tagKey = (tag: string): string => tag.toLowerCase().replaceAll('.', '_');

interface OpenBlock {
  readonly name: string;
  readonly tags: Map<string, CifValue[]>;
  readonly remarks: string[];
  readonly line: number;
  count: number;
}

/** Reads all data blocks. Throws FormatError with the line. */
export function cifBlocks(text: string): CifBlock[] {
  const next = lexer(text);
  const blocks: OpenBlock[] = [];
  let token = next();

  const blockFor = (tag: CifValue): OpenBlock => {
    const block = blocks.at(-1);
    if (!block) throw new FormatError(`${excerpt(tag.text)} stands before the first data_ block`, tag.line);
    return block;
  };
  const add = (block: OpenBlock, tag: CifValue, values: CifValue[]): void => {
    const key = tagKey(tag.text);
    const held = block.tags.get(key);
    block.count += values.length;
    if (held) block.remarks.push(`${excerpt(tag.text)} is given twice: the first stands (line ${tag.line})`);
    else block.tags.set(key, values);
  };

  const readLoop = (start: CifValue): void => {
    const tags: CifValue[] = [];
    while (token && isTag(token)) {
      tags.push(token);
      token = next();
    }
    if (tags.length === 0) throw new FormatError('loop_ without tags', start.line);
    const block = blockFor(tags[0]!);
    const kept = tags.map(tag => KEPT.test(tagKey(tag.text)));
    const columns: CifValue[][] = tags.map(() => []);
    let count = 0;
    let size = block.count;
    for (; !ends(token); token = next(), count++) {
      const column = count % tags.length;
      if (!kept[column]) continue;
      if (++size > MOST_VALUES)
        throw new FormatError(`more than ${MOST_VALUES} values in one block`, token!.line);
      columns[column]!.push(token!);
    }
    if (count % tags.length !== 0) {
      const message = `the loop of ${excerpt(tags[0]!.text)} has ${count} values for ${tags.length} columns`;
      if (kept.includes(true)) throw new FormatError(message, tags[0]!.line);
      block.remarks.push(`${message} (line ${tags[0]!.line}); it is not needed`);
    }
    for (const [i, tag] of tags.entries()) if (kept[i]) add(block, tag, columns[i]!);
  };

  while (token) {
    if (isHeader(token)) {
      blocks.push({ name: token.text.slice(5), tags: new Map(), remarks: [], line: token.line, count: 0 });
      token = next();
    } else if (isFrame(token)) {
      token = next();
    } else if (isWord(token, 'loop_')) {
      const start: CifValue = token;
      token = next();
      readLoop(start);
    } else if (isTag(token)) {
      const tag: CifValue = token;
      const block = blockFor(tag);
      const kept = KEPT.test(tagKey(tag.text));
      token = next();
      if (ends(token)) {
        const message = `${excerpt(tag.text)} has no value`;
        if (kept) throw new FormatError(message, tag.line);
        block.remarks.push(`${message} (line ${tag.line})`);
        continue;
      }
      if (kept) add(block, tag, [token!]);
      token = next();
    } else throw new FormatError(`"${excerpt(token.text)}" belongs to no tag`, token.line);
  }
  return blocks;
}
