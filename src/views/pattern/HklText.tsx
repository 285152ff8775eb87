import type { ReactNode } from 'react';
import type { Hkl } from '../../diffraction/mergePeaks.ts';

/** Miller indices as printed, negative ones under a bar; "minus" for those who hear it. */
export function HklText({ of }: { of: Hkl }): ReactNode {
  return (
    <span>
      {indexParts(of).map(({ digits, bar, apart }, i) => (
        // The index is h, k or l.
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is the identity of an index
        <span key={i} style={apart ? { marginLeft: '0.25em' } : undefined}>
          {bar && <span className="visually-hidden">minus </span>}
          <span style={bar ? { textDecoration: 'overline' } : undefined}>{digits}</span>
        </span>
      ))}
    </span>
  );
}

/** One index as printed: its digits, and whether a bar goes over them. */
interface IndexPart {
  readonly digits: string;
  readonly bar: boolean;
  /** A gap goes in front, because digits alone would run together: 1 10 2. */
  readonly apart: boolean;
}

export function indexParts(hkl: Hkl): IndexPart[] {
  const wide = hkl.some(index => Math.abs(index) > 9);
  return hkl.map((index, i) => ({ digits: String(Math.abs(index)), bar: index < 0, apart: wide && i > 0 }));
}

/** For speech and files: "1 -1 0". */
export const hklWords = (hkl: Hkl): string => hkl.join(' ').replaceAll('-', '−');

/** In running text: "110"; apart where digits alone would not say it: "1 −1 0", "1 10 2". */
export const hklPlain = (hkl: Hkl): string =>
  hkl.every(index => index >= 0 && index <= 9) ? hkl.join('') : hklWords(hkl);
