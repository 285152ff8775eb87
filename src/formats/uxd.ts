import { MOST_BLOCKS, MOST_POINTS } from './limits.ts';
import { type MeasuredScan, readScans, scanOf } from './measuredScan.ts';
import { excerpt, FormatError, type Result } from './result.ts';
import { readHeader } from './textHeader.ts';

/** Lines that begin the points of a range. */
const DATA = /^_(2THETA)?(COUNTS|CPS)\s*$/i;

interface Range {
  readonly keys: ReadonlyMap<string, string>;
  readonly angles: boolean;
  readonly perSecond: boolean;
  readonly numbers: number[];
  readonly line: number;
}

/**
 * UXD of Bruker: lines _KEY=value, then for each range its own and _2THETACOUNTS (or CPS) with rows of 2θ and intensity,
 * or _COUNTS with intensities alone, from _2THETA or _START on in steps of _STEPSIZE.
 */
export function readUxd(text: string, title: string): Result<readonly MeasuredScan[]> {
  return readScans('the file has no _COUNTS and no _2THETACOUNTS: it holds no points', (scans, warnings) => {
    const { header, ranges } = rangesIn(text);
    const { wavelength, assumptions } = readHeader(header);
    for (const [i, range] of ranges.entries()) {
      const name = `range ${i + 1}`;
      const drive = range.keys.get('DRIVE') ?? '';
      if (drive && !/coupled|2\s?theta|twotheta|detector/i.test(drive)) {
        warnings.push(`${name} is passed over: it is a scan of ${excerpt(drive, 20)}, not of 2θ`);
        continue;
      }
      const points = pointsOf(range, name);
      const sample = ranges[0]!.keys.get('SAMPLE') || title;
      scans.push(
        scanOf({
          title: ranges.length > 1 ? `${sample}, ${name}` : sample,
          ...points,
          intensityUnit: range.perSecond ? 'counts per second' : 'counts',
          wavelength,
          assumptions,
        }),
      );
    }
  });
}

function rangesIn(text: string): { header: string[]; ranges: Range[] } {
  const header: string[] = [];
  const ranges: Range[] = [];
  let keys = new Map<string, string>();
  let open: Range | null = null;
  for (const [i, raw] of text.split(/\r\n|\n|\r/, 2 * MOST_POINTS).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith(';')) continue;
    const data = DATA.exec(line);
    if (data) {
      if (ranges.length >= MOST_BLOCKS) throw new FormatError(`more than ${MOST_BLOCKS} ranges`, i + 1);
      const [, angle, unit] = data;
      open = { keys, angles: angle !== undefined, perSecond: /cps/i.test(unit!), numbers: [], line: i + 1 };
      ranges.push(open);
      keys = new Map();
    } else if (line.startsWith('_')) {
      open = null;
      const at = line.indexOf('=');
      if (at < 0) throw new FormatError(`points that are laid out as "${excerpt(line)}" are not read`, i + 1);
      keys.set(
        line.slice(1, at).trim().toUpperCase(),
        line
          .slice(at + 1)
          .replaceAll("'", '')
          .trim(),
      );
      if (ranges.length === 0) header.push(line);
    } else {
      const numbers = line
        .slice(0, 2000)
        .split(/[\s,;]+/)
        .map(Number);
      if (!open || line.length > 2000 || !numbers.every(Number.isFinite))
        throw new FormatError(`"${excerpt(line)}" is not a row of numbers`, i + 1);
      for (const value of numbers) open.numbers.push(value);
      if (open.numbers.length > 2 * MOST_POINTS)
        throw new FormatError(`more than ${MOST_POINTS} points`, i + 1);
    }
  }
  return { header, ranges };
}

function pointsOf(range: Range, name: string): { twoTheta: readonly number[]; intensity: readonly number[] } {
  const { keys, angles, numbers, line } = range;
  if (angles) {
    if (numbers.length % 2 === 1) throw new FormatError(`an angle of ${name} has no intensity`, line);
    return {
      twoTheta: numbers.filter((_, i) => i % 2 === 0),
      intensity: numbers.filter((_, i) => i % 2 === 1),
    };
  }
  const [start, step] = [Number(keys.get('2THETA') ?? keys.get('START')), Number(keys.get('STEPSIZE'))];
  if (!(Number.isFinite(start) && step > 0))
    throw new FormatError(`${name} has counts, but no _START and _STEPSIZE that say at which angles`, line);
  return { twoTheta: numbers.map((_, i) => start + i * step), intensity: numbers };
}
