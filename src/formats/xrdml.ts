import {
  evenAngles,
  type FileWavelength,
  type MeasuredScan,
  readScans,
  scanOf,
  wavelengthOf,
} from './measuredScan.ts';
import { excerpt, FormatError, type Result } from './result.ts';
import { child, elementsNamed, numbersIn, parseXml, type XmlElement } from './xml.ts';

/**
 * XRDML of PANalytical (XRDMLMeasurement 1.0 to 2.x): every scan whose 2θ moves. Intensities of version 1 are corrected
 * for attenuators already, <counts> of version 2 are not and are multiplied by <beamAttenuationFactors>.
 */
export function readXrdml(text: string, title: string): Result<readonly MeasuredScan[]> {
  return readScans('the file has no scan with data points', (scans, warnings) => {
    const root = parseXml(text);
    if (root.name !== 'xrdMeasurements')
      throw new FormatError(
        `<${excerpt(root.name)}> is not <xrdMeasurements>: the file is no XRDML`,
        root.line,
      );
    const sample = elementsNamed(root, 'sample')[0];
    const name = child(sample, 'name')?.text || child(sample, 'id')?.text || title;
    for (const measurement of elementsNamed(root, 'xrdMeasurement')) {
      const remarks: string[] = [];
      const wavelength = readWavelength(measurement, remarks);
      const found = elementsNamed(measurement, 'scan').filter(scan => child(scan, 'dataPoints'));
      for (const scan of found) {
        const axis = scan.attributes.get('scanAxis') ?? '';
        const read = readScan(scan, wavelength, remarks, name);
        if (read) scans.push(read);
        else
          warnings.push(
            `a scan along ${excerpt(axis || 'another axis', 20)} is passed over: its 2θ does not move`,
          );
      }
    }
  });
}

/** Null for a scan of another axis. */
function readScan(
  scan: XmlElement,
  wavelength: FileWavelength | null,
  remarks: readonly string[],
  title: string,
): MeasuredScan | null {
  const points = child(scan, 'dataPoints')!;
  const values = child(points, 'counts') ?? child(points, 'intensities');
  if (!values) throw new FormatError('<dataPoints> has neither <intensities> nor <counts>', points.line);
  const intensity = numbersIn(values);
  const positions = points.children.find(
    candidate =>
      candidate.name === 'positions' && /^2\s*theta$/i.test(candidate.attributes.get('axis') ?? ''),
  );
  if (!positions) throw new FormatError('no <positions axis="2Theta"> stands in <dataPoints>', points.line);
  const unit = positions.attributes.get('unit') ?? 'deg';
  if (unit !== 'deg')
    throw new FormatError(`2θ is given in ${excerpt(unit)}, not in degrees`, positions.line);
  const twoTheta = angles(positions, intensity.length);
  if (!twoTheta) return null;
  const assumptions: string[] = [];
  const factors = child(points, 'beamAttenuationFactors');
  if (factors && values.name === 'counts') {
    const list = numbersIn(factors);
    if (list.length !== intensity.length)
      throw new FormatError(
        `<beamAttenuationFactors> has ${list.length} values for ${intensity.length} counts`,
        factors.line,
      );
    for (let i = 0; i < intensity.length; i++) intensity[i]! *= list[i]!;
    assumptions.push('counts are multiplied by the attenuation factors of the file');
  }
  const status = scan.attributes.get('status');
  if (status && status !== 'Completed') assumptions.push(`the status of the scan is "${excerpt(status)}"`);
  const perSecond = /cps|per ?second/i.test(values.attributes.get('unit') ?? '');
  assumptions.push(...remarks);
  if (!wavelength) assumptions.push('the file gives no usable wavelength');
  return scanOf({
    title,
    twoTheta,
    intensity,
    intensityUnit: perSecond ? 'counts per second' : 'counts',
    wavelength,
    assumptions,
  });
}

function angles(positions: XmlElement, count: number): Float64Array | null {
  const list = child(positions, 'listPositions');
  if (list) {
    const found = numbersIn(list);
    if (found.length !== count)
      throw new FormatError(`<listPositions> has ${found.length} angles for ${count} intensities`, list.line);
    return found;
  }
  const [start, end] = ['startPosition', 'endPosition'].map(name => {
    const element = child(positions, name);
    if (!element) return null;
    const value = Number(element.text);
    if (element.text === '' || !Number.isFinite(value))
      throw new FormatError(`<${name}>: "${excerpt(element.text)}" is not a number`, element.line);
    return value;
  });
  if (start === null || start === undefined || end === null || end === undefined) {
    if (child(positions, 'commonPosition')) return null;
    throw new FormatError('<positions> has neither a start and an end nor a list', positions.line);
  }
  return start === end ? null : evenAngles(start, end, count);
}

function readWavelength(measurement: XmlElement, assumptions: string[]): FileWavelength | null {
  const used = elementsNamed(measurement, 'usedWavelength')[0];
  if (!used) return null;
  const value = (name: string): number | null => {
    const element = child(used, name);
    if (!element) return null;
    const scale = /nm|nano/i.test(element.attributes.get('unit') ?? '') ? 10 : 1;
    const number = Number(element.text) * scale;
    return element.text !== '' && Number.isFinite(number) ? number : null;
  };
  const intended = used.attributes.get('intended') ?? '';
  const source = `usedWavelength of the file, intended "${excerpt(intended, 20)}", line ${used.line}`;
  if (/beta/i.test(intended)) return wavelengthOf(value('kBeta') ?? Number.NaN, null, null, source);
  const alpha1 = value('kAlpha1') ?? Number.NaN;
  const ratio = value('ratioKAlpha2KAlpha1');
  const crystal = monochromatorOf(measurement);
  if (ratio === 0 || crystal) {
    if (crystal) assumptions.push(`${crystal} in the incident beam takes Kα2 away`);
    return wavelengthOf(alpha1, null, null, source);
  }
  const found = wavelengthOf(alpha1, value('kAlpha2'), ratio, source);
  // What is intended is a preset of the program; fits of such scans have Kα2.
  if (found?.alpha2)
    assumptions.push(
      /alpha\s?1/i.test(intended)
        ? 'the beam holds Kα1 and Kα2: Kα1 is intended, but no monochromator stands in the incident beam'
        : 'the beam holds Kα1 and Kα2',
    );
  return found;
}

/** The crystal that parts Kα1 from Kα2 in the incident beam, by its name: graphite lets both pass. */
function monochromatorOf(measurement: XmlElement): string | null {
  const path = elementsNamed(measurement, 'incidentBeamPath')[0];
  if (!path) return null;
  const mirrors = elementsNamed(path, 'xRayMirror').filter(
    mirror => mirror.attributes.get('hybrid') === 'true',
  );
  for (const part of [...elementsNamed(path, 'monochromator'), ...mirrors]) {
    const name = part.attributes.get('name') ?? '';
    if (!/graphite/i.test(`${name} ${child(part, 'crystal')?.text ?? ''}`))
      return excerpt(name || 'a monochromator', 40);
  }
  return null;
}
