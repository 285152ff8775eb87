import type { ReactNode } from 'react';
import assumed from './Assumptions.module.css';

/** Sentences that are listed; the rest is counted. */
const MOST_LISTED = 100;

/** Assumptions made in reading a file, each in a sentence. */
export function Assumptions({ texts }: { texts: readonly string[] }): ReactNode {
  if (texts.length === 0) return <p className="quiet">Nothing had to be assumed.</p>;
  return (
    <details className={assumed.assumptions} open={texts.length <= 4}>
      <summary>
        {texts.length} {texts.length === 1 ? 'assumption was' : 'assumptions were'} made
      </summary>
      <ul>
        {texts.slice(0, MOST_LISTED).map(text => (
          <li key={text}>{text}</li>
        ))}
        {texts.length > MOST_LISTED && <li>and {texts.length - MOST_LISTED} more</li>}
      </ul>
    </details>
  );
}
