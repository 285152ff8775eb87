import { type ByteReader, byteReader } from './byteReader.ts';
import { MOST_BLOCKS, MOST_POINTS } from './limits.ts';
import {
  type FileWavelength,
  type MeasuredScan,
  readScans,
  scanOf,
  tubeRemarks,
  wavelengthOf,
} from './measuredScan.ts';
import { excerpt, FormatError, type Result } from './result.ts';

/**
 * RAW of Bruker and Siemens: RAW1.01 (DIFFRACplus, "version 3") and RAW4.00 (DIFFRAC.SUITE). Layouts as publicly
 * described: DIFFRACplus XCH user's manual, appendix A, for the former; the descriptions of xylib and of other open
 * readers for the latter. RAW, RAW2 and STOE's RAW_ are told apart and refused by name.
 */
export function readBrukerRaw(bytes: Uint8Array, title: string): Result<readonly MeasuredScan[]> {
  return readScans('the file holds no range of points', (scans, warnings) => {
    const reader = byteReader(bytes);
    const magic = reader.text(0, Math.min(8, bytes.length));
    if (magic.startsWith('RAW1.01')) return readVersion3(reader, title, scans, warnings);
    if (magic.startsWith('RAW4.00')) return readVersion4(reader, title, scans, warnings);
    const name = magic.startsWith('RAW2')
      ? 'Bruker RAW version 2 (RAW2)'
      : magic.startsWith('RAW_')
        ? 'a STOE RAW file'
        : /^RAW(?![\w.])/.test(magic)
          ? 'Siemens RAW version 1'
          : magic.startsWith('RAW')
            ? `"${excerpt(magic, 8)}"`
            : 'no Bruker RAW file';
    throw new FormatError(
      `the file is ${name}; RAW1.01 and RAW4.00 are read. Save it as one of them, as xy or as brml`,
    );
  });
}

/** Kα of the tube. */
const tubeWavelength = (reader: ByteReader, at: number): FileWavelength | null =>
  wavelengthOf(reader.float64(at), reader.float64(at + 8), reader.float64(at + 24), 'header of the file');

const FILE_HEADER = 712;

function readVersion3(reader: ByteReader, title: string, scans: MeasuredScan[], warnings: string[]): void {
  const ranges = reader.uint32(12);
  if (ranges < 1 || ranges > MOST_BLOCKS)
    throw new FormatError(`the header says ${ranges} ranges; 1 to ${MOST_BLOCKS} are read`);
  const sample = reader.text(326, 60) || reader.text(386, 160) || title;
  const wavelength = tubeWavelength(reader, 624);
  let at = FILE_HEADER;
  for (let range = 0; range < ranges; range++) {
    const header = reader.uint32(at);
    if (header < 260 || header > 4096)
      throw new FormatError(`the header of range ${range + 1} says it is ${header} bytes long`);
    const stated = reader.uint32(at + 4);
    const start = reader.float64(at + 16);
    const step = reader.float64(at + 176);
    const varying = reader.uint32(at + 248);
    const record = reader.uint32(at + 252);
    const size = record >= 4 && record <= 512 && record % 4 === 0 ? record : 4;
    const extra = reader.uint32(at + 256);
    const data = at + header + extra;
    checkRange(range, stated, start, step);
    const assumptions = [...tubeRemarks(wavelength)];
    const count = pointsThere(stated, size, reader.length - data, assumptions);
    const intensity = Float64Array.from({ length: count }, (_, i) => reader.float32(data + i * size));
    // Bit 0 of the mask: each record carries the 2θ that it was measured at.
    const measured = (varying & 1) === 1 && size >= 12;
    const twoTheta = measured
      ? Float64Array.from({ length: count }, (_, i) => reader.float64(data + i * size + 4))
      : Float64Array.from({ length: count }, (_, i) => start + i * step);
    at = data + stated * size;
    if (step === 0 && !measured) {
      warnings.push(`range ${range + 1} is passed over: its 2θ does not move`);
      continue;
    }
    scans.push(
      scanOf({
        title: ranges > 1 ? `${sample}, range ${range + 1}` : sample,
        twoTheta,
        intensity,
        intensityUnit: 'counts',
        wavelength,
        assumptions,
      }),
    );
  }
}

function checkRange(range: number, count: number, start: number, step: number): void {
  const name = `range ${range + 1}`;
  if (count < 1 || count > MOST_POINTS) throw new FormatError(`${name} says it has ${count} points`);
  if (!(Math.abs(start) <= 180 && Math.abs(step) <= 10))
    throw new FormatError(`${name} starts at 2θ = ${start}° with steps of ${step}°: that is no scan`);
}

/** Points of a range that are in the file: a measurement that was aborted ends before its header says. */
function pointsThere(stated: number, size: number, bytes: number, assumptions: string[]): number {
  const there = Math.min(stated, Math.max(0, Math.floor(bytes / size)));
  if (there === stated) return there;
  const cut = `the file is cut off: ${there} of the ${stated} points that its header says are there`;
  if (there < 3) throw new FormatError(cut);
  assumptions.push(cut);
  return there;
}

const FIRST_SEGMENT = 61;

function readVersion4(reader: ByteReader, title: string, scans: MeasuredScan[], warnings: string[]): void {
  let sample = '';
  let source: number | null = null;
  let at = FIRST_SEGMENT;
  let ranges = 0;
  // Segments, each of type and length; 0 and 160 mark a range. There is no count: the walk ends with the file.
  while (at + 8 <= reader.length) {
    const type = reader.uint32(at);
    if (type === 0 || type === 160) {
      if (++ranges > MOST_BLOCKS) {
        warnings.push(`only the first ${MOST_BLOCKS} ranges are read`);
        break;
      }
      at = readRange4(reader, at, ranges - 1, source, sample || title, scans, warnings);
      continue;
    }
    const length = reader.uint32(at + 4);
    if (length < 8 || at + length > reader.length)
      throw new FormatError(
        `a segment at byte ${at} says it is ${length} bytes long; the file ends at ${reader.length}`,
      );
    if (type === 10 && length > 36 && /^SAMPLEID$/i.test(reader.text(at + 12, 24)))
      sample = reader.text(at + 36, length - 36);
    if (type === 30 && length >= 120) source = at;
    at += length;
  }
}

/** @returns the place behind the range */
function readRange4(
  reader: ByteReader,
  at: number,
  range: number,
  source: number | null,
  title: string,
  scans: MeasuredScan[],
  warnings: string[],
): number {
  const kind = reader.text(at + 32, 24);
  const step = reader.float64(at + 80);
  const stated = reader.uint32(at + 88);
  const size = reader.uint32(at + 136);
  const drives = reader.uint32(at + 140);
  if (size < 4 || size > 512) throw new FormatError(`range ${range + 1} says that a point has ${size} bytes`);
  const data = at + 160 + drives;
  let start = reader.float64(at + 72);
  let named = false;
  for (let place = at + 160; place + 64 <= data; ) {
    const length = reader.uint32(place + 4);
    if (length < 8) throw new FormatError(`a drive of range ${range + 1} says it is ${length} bytes long`);
    // The 2θ that the detector starts at, not that of the axis which leads the scan.
    if (reader.uint32(place) === 50 && length >= 64 && /^2\s*theta$/i.test(reader.text(place + 12, 24))) {
      start = reader.float64(place + 56);
      named = true;
    }
    place += length;
  }
  checkRange(range, stated, start, step);
  const end = data + stated * size;
  if (!/coupled|detector|2\s*theta|psd/i.test(kind) || step === 0) {
    warnings.push(`range ${range + 1} ("${excerpt(kind, 24)}") is passed over: it is not a scan of 2θ`);
    return end;
  }
  const assumptions: string[] = [];
  const count = pointsThere(stated, size, reader.length - data, assumptions);
  if (!named) assumptions.push('the range names no 2θ drive: its start is taken as 2θ');
  const wavelength = source === null ? null : tubeWavelength(reader, source + 80);
  assumptions.push(...(source === null ? ['the file gives no wavelength'] : tubeRemarks(wavelength)));
  scans.push(
    scanOf({
      title: `${title}${range > 0 ? `, range ${range + 1}` : ''}`,
      twoTheta: Float64Array.from({ length: count }, (_, i) => start + i * step),
      intensity: Float64Array.from({ length: count }, (_, i) => reader.float32(data + i * size)),
      intensityUnit: 'counts',
      wavelength,
      assumptions,
    }),
  );
  return end;
}
