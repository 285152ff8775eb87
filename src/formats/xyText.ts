import { axisOf, twoThetaOf } from './axis.ts';
import { MOST_POINTS } from './limits.ts';
import { evenAngles, type MeasuredScan, scanOf } from './measuredScan.ts';
import { excerpt, FormatError, type Result, settle } from './result.ts';
import { INTENSITY, readHeader, SIGMA } from './textHeader.ts';

/**
 * Columns of text: xy, xye, csv, dat, and what other programs export. Comments and headers of any kind may stand before
 * the numbers; columns are parted by blanks, tabs, semicolons, commas or bars; decimal commas are told from separating
 * ones by what makes the columns come out even. A header line that names the columns is followed; without one the first
 * is 2θ in degrees, the second intensity, the third σ where it behaves like one. Counts alone are read behind a line of
 * start, step and end, the free format of FullProf.
 */
export function readXy(text: string, title: string): Result<readonly MeasuredScan[]> {
  return settle(() => {
    const lines = text.split(/\r\n|\n|\r/, 2 * MOST_POINTS);
    const style = styleOf(lines);
    const rows: Row[] = [];
    const header: string[] = [];
    let broken: { line: number; text: string } | null = null;
    for (const [i, raw] of lines.entries()) {
      const line = raw.trim();
      if (line === '') continue;
      const row = COMMENT.test(line) ? null : numbersOf(line, i + 1, style);
      if (!row || row.numbers.length < 2) {
        if (rows.length === 0) header.push(line);
        // A word in the midst of the numbers is an error; what follows them is a footer.
        else if (!COMMENT.test(line)) broken ??= { line: i + 1, text: line };
        continue;
      }
      if (rows.length === 0) {
        const stepped = steppedScan(row.numbers, lines.slice(i + 1), style, header, title);
        if (stepped) return { ok: true, value: [stepped], warnings: [] };
      }
      if (broken) throw new FormatError(`"${excerpt(broken.text)}" is not a row of numbers`, broken.line);
      rows.push(row);
      if (rows.length > MOST_POINTS) throw new FormatError(`more than ${MOST_POINTS} points`, i + 1);
    }
    if (rows.length < 3)
      throw new FormatError(
        `no columns of numbers were found: line 1 is "${excerpt((lines[0] ?? '').trim())}"`,
        rows[0]?.line ?? 1,
      );
    return { ok: true, value: [scanIn(rows, header, title, style.decimalComma)], warnings: [] };
  });
}

const COMMENT = /^(?:[#!%;/'"*@]|\/\*|REM\b)/i;

interface Style {
  readonly decimalComma: boolean;
  readonly separator: RegExp | string;
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
    return { decimalComma, separator: sign };
  }
  const commas = sample.filter(line => line.includes(',')).length;
  if (commas > half) {
    const points = sample.some(line => /\d\.\d/.test(line));
    // "10,05 123,4": blanks part the columns, so commas are decimal. "10.05,123" and "10,123": commas part them.
    const blank = sample.filter(line => /\d\s+[+-]?\d/.test(line) && !/,\s/.test(line)).length;
    if (!points && blank > half) return { decimalComma: true, separator: /\s+/ };
    return { decimalComma: false, separator: /[\s,]+/ };
  }
  return { decimalComma: false, separator: /\s+/ };
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eEdD][+-]?\d+)?$/;

interface Row {
  readonly numbers: readonly number[];
  /** Words follow the numbers. */
  readonly words: boolean;
  readonly line: number;
}

/** The numbers that a line begins with; null when it begins with something else. */
function numbersOf(line: string, at: number, { decimalComma, separator }: Style): Row | null {
  if (line.length > 2000) return null;
  const row: number[] = [];
  let words = false;
  for (const raw of line.split(separator)) {
    const part = (decimalComma ? raw.replace(',', '.') : raw).trim();
    if (part === '') continue;
    const word = part.replace(/^"(.*)"$/, '$1');
    words = !NUMBER.test(word);
    if (words) break;
    row.push(Number(word.replace(/[dD]/, 'e')));
  }
  return row.length > 0 && row.every(Number.isFinite) ? { numbers: row, words, line: at } : null;
}

/** Points of a scan whose start, step and end a row gives; null where it does not read so. */
function stepsOf([start, step, end]: readonly number[]): number | null {
  if (!(start! > -180 && end! < 180 && end! > start! && step! > 0)) return null;
  const steps = (end! - start!) / step!;
  return steps > 7 && Math.abs(steps - Math.round(steps)) < 0.01 ? Math.round(steps) + 1 : null;
}

/** Counts behind a row of start, step and end; null where there are not exactly as many. */
function steppedScan(
  row: readonly number[],
  lines: readonly string[],
  style: Style,
  header: readonly string[],
  title: string,
): MeasuredScan | null {
  const points = stepsOf(row);
  if (points === null || points > MOST_POINTS) return null;
  const counts: number[] = [];
  for (const line of lines) {
    for (const value of numbersOf(line.trim(), 0, style)?.numbers ?? []) counts.push(value);
    if (counts.length > points) return null;
  }
  if (counts.length !== points) return null;
  const head = readHeader(header);
  return scanOf({
    title: head.title || title,
    twoTheta: evenAngles(row[0]!, row[2]!, points),
    intensity: counts,
    intensityUnit: 'arbitrary',
    wavelength: head.wavelength,
    assumptions: [...head.assumptions, 'a line of start, step and end stands before the counts (FullProf)'],
  });
}

/** Share of the points at which a first column may turn from up to down or back: more than that are no angles. */
const MOST_TURNS = 0.25;

function scanIn(rows: readonly Row[], above: readonly string[], title: string, comma: boolean): MeasuredScan {
  const { width, words } = commonShape(rows);
  // Before the columns, numbers of points and titles that begin with digits.
  let begin = 0;
  while (begin < 5 && (rows[begin]?.numbers.length !== width || (!words && rows[begin]!.words))) begin++;
  const [before, kept] = [rows.slice(0, begin), rows.slice(begin)];
  for (const { numbers, line } of before)
    if (stepsOf(numbers) !== null)
      throw new FormatError(
        `"${numbers.slice(0, 3).join(' ')}" reads as start, step and end of a scan of ${stepsOf(numbers)} points, as instrument formats have it (FullProf, D1A, DMC, HRPT), but other numbers follow: save it as columns of 2θ and intensity`,
        line,
      );
  const odd = kept.find(row => row.numbers.length !== width);
  if (odd)
    throw new FormatError(`a row has ${odd.numbers.length} columns where the others have ${width}`, odd.line);
  const head = readHeader(above);
  const assumptions = [...head.assumptions];
  if (comma) assumptions.push('commas are decimal commas');
  if (before.length > 0)
    assumptions.push(
      `line ${before[0]!.line} begins with numbers, but not as the columns do, and is left out`,
    );
  const names = head.names.map(name => name.toLowerCase());
  const axes = head.names.slice(0, width).map(axisOf);
  const order = ['twoTheta', 'theta', 'q', 'd'] as const;
  const best = order.map(kind => axes.findIndex(axis => axis?.kind === kind)).find(at => at >= 0);
  const x = best ?? 0;
  const axis = axes[x] ?? head.axis;
  const others = Array.from({ length: width }, (_, i) => i).filter(i => i !== x && !axes[i]);
  const y =
    others.find(i => INTENSITY.test(names[i] ?? '') && !SIGMA.test(names[i]!)) ??
    others.find(i => !SIGMA.test(names[i] ?? '')) ??
    (x === 0 ? 1 : 0);
  if (x !== 0 || y !== 1)
    assumptions.push(`by its name column ${x + 1} is the axis, column ${y + 1} the intensity`);
  const column = (at: number): number[] => kept.map(row => row.numbers[at]!);
  const values = column(x);
  if (!axis && names.length === width)
    assumptions.push(`the first column, "${excerpt(head.names[0]!, 20)}", is taken as 2θ in degrees`);
  const twoTheta = axis ? twoThetaOf(axis, values, head.wavelength, assumptions) : values;
  refuseTurns(values);
  const intensity = column(y);
  const sigmaAt =
    others.find(i => i !== y && SIGMA.test(names[i] ?? '')) ?? (names.length === 0 && width > 2 ? 2 : -1);
  const sigma = sigmaAt < 0 ? null : sigmaOf(column(sigmaAt), intensity, names.length > 0, assumptions);
  const unused = others.filter(i => i !== y && i !== sigmaAt);
  if (unused.length > 0)
    assumptions.push(
      `${unused.length === 1 ? `column ${unused[0]! + 1} is` : `${unused.length} columns are`} left out${
        names.length > 0 ? `: ${excerpt(unused.map(i => `"${head.names[i] ?? i + 1}"`).join(', '), 60)}` : ''
      }`,
    );
  return scanOf({
    title: head.title || title,
    twoTheta,
    intensity,
    sigma,
    intensityUnit: head.perSecond ? 'counts per second' : 'arbitrary',
    wavelength: head.wavelength,
    assumptions,
  });
}

/** Length of most rows, and whether words follow the numbers in most. */
function commonShape(rows: readonly Row[]): { readonly width: number; readonly words: boolean } {
  const widths = new Map<number, number>();
  let worded = 0;
  for (const { numbers, words } of rows) {
    widths.set(numbers.length, (widths.get(numbers.length) ?? 0) + 1);
    if (words) worded++;
  }
  return { width: [...widths].sort((p, q) => q[1] - p[1])[0]![0], words: 2 * worded > rows.length };
}

/** Counts that stand where angles should go up and down at random. */
function refuseTurns(x: readonly number[]): void {
  let turns = 0;
  for (let i = 2; i < x.length; i++) if ((x[i]! - x[i - 1]!) * (x[i - 1]! - x[i - 2]!) < 0) turns++;
  if (x.length > 8 && turns > MOST_TURNS * x.length)
    throw new FormatError(
      `the first column goes up and down (${turns} turns in ${x.length} rows): these are no angles. Columns of 2θ and intensity are read, other orders by names in a header line`,
    );
}

/** The third column as σ: by its name, or since it goes with the intensities as an uncertainty does. */
function sigmaOf(
  column: readonly number[],
  intensity: readonly number[],
  named: boolean,
  assumptions: string[],
): readonly number[] | null {
  if (column.some(value => !(value >= 0))) {
    assumptions.push('the third column has negative numbers, so it is no uncertainty, and is left out');
    return null;
  }
  if (!column.some(value => value > 0)) {
    assumptions.push('the third column is zero throughout, so it is no uncertainty, and is left out');
    return null;
  }
  if (named || isUncertainty(column, intensity)) {
    assumptions.push(
      `the ${named ? 'column of that name' : 'third column'} is taken as the standard uncertainty`,
    );
    return column;
  }
  assumptions.push(
    'the third column does not follow the intensities as an uncertainty would, and is left out: a header line that calls it sigma makes it one',
  );
  return null;
}

/** Counting statistics, σ² = I, or σ small and rising and falling with I from point to point; a second sample does neither. */
function isUncertainty(sigma: readonly number[], intensity: readonly number[]): boolean {
  let poisson = 0;
  let small = 0;
  let together = 0;
  let moves = 0;
  for (const [i, s] of sigma.entries()) {
    const counts = Math.max(1, Math.abs(intensity[i]!));
    if (s * s > counts / 4 && s * s < counts * 4) poisson++;
    if (s < Math.abs(intensity[i]!) / 2) small++;
    const [rise, other] = i > 0 ? [intensity[i]! - intensity[i - 1]!, s - sigma[i - 1]!] : [0, 0];
    if (rise * other !== 0) moves++;
    if (rise * other > 0) together++;
  }
  const n = sigma.length;
  return poisson > 0.8 * n || (small > 0.5 * n && together >= 0.7 * moves);
}
