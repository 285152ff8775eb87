import { MOST_BLOCKS, MOST_POINTS } from './limits.ts';
import { evenAngles, type MeasuredScan, readScans, scanOf } from './measuredScan.ts';
import { excerpt, FormatError, type Result } from './result.ts';
import { readHeader } from './textHeader.ts';

/** "BANK 1 2415 242 CONST 600 5 0 0 STD": bank, points, records, binning, start and step in hundredths of a degree. */
export const BANK =
  /^BANK\s+(\d{1,6})\s+(\d{1,9})\s+\d{1,9}\s+([A-Z_\d]{1,20})\s+(\S{1,20})\s+(\S{1,20})(?:\s.*)?$/;

/** Numbers of a point by the name of the layout. */
const WIDTHS: Readonly<Record<string, number>> = { STD: 1, ESD: 2, FXY: 2, FXYE: 3 };
/** Zeros that fill the last record stand behind counts of this many or more. */
const NO_ZERO = 9;

/**
 * Powder data of GSAS at a constant wavelength: STD (counts, which the number of their detectors may precede), ESD (pairs
 * of intensity and σ), FXY and FXYE (rows with the angle). Layout: GSAS manual, LAUR 86-748.
 */
export function readGsas(text: string, title: string): Result<readonly MeasuredScan[]> {
  return readScans('the file has no BANK with points', (scans, warnings) => {
    const lines = text.split(/\r\n|\n|\r/, 2 * MOST_POINTS);
    const banks = lines.flatMap((line, i) => (/^\s*BANK\s/.test(line) ? [i] : []));
    if (banks.length > MOST_BLOCKS) throw new FormatError(`more than ${MOST_BLOCKS} banks`);
    const { wavelength, assumptions } = readHeader(lines.slice(0, banks[0]));
    const sample = (banks[0] ? lines[0]!.slice(0, 80).trim() : '') || title;
    for (const [i, at] of banks.entries()) {
      const [, bank, points, binning, start, step] = BANK.exec(lines[at]!.trim()) ?? [];
      if (bank === undefined)
        throw new FormatError(`"${excerpt(lines[at]!.trim())}" is no BANK line that is read`, at + 1);
      if (!/^CON[ST]/.test(binning!)) {
        warnings.push(`bank ${bank} is passed over: its binning is ${binning} (time of flight), not CONST`);
        continue;
      }
      const layout = /\b(STD|ESD|FXYE?|ALT)\b/.exec(lines[at]!)?.[1] ?? 'STD';
      const width = WIDTHS[layout];
      if (!width) throw new FormatError(`points in the layout ${layout} of GSAS are not read`, at + 1);
      const rows = lines.slice(at + 1, banks[i + 1]).filter(line => /^\s*[^\s#]/.test(line));
      const { numbers, detectors } = numbersOf(rows, width, Number(points), at + 1);
      const remarks = [...assumptions, 'GSAS gives 2θ in hundredths of a degree'];
      const n = pointsOf(numbers, width, Number(points), remarks);
      const column = (place: number): Float64Array =>
        Float64Array.from({ length: n }, (_, k) => numbers[width * k + place]!);
      const intensity = column(layout.startsWith('FXY') ? 1 : 0);
      const [from, spacing] = [Number(start) / 100, Number(step) / 100];
      scans.push(
        scanOf({
          title: banks.length > 1 ? `${sample}, bank ${bank}` : sample,
          twoTheta: layout.startsWith('FXY')
            ? column(0).map(angle => angle / 100)
            : evenAngles(from, from + (n - 1) * spacing, n),
          intensity,
          sigma: detectors
            ? intensity.map((value, k) => Math.sqrt(Math.max(0, value) / detectors[k]!))
            : layout.endsWith('E') || layout === 'ESD'
              ? column(width - 1)
              : null,
          intensityUnit: layout === 'STD' ? 'counts' : 'arbitrary',
          wavelength,
          assumptions: remarks,
        }),
      );
    }
  });
}

interface BankNumbers {
  readonly numbers: readonly number[];
  /** Detectors that a count is the mean of, where the layout gives them. */
  readonly detectors: readonly number[] | null;
}

/**
 * Numbers parted by blanks where there are as many as the bank says; else cells of eight letters, in which they may touch
 * and two letters for the detectors may stand before a count.
 */
function numbersOf(rows: readonly string[], width: number, points: number, line: number): BankNumbers {
  if (points > MOST_POINTS) throw new FormatError(`more than ${MOST_POINTS} points`, line);
  const long = rows.find(row => row.length > 2000);
  if (long) throw new FormatError(`"${excerpt(long)}" is no record of GSAS, which has 80 letters`);
  const free = rows.flatMap(row => row.trim().split(/\s+/)).map(Number);
  const surplus = free.length - width * points;
  if (surplus >= 0 && surplus < 10 * width && free.every(Number.isFinite))
    return { numbers: free, detectors: null };
  const cells = rows.flatMap(row => row.trimEnd().match(/.{1,8}/g) ?? []);
  const numbers = cells.map(cell => Number(width === 1 ? cell.slice(2) : cell));
  const even = rows.slice(0, -1).every(row => row.trimEnd().length % 8 === 0);
  if (width > 2 || !even || cells.length > width * (points + 9) || !numbers.every(Number.isFinite))
    throw new FormatError(`the bank says ${points} points; what stands in it is not laid out so`, line);
  return {
    numbers,
    detectors: width === 1 ? cells.map(cell => Math.max(1, Number(cell.slice(0, 2)) || 1)) : null,
  };
}

/** Points that are there: a file may end early, and zeros may fill its last record. */
function pointsOf(numbers: readonly number[], width: number, stated: number, remarks: string[]): number {
  const there = Math.min(stated, Math.floor(numbers.length / width));
  if (there < stated) remarks.push(`${there} of the ${stated} points that the bank says are there`);
  let n = there;
  if (width === 1) while (n > there - 10 && numbers[n - 1] === 0) n--;
  if (n === there || !(numbers[n - 1]! >= NO_ZERO)) return there;
  remarks.push(`${there - n} zeros at the end fill the last record and are left out`);
  return n;
}
