import { Fragment, type ReactNode } from 'react';

/** A sentence in which *asterisks* stand around what is italic. */
export function Prose({ text }: { text: string }): ReactNode {
  return text.split('*').map((part, i) =>
    // The parts of one sentence never change places.
    // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity of a part
    i % 2 ? <i key={i}>{part}</i> : <Fragment key={i}>{part}</Fragment>,
  );
}
