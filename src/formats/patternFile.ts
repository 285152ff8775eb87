import { readBrml } from './brml.ts';
import { readBrukerRaw } from './brukerRaw.ts';
import { decodeText } from './decodeText.ts';
import { plainFile } from './fileBytes.ts';
import { BANK, readGsas } from './gsas.ts';
import type { MeasuredScan } from './measuredScan.ts';
import { notRead, otherText } from './otherFormats.ts';
import { readRas } from './ras.ts';
import { type Result, settle } from './result.ts';
import { readUxd } from './uxd.ts';
import { readXrdml } from './xrdml.ts';
import { readXy } from './xyText.ts';

export type PatternFormat = 'xy' | 'xrdml' | 'bruker-raw' | 'brml' | 'ras' | 'gsas' | 'uxd';

export const PATTERN_FORMATS: Readonly<Record<PatternFormat, string>> = {
  xy: 'columns of text',
  xrdml: 'PANalytical XRDML',
  'bruker-raw': 'Bruker RAW',
  brml: 'Bruker BRML',
  ras: 'Rigaku RAS',
  gsas: 'GSAS',
  uxd: 'Bruker UXD',
};

export interface PatternFile {
  readonly format: PatternFormat;
  readonly formatLabel: string;
  /** At least one. */
  readonly scans: readonly MeasuredScan[];
}

/**
 * Reads a file of measured powder patterns, also packed by gzip. What it is, is decided by its content alone.
 * Bounds: limits.ts.
 */
export function readPatternFile(name: string, bytes: Uint8Array): Result<PatternFile> {
  return settle(() => {
    const file = plainFile(name, bytes);
    const title = file.name.slice(file.name.lastIndexOf('/') + 1).replace(/\.\w{1,5}$/, '') || 'pattern';
    const { format, read } = readerOf(file.bytes, title);
    const result = read();
    if (!result.ok) return result;
    return {
      ok: true,
      value: { format, formatLabel: PATTERN_FORMATS[format], scans: result.value },
      warnings: [...file.warnings, ...result.warnings],
    };
  });
}

interface Reader {
  readonly format: PatternFormat;
  readonly read: () => Result<readonly MeasuredScan[]>;
}

function readerOf(bytes: Uint8Array, title: string): Reader {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (magic === 'PK\u0003\u0004') return { format: 'brml', read: () => readBrml(bytes, title) };
  if (/^RAW[ _\d]/.test(magic)) return { format: 'bruker-raw', read: () => readBrukerRaw(bytes, title) };
  const text = decodeText(bytes);
  const start = text.slice(0, 4000);
  if (/<(?:\w+:)?xrdMeasurements\b/.test(start) || /^\s*<\?xml/.test(start))
    return { format: 'xrdml', read: () => readXrdml(text, title) };
  if (/^\s*\*RAS_/.test(start)) return { format: 'ras', read: () => readRas(text, title) };
  const lines = start.split(/\r\n|\n|\r/);
  if (lines.some(line => BANK.test(line.trim())))
    return { format: 'gsas', read: () => readGsas(text, title) };
  if (lines.some(line => /^_(?:FILEVERSION\b|(?:2THETA)?(?:COUNTS|CPS)$)/i.test(line.trim())))
    return { format: 'uxd', read: () => readUxd(text, title) };
  const other = otherText(start);
  if (other) return { format: 'xy', read: () => ({ ok: false, message: notRead(other) }) };
  return { format: 'xy', read: () => readXy(text, title) };
}
