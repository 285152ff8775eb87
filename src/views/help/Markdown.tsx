import type { ReactNode } from 'react';
import styles from './HelpPage.module.css';

export interface MarkdownProps {
  readonly text: string;
  /** The address of another document. */
  link(document: string): string;
}

/** A document of docs/: headings, paragraphs, lists, tables, code, and the marks of a line. Its text is never markup. */
export function Markdown({ text, link }: MarkdownProps): ReactNode {
  return blocksOf(text).map((block, i) => {
    const key = `${i} ${block.slice(0, 20)}`;
    const heading = /^(#+) (.*)/.exec(block);
    if (heading) {
      const Tag = heading[1]!.length < 3 ? 'h2' : 'h3';
      return (
        <Tag key={key} id={headingId(heading[2]!)}>
          <Line text={heading[2]!} link={link} />
        </Tag>
      );
    }
    if (block.startsWith('```')) {
      const code = block.replace(/^```.*\n/, '').replace(/\n?```$/, '');
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        <section key={key} className={styles.wide} aria-label="Code" tabIndex={0}>
          <pre>{code}</pre>
        </section>
      );
    }
    if (block.startsWith('|')) return <Table key={key} block={block} link={link} />;
    if (/^(-|\d+\.) /.test(block)) {
      const Tag = block.startsWith('-') ? 'ul' : 'ol';
      return (
        <Tag key={key}>
          {block.split(/^(?:-|\d+\.) /m).flatMap(item =>
            item.trim() === ''
              ? []
              : [
                  <li key={item.slice(0, 60)}>
                    <Line text={item} link={link} />
                  </li>,
                ],
          )}
        </Tag>
      );
    }
    return (
      <p key={key}>
        <Line text={block} link={link} />
      </p>
    );
  });
}

/** By which a link of a search finds a heading. */
export const headingId = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');

/** Text between empty lines; code stays whole. */
const blocksOf = (text: string): string[] =>
  text
    .split(/(^```[\s\S]*?^```$)/m)
    .flatMap(part => (part.startsWith('```') ? [part] : part.split(/\n{2,}/)))
    .map(block => block.trim())
    .filter(Boolean);

function Table({ block, link }: { block: string } & Pick<MarkdownProps, 'link'>): ReactNode {
  const [head = [], , ...rows] = block.split('\n').map(line =>
    line
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map(cell => cell.trim().replaceAll('\\|', '|')),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section className={styles.wide} aria-label="Table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places
              <th key={i} scope="col">
                <Line text={cell} link={link} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never change places
            <tr key={i}>
              {row.map((cell, k) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places
                <td key={k}>
                  <Line text={cell} link={link} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const MARKS =
  /(`[^`]+`|\*\*.+?\*\*|\*[^*\s][^*]*\*|(?<![\p{L}\p{N}])_[^_]+_(?![\p{L}\p{N}])|!?\[[^\]]*\]\([^)]*\))/u;

/** A line with its marks: `code`, **bold**, _italic_ or *italic*, [links](to.md). */
function Line({ text, link }: MarkdownProps): ReactNode {
  return text.split(MARKS).map((part, i) => {
    const key = `${i}`;
    if (part.startsWith('`')) return <code key={key}>{part.slice(1, -1)}</code>;
    const to = /^!?\[([^\]]*)\]\(([^)]*)\)$/.exec(part);
    if (to) {
      const [, words = '', address = ''] = to;
      const document = /^(?:docs\/)?([\w-]+)\.md/.exec(address)?.[1];
      const href = document ? link(document) : address;
      return /^(https?:|#)/.test(href) ? (
        <a key={key} href={href}>
          <Line text={words} link={link} />
        </a>
      ) : (
        words
      );
    }
    if (i % 2 === 1) {
      const bold = part.startsWith('**');
      const inner = <Line text={bold ? part.slice(2, -2) : part.slice(1, -1)} link={link} />;
      return bold ? <b key={key}>{inner}</b> : <i key={key}>{inner}</i>;
    }
    return part.replaceAll(/\\([\\|_*`])/g, '$1');
  });
}
