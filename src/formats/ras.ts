import { MOST_POINTS } from './limits.ts';
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
 * RAS of Rigaku: blocks of *RAS_HEADER_START … *RAS_HEADER_END with lines *NAME "value", then *RAS_INT_START …
 * *RAS_INT_END with rows of 2θ, intensity and attenuator factor; intensity is the product of the last two.
 */
export function readRas(text: string, title: string): Result<readonly MeasuredScan[]> {
  return readScans('the file has no *RAS_INT_START: it holds no points', (scans, warnings) => {
    let header = new Map<string, string>();
    let rows: { x: number[]; y: number[]; attenuated: boolean } | null = null;
    let start = 0;
    for (const [i, raw] of text.split(/\r\n|\n|\r/).entries()) {
      const line = raw.trim();
      if (line.startsWith('*RAS_HEADER_START')) header = new Map();
      else if (line.startsWith('*RAS_INT_START')) {
        rows = { x: [], y: [], attenuated: false };
        start = i + 1;
      } else if (line.startsWith('*RAS_INT_END')) {
        if (!rows) throw new FormatError('*RAS_INT_END stands without its start', i + 1);
        addScan(rows, header, title, scans, warnings, start);
        rows = null;
      } else if (line.startsWith('*')) {
        const match = /^\*(\S+)\s+"?([^"]*)"?/.exec(line);
        if (match) header.set(match[1]!, match[2]!.trim());
        // found once, not for each scan among all lines of its header
        if (match?.[2] === 'IncidentMonochromator') header.set(match[2], match[1]!);
      } else if (rows && line !== '') {
        const parts = line.split(/[\s,]+/).map(Number);
        if (parts.length < 2 || !parts.every(Number.isFinite))
          throw new FormatError(`"${excerpt(line)}" is not a row of angle, intensity and factor`, i + 1);
        const factor = parts[2] ?? 1;
        if (factor !== 1) rows.attenuated = true;
        rows.x.push(parts[0]!);
        rows.y.push(parts[1]! * factor);
        if (rows.x.length > MOST_POINTS) throw new FormatError(`more than ${MOST_POINTS} points`, i + 1);
      }
    }
    if (rows) throw new FormatError('the file ends before *RAS_INT_END', start);
  });
}

function addScan(
  rows: { readonly x: readonly number[]; readonly y: readonly number[]; readonly attenuated: boolean },
  header: ReadonlyMap<string, string>,
  title: string,
  scans: MeasuredScan[],
  warnings: string[],
  line: number,
): void {
  const axis = header.get('MEAS_SCAN_AXIS_X_INTERNAL') ?? header.get('MEAS_SCAN_AXIS_X') ?? '';
  if (axis && !/^(?:two\s?theta|2\s?-?\s?theta|2θ)/i.test(axis)) {
    warnings.push(`a scan along ${excerpt(axis, 20)} is passed over: it is not one of 2θ`);
    return;
  }
  const assumptions: string[] = [];
  if (!axis) assumptions.push('the file names no axis of the scan: it is taken as 2θ');
  if (rows.attenuated) assumptions.push('intensities are multiplied by the attenuator factors of the file');
  const wavelength = wavelengthIn(header, assumptions);
  if (rows.x.length < 3) throw new FormatError(`the scan has ${rows.x.length} points`, line);
  const unit = header.get('MEAS_SCAN_UNIT_Y') ?? '';
  scans.push(
    scanOf({
      title: header.get('FILE_SAMPLE') || header.get('FILE_COMMENT') || header.get('FILE_MEMO') || title,
      twoTheta: rows.x,
      intensity: rows.y,
      intensityUnit: /cps/i.test(unit) ? 'counts per second' : /count/i.test(unit) ? 'counts' : 'arbitrary',
      wavelength,
      assumptions,
    }),
  );
}

/** The lines of the tube that the incident optics let pass: a germanium or silicon monochromator parts Kα1 from Kα2. */
function wavelengthIn(header: ReadonlyMap<string, string>, assumptions: string[]): FileWavelength | null {
  const scale = /nm|nano/i.test(header.get('HW_XG_WAVE_LENGTH_UNIT') ?? '') ? 10 : 1;
  const line = (name: string): number =>
    Number(header.get(`HW_XG_WAVE_LENGTH_${name}`) || Number.NaN) * scale;
  const source = (name: string): string => `*HW_XG_WAVE_LENGTH_${name} of the file`;
  if (/^Kb/i.test(header.get('MEAS_COND_XG_WAVE_TYPE') ?? ''))
    return wavelengthOf(line('BETA'), null, null, source('BETA'));
  const axis = header.get('IncidentMonochromator') ?? '';
  const crystal = header.get(axis.replace('NAME_INTERNAL', 'POSITION')) ?? '';
  if (/^(?:Ge|Si)\W/i.test(crystal)) {
    assumptions.push(`${excerpt(crystal, 20)} in the incident beam takes Kα2 away`);
    return wavelengthOf(line('ALPHA1'), null, null, source('ALPHA1'));
  }
  const found = wavelengthOf(line('ALPHA1'), line('ALPHA2'), null, source('ALPHA1'));
  assumptions.push(...tubeRemarks(found));
  return found;
}
