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
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * A reader of the part of XML 1.0 that instruments write: elements, attributes, text, CDATA, comments, processing
 * instructions. A document type is passed over and its entities are never expanded, so that no file can grow in
 * reading. Throws FormatError with the line.
 */
export function parseXml(text: string): XmlElement {
  interface Open {
    name: string;
    attributes: Map<string, string>;
    children: XmlElement[];
    pieces: string[];
    line: number;
  }
  const stack: Open[] = [];
  let root: XmlElement | null = null;
  let count = 0;
  let at = 0;
  let line = 1;
  let counted = 0;
  const lineAt = (place: number): number => {
    for (; counted < place; counted++) if (text.charCodeAt(counted) === 10) line++;
    return line;
  };
  const fail = (message: string, place: number): never => {
    throw new FormatError(message, lineAt(place));
  };
  const skipTo = (mark: string, from: number, what: string): number => {
    const end = text.indexOf(mark, from);
    return end < 0 ? fail(`${what} is never closed`, at) : end;
  };
  const close = (open: Open): void => {
    const element: XmlElement = {
      name: open.name,
      attributes: open.attributes,
      children: open.children,
      text: open.pieces.join('').trim(),
      line: open.line,
    };
    const parent = stack.at(-1);
    if (parent) parent.children.push(element);
    else root ??= element;
  };

  while (at < text.length) {
    const next = text.indexOf('<', at);
    const piece = text.slice(at, next < 0 ? text.length : next);
    if (stack.length > 0 && piece) stack.at(-1)!.pieces.push(resolve(piece));
    if (next < 0) break;
    at = next;
    if (text.startsWith('<!--', at)) at = skipTo('-->', at + 4, 'a comment') + 3;
    else if (text.startsWith('<![CDATA[', at)) {
      const end = skipTo(']]>', at + 9, 'a CDATA section');
      stack.at(-1)?.pieces.push(text.slice(at + 9, end));
      at = end + 3;
    } else if (text.startsWith('<?', at)) at = skipTo('?>', at + 2, 'a processing instruction') + 2;
    else if (text.startsWith('<!', at))
      at = endOfDoctype(text, at) ?? fail('a declaration is never closed', at);
    else if (text.startsWith('</', at)) {
      const end = skipTo('>', at, 'a tag');
      const name = local(text.slice(at + 2, end).trim());
      const open = stack.pop();
      if (!open || open.name !== name)
        fail(`</${excerpt(name)}> closes ${open ? `<${excerpt(open.name)}>` : 'nothing'}`, at);
      close(open!);
      at = end + 1;
    } else {
      const tag = readTag(text, at);
      if (!tag) return fail(`"${excerpt(text.slice(at, at + 40))}" is not a tag`, at);
      if (++count > MOST_ELEMENTS) fail(`more than ${MOST_ELEMENTS} elements`, at);
      if (stack.length >= MOST_DEPTH) fail(`elements are nested more than ${MOST_DEPTH} deep`, at);
      const open: Open = {
        name: local(tag.name),
        attributes: tag.attributes,
        children: [],
        pieces: [],
        line: lineAt(at),
      };
      if (tag.empty) close(open);
      else stack.push(open);
      at = tag.end;
    }
  }
  if (stack.length > 0) fail(`<${excerpt(stack.at(-1)!.name)}> is never closed`, text.length);
  return root ?? fail('the text is no XML document', 0);
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The five entities of XML and characters by number; any other stays as it is written. */
const resolve = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(
        /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
        (whole, hex, decimal, name) => {
          if (name) return ENTITIES[String(name).toLowerCase()] ?? whole;
          const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
          return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
        },
      )
    : text;

/** The place behind <!DOCTYPE …>, an internal subset in square brackets included. */
function endOfDoctype(text: string, from: number): number | null {
  let depth = 0;
  for (let at = from + 2; at < text.length; at++) {
    const sign = text[at];
    if (sign === '[') depth++;
    else if (sign === ']') depth--;
    else if (sign === '>' && depth <= 0) return at + 1;
  }
  return null;
}

interface Tag {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly empty: boolean;
  readonly end: number;
}

function readTag(text: string, from: number): Tag | null {
  const name = /[A-Za-z_À-￿][\w.\-:À-￿]*/y;
  name.lastIndex = from + 1;
  const start = name.exec(text);
  if (!start) return null;
  const attributes = new Map<string, string>();
  const attribute = /\s+([A-Za-z_À-￿][\w.\-:À-￿]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
  let at = name.lastIndex;
  for (;;) {
    attribute.lastIndex = at;
    const found = attribute.exec(text);
    if (!found) break;
    attributes.set(local(found[1]!), resolve(found[2] ?? found[3] ?? ''));
    at = attribute.lastIndex;
  }
  const end = /\s*(\/?)>/y;
  end.lastIndex = at;
  const last = end.exec(text);
  return last ? { name: start[0], attributes, empty: last[1] === '/', end: end.lastIndex } : null;
}

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
