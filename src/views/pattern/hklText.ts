import type { Hkl } from '../../diffraction/mergePeaks.ts';

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
