import { Fragment, type ReactNode } from 'react';

/** A sentence in which *asterisks* stand around what is italic and **two** around what is bold. */
export function Prose({ text }: { text: string }): ReactNode {
  return text.split(/(\*\*.*?\*\*|\*.*?\*)/).map((part, i) => {
    const bold = part.startsWith('**');
    const Tag = bold ? 'b' : part.startsWith('*') ? 'i' : Fragment;
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
    return <Tag key={i}>{Tag === Fragment ? part : part.slice(bold ? 2 : 1, bold ? -2 : -1)}</Tag>;
  });
}
