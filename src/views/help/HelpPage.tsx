import { type ReactNode, useEffect, useRef, useState } from 'react';
import { linkOf } from '../../state/core/permalink.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { changeSettings } from '../../state/core/undo.ts';
import { DOCUMENT_IDS } from '../../state/help/helpSettings.ts';
import { TourList } from '../tours/TourList.tsx';
import { DOCUMENTS, excerpt, type Part, search, titleOf } from './documents.ts';
import styles from './HelpPage.module.css';
import { headingId, Markdown } from './Markdown.tsx';

type DocumentId = (typeof DOCUMENT_IDS)[number];
const PAPER = '10.1039/D6DD00017G';

/** The documentation with its contents and a search; part of the page, and so there without a connection. */
export function HelpPage(): ReactNode {
  const inputs = useBraggscape(state => state.inputs);
  const { document: shown } = inputs.help;
  const [query, setQuery] = useState('');
  const article = useRef<HTMLElement>(null);
  const found = search(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another document begins at its beginning
  useEffect(() => void article.current?.scrollTo(0, 0), [shown]);
  const link = (id: string): string =>
    DOCUMENTS.has(id) ? `#${linkOf({ ...inputs, help: { document: id as DocumentId } })}` : '';
  const openPart = ({ document: id, heading }: Part): void => {
    changeSettings('help', { document: id as DocumentId }, false);
    setQuery('');
    setTimeout(() => article.current?.querySelector(`#${CSS.escape(headingId(heading))}`)?.scrollIntoView());
  };
  return (
    <main className={styles.page}>
      <nav className={styles.contents} aria-label="Contents">
        <h2>Documentation</h2>
        <input
          type="search"
          value={query}
          placeholder="Search"
          aria-label="Search the documentation"
          onChange={event => setQuery(event.target.value)}
        />
        <ul>
          {DOCUMENT_IDS.map(id => (
            <li key={id}>
              <a href={link(id)} aria-current={id === shown ? 'page' : undefined}>
                {titleOf(DOCUMENTS.get(id) ?? id)}
              </a>
            </li>
          ))}
        </ul>
        <p className="quiet">
          The paper: Segal et al., Digital Discovery 2026,{' '}
          <a href={`https://doi.org/${PAPER}`}>doi:{PAPER}</a>
        </p>
        <TourList />
      </nav>
      <article ref={article} className={styles.article}>
        {query.trim() === '' ? (
          <Markdown text={DOCUMENTS.get(shown) ?? ''} link={link} />
        ) : (
          <>
            <h2 role="status">
              {found.length === 0 ? 'Nothing has all of these words.' : `${found.length} places`}
            </h2>
            <ul className={styles.found}>
              {found.map(part => (
                <li key={`${part.document} ${part.heading}`}>
                  <button type="button" onClick={() => openPart(part)}>
                    {part.heading === part.title ? part.title : `${part.title}: ${part.heading}`}
                  </button>
                  <p>{excerpt(part, query)}</p>
                </li>
              ))}
            </ul>
          </>
        )}
      </article>
    </main>
  );
}
