import { Fragment, type ReactNode } from 'react';
import { Formula } from './Formula.tsx';

/** By what stands at the beginning and at the end of a marked part. */
const MARKS = [
  { open: '**', close: '**', Tag: 'b' },
  { open: '*', close: '*', Tag: 'i' },
  { open: '_{', close: '}', Tag: 'sub' },
  { open: '^{', close: '}', Tag: 'sup' },
] as const;

/**
 * A sentence with marks: *asterisks* stand around what is italic, **two** around what is bold, `grave accents` around a
 * chemical formula, _{} around a subscript and ^{} around a superscript. What is no text stays as it is.
 */
export function Prose({ text }: { text: ReactNode }): ReactNode {
  if (typeof text !== 'string') return text;
  return text.split(/(\*\*.*?\*\*|\*.*?\*|[_^]\{.*?\}|`.*?`)/).map((part, i) => {
    const { open, close, Tag } = MARKS.find(mark => part.startsWith(mark.open)) ?? {
      open: '',
      close: '',
      Tag: Fragment,
    };
    const inner = part.slice(open.length, part.length - close.length);
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
    return <Tag key={i}>{inner.startsWith('`') ? <Formula text={inner.slice(1, -1)} /> : inner}</Tag>;
  });
}
