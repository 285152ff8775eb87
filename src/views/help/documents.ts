const FILES = import.meta.glob<string>('../../../docs/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The documentation by name of file, and the part of each under every heading. */
export const DOCUMENTS: ReadonlyMap<string, string> = new Map(
  Object.entries(FILES).map(([path, text]) => [path.replace(/^.*\/|\.md$/g, ''), text]),
);

export interface Part {
  readonly document: string;
  readonly title: string;
  readonly heading: string;
  readonly text: string;
}

/** Marks are no words. */
const words = (text: string): string => text.replaceAll(/[`*_|#]|\]\([^)]*\)/g, ' ').replaceAll(/\s+/g, ' ');

export const titleOf = (text: string): string => /^# (.*)/.exec(text)?.[1] ?? '';

const PARTS: readonly Part[] = [...DOCUMENTS].flatMap(([document, text]) =>
  text.split(/^(?=#+ )/m).map(part => {
    const [heading = '', ...rest] = part.split('\n');
    return {
      document,
      title: titleOf(text),
      heading: words(heading).trim(),
      text: words(rest.join(' ')),
    };
  }),
);

/** Most parts that a search lists. */
const MOST = 20;

/** Parts that hold every word, those with one in the heading first. */
export function search(query: string): readonly Part[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const holds = (text: string): boolean => wanted.some(word => text.toLowerCase().includes(word));
  return PARTS.filter(({ heading, text }) =>
    wanted.every(word => `${heading} ${text}`.toLowerCase().includes(word)),
  )
    .toSorted((one, other) => Number(holds(other.heading)) - Number(holds(one.heading)))
    .slice(0, MOST);
}

/** The words around the first that was sought. */
export function excerpt({ text }: Part, query: string): string {
  const word = query.toLowerCase().split(/\s+/).find(Boolean) ?? '';
  const at = Math.max(0, text.toLowerCase().indexOf(word) - 60);
  return `${at > 0 ? '…' : ''}${text.slice(at, at + 180).trim()}…`;
}
