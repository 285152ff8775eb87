import { Fragment, type ReactNode } from 'react';

/** A sentence in which letters between underscores are italic: "_a_ = _b_". */
export function Words({ text }: { text: string }): ReactNode {
  return text.split(/_([^_]+)_/).map((part, i) =>
    // The parts of one sentence never change places.
    // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity of a part
    i % 2 ? <i key={i}>{part}</i> : <Fragment key={i}>{part}</Fragment>,
  );
}
