import { MOST_POINTS } from './limits.ts';
import { type MeasuredScan, scanOf, wavelengthOf } from './measuredScan.ts';
import { excerpt, FormatError, type Result, settle } from './result.ts';

/**
 * Columns of text: xy, xye, csv, dat, and what other programs export. Comments and headers of any kind may stand before
 * the numbers; columns are parted by blanks, tabs, semicolons, commas or bars; decimal commas are told from separating
 * ones by what makes the columns come out even. First column 2θ in degrees, second intensity, third (where every row
 * has it) its standard uncertainty.
 */
export function readXy(text: string, title: string): Result<readonly MeasuredScan[]> {
  return settle(() => {
    const lines = text.split(/\r\n|\n|\r/, 2 * MOST_POINTS);
    const style = styleOf(lines);
    const rows: number[][] = [];
    const header: string[] = [];
    let first = -1;
    let last = -1;
    let broken: { line: number; text: string } | null = null;
    for (const [i, raw] of lines.entries()) {
      const line = raw.trim();
      if (line === '') continue;
      const row = COMMENT.test(line) ? null : numbersOf(line, style);
      if (!row || row.length < 2) {
        if (rows.length === 0) header.push(line);
        // A word in the midst of the numbers is an error; what follows them is a footer.
        else if (!COMMENT.test(line)) broken ??= { line: i + 1, text: line };
        continue;
      }
      if (broken) throw new FormatError(`"${excerpt(broken.text)}" is not a row of numbers`, broken.line);
      if (first < 0) first = i + 1;
      last = i + 1;
      rows.push(row);
      if (rows.length > MOST_POINTS) throw new FormatError(`more than ${MOST_POINTS} points`, i + 1);
    }
    if (rows.length < 3)
      throw new FormatError(
        `no columns of numbers were found: line 1 is "${excerpt((lines[0] ?? '').trim())}"`,
        rows.length > 0 ? first : 1,
      );
    const head = readHeader(header);
    const assumptions: string[] = [...head.assumptions];
    if (style.decimalComma) assumptions.push('commas are decimal commas');
    return { ok: true, value: scansOf(rows, head, title, assumptions, first, last), warnings: [] };
  });
}

const COMMENT = /^(?:[#!%;/'"*@]|\/\*|REM\b)/i;

interface Style {
  readonly decimalComma: boolean;
  readonly separator: RegExp;
}

/** Decimal commas, and what parts the columns, judged by the rows that hold numbers only. */
function styleOf(lines: readonly string[]): Style {
  const sample: string[] = [];
  for (const raw of lines) {
    const line = raw.trim();
    if (/^[+-]?[\d.,]/.test(line) && /^[\d\s.,;:|eE+-]+$/.test(line)) sample.push(line);
    if (sample.length >= 400) break;
  }
  const semicolons = sample.filter(line => line.includes(';')).length;
  const bars = sample.filter(line => line.includes('|')).length;
  const half = sample.length / 2;
  if (semicolons > half || bars > half) {
    const sign = semicolons > half ? ';' : '|';
    const parts = sample.flatMap(line => line.split(sign));
    const decimalComma = parts.some(part => /\d,\d/.test(part)) && !parts.some(part => /\d\.\d/.test(part));
    return { decimalComma, separator: new RegExp(`\\s*[${sign}]\\s*`) };
  }
  const commas = sample.filter(line => line.includes(',')).length;
  if (commas > half) {
    const points = sample.some(line => /\d\.\d/.test(line));
    // "10,05 123,4": blanks part the columns, so commas are decimal. "10.05,123" and "10,123": commas part them.
    const blank = sample.filter(line => /\d\s+[+-]?\d/.test(line) && !/,\s/.test(line)).length;
    if (!points && blank > half) return { decimalComma: true, separator: /\s+/ };
    return { decimalComma: false, separator: /\s*,\s*|\s+/ };
  }
  return { decimalComma: false, separator: /\s+/ };
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?$/;

/** The numbers that a line begins with; null when it begins with something else. */
function numbersOf(line: string, { decimalComma, separator }: Style): number[] | null {
  if (line.length > 2000) return null;
  const row: number[] = [];
  for (const raw of line.split(separator)) {
    const part = decimalComma ? raw.replace(',', '.') : raw;
    if (part === '') continue;
    const word = part.replace(/^"(.*)"$/, '$1');
    if (!NUMBER.test(word)) break;
    row.push(Number(word.replace(/[dD]/, 'e')));
  }
  return row.length > 0 && row.every(Number.isFinite) ? row : null;
}

interface Header {
  readonly title: string;
  readonly wavelength: MeasuredScan['wavelength'];
  readonly perSecond: boolean;
  /** A GSAS file of type FXYE. */
  readonly centidegrees: boolean;
  readonly assumptions: readonly string[];
  /** Columns of the intensities and of sigma as the header names them, where it does. */
  readonly names: readonly string[];
}

function readHeader(lines: readonly string[]): Header {
  const assumptions: string[] = [];
  let wavelength: MeasuredScan['wavelength'] = null;
  const text = lines.join('\n');
  const stated =
    /(?:wave\s*length|\blambda|λ|k-?alpha1?|kα1?|_wl1)\s*(?:\d\s*)?(?:\([^)]*\)|\[[^\]]*\])?\s*[:=,;\s]\s*["']?(\d+[.,]\d+)/i.exec(
      text,
    );
  if (stated)
    wavelength = wavelengthOf(Number(stated[1]!.replace(',', '.')), null, null, 'header of the file');
  if (/\bQ\b\s*[([]?\s*(?:1\/|Å|A\^?-1|nm)/i.test(text) || /momentum transfer/i.test(text))
    throw new FormatError('the header names Q, not 2θ, as the first column: convert it to 2θ first', 1);
  if (/2\s*-?\s*theta.*\brad/i.test(text))
    throw new FormatError('the header gives 2θ in radians: convert it to degrees first', 1);
  const named = lines.at(-1) ?? '';
  const names = named
    .replace(/^[#!%;*'"\s]+/, '')
    .split(/[,;|\t]|\s{2,}/)
    .map(name => name.replaceAll(/["']/g, '').trim().toLowerCase());
  const title = (lines.find(line => /[A-Za-z]{3}/.test(line)) ?? '').replace(/^[#!%;*'"/\s]+/, '').trim();
  const centidegrees = /^BANK\s+\d+.*\bFXYE?\b/im.test(text);
  return {
    title,
    wavelength,
    centidegrees,
    perSecond: /\bcps\b|counts?\s*(?:\/|per)\s*s/i.test(text),
    assumptions,
    names,
  };
}

function scansOf(
  rows: readonly (readonly number[])[],
  head: Header,
  title: string,
  assumptions: string[],
  first: number,
  last: number,
): MeasuredScan[] {
  const widths = new Map<number, number>();
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  const width = [...widths].sort((p, q) => q[1] - p[1])[0]![0];
  // A first row of other length is a header in numbers (GSAS, "start step end").
  let begin = 0;
  while (begin < rows.length && rows[begin]!.length !== width && begin < 5) begin++;
  const kept = rows.slice(begin);
  if (begin > 0)
    assumptions.push(
      `the first ${begin === 1 ? 'row of numbers is' : `${begin} rows of numbers are`} of another length and left out`,
    );
  const odd = kept.findIndex(row => row.length !== width);
  if (odd >= 0)
    throw new FormatError(
      `a row has ${kept[odd]!.length} columns where the others have ${width}`,
      first + odd <= last && kept.length === last - first + 1 ? first + odd : undefined,
    );
  if (head.centidegrees) assumptions.push('GSAS gives 2θ in hundredths of a degree');
  const angle = kept.map(row => (head.centidegrees ? row[0]! / 100 : row[0]!));
  let sigma = width >= 3 ? kept.map(row => row[2]!) : null;
  if (sigma?.some(value => !(value >= 0))) {
    assumptions.push('the third column has negative numbers, so it is no uncertainty, and is left out');
    sigma = null;
  } else if (sigma) {
    const name = head.names[2] ?? '';
    if (/calc|back|bkg|diff|fit/.test(name)) {
      assumptions.push(`the third column is called "${excerpt(name, 20)}" and left out`);
      sigma = null;
    } else assumptions.push('the third column is taken as the standard uncertainty');
  }
  if (width > 3) assumptions.push(`columns 4 to ${width} are left out`);
  if (!head.wavelength) assumptions.push('the file gives no wavelength');
  return [
    scanOf({
      title: head.title || title,
      twoTheta: angle,
      intensity: kept.map(row => row[1]!),
      sigma,
      intensityUnit: head.perSecond ? 'counts per second' : 'arbitrary',
      wavelength: head.wavelength,
      assumptions,
    }),
  ];
}
