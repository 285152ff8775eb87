import { type Axis, axisOf } from './axis.ts';
import { type FileWavelength, tubeRemarks, wavelengthOf } from './measuredScan.ts';

/** What stands above the columns of a text. */
export interface TextHeader {
  readonly title: string;
  readonly wavelength: FileWavelength | null;
  readonly perSecond: boolean;
  /** Names of the columns; none where no line names them. */
  readonly names: readonly string[];
  /** The axis of the first column, where a line of its own states it. */
  readonly axis: Axis | null;
  readonly assumptions: readonly string[];
}

/** Letters of a header line that are looked at. */
const MOST_LETTERS = 400;

export function readHeader(whole: readonly string[]): TextHeader {
  const lines = whole.map(line => line.slice(0, MOST_LETTERS));
  const bare = lines.map(line => line.replace(/^[#!%;*'"/\s]+/, '').trim());
  const [above, last] = [namesIn(bare.at(-2) ?? ''), namesIn(bare.at(-1) ?? '')];
  // A row of units may stand below the names.
  const units = above.length === last.length && !last.some(isKnown) && above.some(isKnown);
  const names = units ? above.map((name, i) => `${name} ${last[i]}`) : last;
  const named = names.some(name => axisOf(name));
  const wavelength = wavelengthIn(lines);
  return {
    title: bare.slice(0, named ? (units ? -2 : -1) : undefined).find(line => /[A-Za-z]{3}/.test(line)) ?? '',
    wavelength,
    perSecond: lines.some(line => /\bcps\b|counts?\s?(?:\/|per)\s?s/i.test(line)),
    names,
    axis: named ? null : axisIn(bare),
    assumptions: wavelength ? tubeRemarks(wavelength) : ['the file gives no wavelength'],
  };
}

export const SIGMA =
  /(?:^|[\s_(.-])(?:σ|s|e|sig|sigma|esd|err|errors?|std|stdev|unc|uncertainty|dy|di)(?:$|[\s_).(-])/i;
export const INTENSITY = /^(?:chi_)?[iy](?![a-z])|^(?:int|count|cps|imp|signal|[iy]?_?obs|[iy]_?exp)/i;

const isKnown = (name: string): boolean => axisOf(name) !== null || INTENSITY.test(name) || SIGMA.test(name);

/** Names parted by signs or wide gaps, else by single blanks (brackets hold together) where two are known: "Th O2" names none. */
function namesIn(line: string): readonly string[] {
  const plain = (name: string): string => name.replaceAll(/["']/g, '').trim();
  const wide = line
    .split(/[,;|\t]|\s{2,}/)
    .map(plain)
    .filter(name => name !== '');
  if (wide.length > 1) return wide.every(name => /[^\d.+-]/.test(name) && !/[:=]/.test(name)) ? wide : [];
  if (/[:=]/.test(line)) return [];
  const words = (line.match(/[^\s([]+(?:\s?[([][^)\]]*[)\]])?/g) ?? []).map(plain);
  const known = words.filter(isKnown);
  return known.length > 1 || (words.length > 1 && axisOf(words[0]!) && /[(_]/.test(words[0]!)) ? words : [];
}

/** "2-Theta Angle (Degrees)" alone on a line, or "The X-axis unit is: Time-of-flight". */
function axisIn(lines: readonly string[]): Axis | null {
  for (const line of lines.toReversed()) {
    const stated = /x[\s-]?axis[^:=]{0,30}[:=]\s*(\S.*)$/i.exec(line)?.[1];
    const alone = /^[^()[\]:=,]{1,30}[([][^()[\]]{1,30}[)\]]$/.test(line) ? line : null;
    const axis = axisOf(stated ?? alone ?? '');
    if (axis) return axis;
  }
  return null;
}

/** Å a unit: pyFAI writes metres. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:å|Å|a\b|ang)/i, 1],
  [/^(?:nm|nano)/i, 10],
  [/^(?:pm|pico)/i, 0.01],
  [/^m(?![a-z])|^met/i, 1e10],
];
const LINE =
  /(?:wave[\s_-]?length|\blambda|λ|k[\s_-]?(?:alpha|α)|_wl)[\s_-]?([12])?(?:\s?wave[\s_-]?length)?\s?(?:[([]\s?([^)\]]{1,12})[)\]])?["']?\s{0,9}[:=,;\s]\s{0,9}["']?(\d+(?:[.,]\d+)?(?:e[+-]?\d+)?)["']?\s?([^\s\d"',;]\w{0,9})?/i;

/** Kα1, Kα2 and their ratio as a header states them; a number without decimals or unit is no wavelength. */
function wavelengthIn(lines: readonly string[]): FileWavelength | null {
  const found: (number | null)[] = [null, null];
  let ratio: number | null = null;
  let source = '';
  const common = lines.map(line => /wl_unit\s?=\s?'?(\w+)/i.exec(line)?.[1]).find(unit => unit);
  for (const line of lines) {
    if (/ratio/i.test(line)) {
      const value = /[:=,;\s]\s?(\d*\.\d+)\s*$/.exec(line.trim())?.[1];
      if (/alpha|α|wl/i.test(line) && value) ratio ??= Number(value);
      continue;
    }
    const [, which, before, digits, after] = LINE.exec(line) ?? [];
    if (digits === undefined) continue;
    const unit = [before, after, common].find(text => UNITS.some(([pattern]) => pattern.test(text ?? '')));
    if (unit === undefined && !/[.,e]/i.test(digits)) continue;
    const scale = unit === undefined ? 1 : UNITS.find(([pattern]) => pattern.test(unit))![1];
    const value = Number(digits.replace(',', '.')) * scale;
    // In metres, whether the line says so or not: nothing else is that small.
    const angstrom = unit === undefined && value < 1e-7 ? value * 1e10 : value;
    const place = which === '2' ? 1 : 0;
    if (found[place] === null) found[place] = Number(angstrom.toPrecision(12));
    source ||=
      unit === undefined && value >= 1e-7 ? 'header of the file, which gives no unit' : 'header of the file';
  }
  return wavelengthOf(found[0] ?? Number.NaN, found[1]!, ratio, source);
}
