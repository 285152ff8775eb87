import { SaxesParser } from 'saxes';
import { MOST_POINTS } from './limits.ts';
import { excerpt, FormatError } from './result.ts';

/** An element of a document. Names without their namespace prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text directly inside, entities resolved. */
  readonly text: string;
  readonly line: number;
}

const MOST_DEPTH = 100;
const MOST_ELEMENTS = 500_000;
/** Attributes of an element. */
const MOST_ATTRIBUTES = 1000;
/** Entities that nothing defines; each costs an error of the parser, 10 µs. */
const MOST_UNDEFINED = 1000;

/**
 * Reads XML 1.0 into a tree of bounded depth and size. Entities that a document type declares are never expanded and
 * stay as they are written, so that no file can grow in reading. Throws FormatError with the line.
 */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser();
  const open: {
    name: string;
    attributes: Map<string, string>;
    children: XmlElement[];
    pieces: string[];
    line: number;
  }[] = [];
  let root: XmlElement | null = null;
  let attributes = new Map<string, string>();
  let count = 0;
  let undefinedCount = 0;
  let closing = '';
  const refuse = (message: string): never => {
    throw new FormatError(message, parser.line);
  };
  parser.on('error', ({ message }) => {
    const fault = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    const unclosed = /^unclosed tag: (.*)$/s.exec(fault);
    if (unclosed) refuse(`<${excerpt(unclosed[1]!)}> is never closed`);
    if (fault === 'unexpected close tag')
      refuse(`<${excerpt(closing)}> is closed by the tag of another element`);
    if (!fault.startsWith('undefined entity')) refuse(`the XML is damaged: ${fault}`);
    if (++undefinedCount > MOST_UNDEFINED)
      refuse(`more than ${MOST_UNDEFINED} entities that are not defined`);
  });
  parser.on('opentagstart', ({ name }) => {
    if (++count > MOST_ELEMENTS) refuse(`more than ${MOST_ELEMENTS} elements`);
    if (open.length >= MOST_DEPTH) refuse(`elements are nested more than ${MOST_DEPTH} deep`);
    attributes = new Map();
    const element = { name: local(name), attributes, children: [], pieces: [], line: parser.line };
    open.push(element);
  });
  parser.on('attribute', ({ name, value }) => {
    if (attributes.size >= MOST_ATTRIBUTES) refuse(`an element has more than ${MOST_ATTRIBUTES} attributes`);
    attributes.set(local(name), value);
  });
  const piece = (text: string): void => void open.at(-1)?.pieces.push(text);
  parser.on('text', piece);
  parser.on('cdata', piece);
  parser.on('closetag', () => {
    const { pieces, ...element } = open.pop()!;
    closing = element.name;
    const closed = { ...element, text: pieces.join('').trim() };
    const parent = open.at(-1);
    if (parent) parent.children.push(closed);
    else root = closed;
  });
  parser.write(text).close();
  return root ?? refuse('the text is no XML document');
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Every element of that name below, in the order of the document. Not recursive: depth is bounded, width is not. */
export function elementsNamed(root: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const open: XmlElement[] = [root];
  while (open.length > 0) {
    const element = open.pop()!;
    if (element.name === name) found.push(element);
    for (let i = element.children.length - 1; i >= 0; i--) open.push(element.children[i]!);
  }
  return found;
}

export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find(candidate => candidate.name === name);

/** Numbers of an element, parted by blanks or commas. Throws FormatError naming it. */
export function numbersIn({ name, text, line }: XmlElement): Float64Array {
  const found: number[] = [];
  for (const [word] of text.matchAll(/[^\s,;]+/g)) {
    const value = Number(word);
    if (!Number.isFinite(value)) throw new FormatError(`<${name}>: "${excerpt(word)}" is not a number`, line);
    if (found.length >= MOST_POINTS)
      throw new FormatError(`<${name}> has more than ${MOST_POINTS} values`, line);
    found.push(value);
  }
  return Float64Array.from(found);
}
