import { Fragment, type ReactNode } from 'react';

/** A chemical formula with its numbers as subscripts: U2Ti, Nd(Al2Cu)4. */
export function Formula({ text }: { text: string }): ReactNode {
  return (
    <span>
      {text.split(/(\d+(?:\.\d+)?)/).map((part, i) =>
        // The parts of one formula never change places.
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity of a part
        i % 2 ? <sub key={i}>{part}</sub> : <Fragment key={i}>{part}</Fragment>,
      )}
    </span>
  );
}

/** A Hermann–Mauguin symbol: letters italic, digits upright, bars over, screw axes as subscripts. */
export function SpaceGroup({ symbol }: { symbol: string }): ReactNode {
  const parts = symbol.replaceAll(' ', '').match(/-\d|\d_\d|[A-Za-z]|./g) ?? [];
  return (
    <span>
      {parts.map((part, i) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity of a part
        const wrap = (content: ReactNode): ReactNode => <Fragment key={i}>{content}</Fragment>;
        if (/^-\d$/.test(part))
          return wrap(
            <>
              <span className="visually-hidden">minus </span>
              <span style={{ textDecoration: 'overline' }}>{part[1]}</span>
            </>,
          );
        if (/^\d_\d$/.test(part))
          return wrap(
            <>
              {part[0]}
              <sub>{part[2]}</sub>
            </>,
          );
        return wrap(/^[A-Za-z]$/.test(part) ? <i>{part}</i> : part);
      })}
    </span>
  );
}
