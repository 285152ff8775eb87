import { decodeText } from './decodeText.ts';
import { MOST_BYTES } from './limits.ts';
import {
  evenAngles,
  type FileWavelength,
  type MeasuredScan,
  readScans,
  scanOf,
  tubeRemarks,
  wavelengthOf,
} from './measuredScan.ts';
import { notRead, otherZip } from './otherFormats.ts';
import { excerpt, FormatError, type Result } from './result.ts';
import { child, elementsNamed, numbersIn, parseXml, type XmlElement } from './xml.ts';
import { entryBytes, zipEntries } from './zipArchive.ts';

const MOST_MEMBERS = 60;
const WANTED = /(?:^|\/)(?:RawData\d+|MeasurementContainer)\.xml$/i;

/**
 * BRML of Bruker: a zip whose ExperimentN/RawDataN.xml hold the scans. Each <Datum> lists time, absorption factor, the
 * axes in the order of <ScanAxes>, then the counts; where <DataViews> gives the columns they are followed.
 */
export function readBrml(bytes: Uint8Array, title: string): Result<readonly MeasuredScan[]> {
  return readScans('the zip holds no RawData file with points', (scans, warnings) => {
    const members = unpack(bytes);
    const documents = [...members].map(([name, data]) => ({ name, root: parseXml(decodeText(data)) }));
    const tubes = documents.map(({ root }) => tubeOf(root)).filter(tube => tube !== null);
    for (const { name, root } of documents) {
      if (/MeasurementContainer/i.test(name)) continue;
      const own = tubeOf(root) ?? tubes[0] ?? null;
      for (const route of elementsNamed(root, 'DataRoute')) {
        const read = readRoute(route, own, title);
        if (typeof read === 'string') warnings.push(`${name}: ${read}`);
        else scans.push(read);
      }
    }
  });
}

function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  const entries = zipEntries(bytes);
  const wanted = entries.filter(({ name }) => WANTED.test(name));
  if (!wanted.some(({ name }) => /RawData\d+\.xml$/i.test(name))) {
    const other = otherZip(entries.map(({ name }) => name));
    throw new FormatError(
      other ? notRead(other) : 'the zip holds no ExperimentN/RawDataN.xml: it is no BRML',
    );
  }
  const size = wanted.reduce((sum, entry) => sum + entry.size, 0);
  if (size > MOST_BYTES || wanted.length > MOST_MEMBERS)
    throw new FormatError(
      `the zip unpacks to more than ${MOST_BYTES / 1024 / 1024} MB or ${MOST_MEMBERS} files and is not read`,
    );
  wanted.sort((p, q) => p.name.localeCompare(q.name, 'en', { numeric: true }));
  return new Map(wanted.map(entry => [entry.name, entryBytes(bytes, entry, MOST_BYTES)]));
}

function tubeOf(root: XmlElement): FileWavelength | null {
  const value = (name: string): number => {
    const element = elementsNamed(root, name)[0];
    const scale = /nm|nano/i.test(element?.attributes.get('Unit') ?? '') ? 10 : 1;
    return Number(element?.attributes.get('Value') || element?.text || Number.NaN) * scale;
  };
  const ratio = Number(elementsNamed(root, 'WaveLengthRatio')[0]?.attributes.get('Value') ?? Number.NaN);
  const [alpha1, alpha2] = [value('WaveLengthAlpha1'), value('WaveLengthAlpha2')];
  return wavelengthOf(alpha1, alpha2, ratio, 'WaveLengthAlpha1 of the file');
}

/** The scan of a route, or why it is passed over. */
function readRoute(
  route: XmlElement,
  wavelength: FileWavelength | null,
  title: string,
): MeasuredScan | string {
  const all = route.children.filter(element => element.name === 'Datum');
  if (all.length === 0) return 'a route without points is passed over';
  const axes = elementsNamed(route, 'ScanAxisInfo');
  const named = (axis: XmlElement): string =>
    axis.attributes.get('AxisId') ?? axis.attributes.get('AxisName') ?? '';
  const at = axes.findIndex(axis => /^(?:two|2)\s*theta$/i.test(named(axis)));
  if (at < 0)
    return `a scan along ${excerpt(axes.map(named).join(', ') || 'an unnamed axis', 40)} is passed over: it is not one of 2θ`;
  const views = viewsOf(route);
  const angleColumn = views.twoTheta ?? 2 + at;
  const countColumn = views.counts ?? 2 + axes.length;
  // The first number is the time for which a point was measured; none for those that a scan cut short never reached.
  const timed = all.filter(datum => !/^0+(?:\.0*)?\s?,/.test(datum.text));
  const data = timed.length > 0 ? timed : all;
  const missing = all.length - data.length;
  const rows = data.map(datum => numbersIn(datum));
  if (rows.length < 3) {
    // A still picture of a strip detector: one datum with all counts.
    const strip = rows[0]!;
    const [start, stop] = ['Start', 'Stop'].map(name => Number(child(axes[at], name)?.text || Number.NaN));
    const counts = strip.subarray(countColumn);
    if (rows.length === 1 && counts.length >= 3 && Number.isFinite(start) && Number.isFinite(stop))
      return scanOf({
        title,
        twoTheta: evenAngles(start!, stop!, counts.length),
        intensity: counts,
        intensityUnit: 'counts',
        wavelength,
        assumptions: ['one still picture: its counts are spread evenly from start to stop'],
      });
    return `a scan of ${rows.length} points is passed over`;
  }
  const bad = rows.findIndex(row => row.length <= Math.max(angleColumn, countColumn));
  if (bad >= 0)
    throw new FormatError(
      `<Datum> ${bad + 1} has ${rows[bad]!.length} numbers; column ${countColumn + 1} should be the counts`,
      data[bad]!.line,
    );
  const assumptions: string[] = [];
  if (missing > 0) assumptions.push(`${missing} of ${all.length} points were not measured and are left out`);
  if (rows.some(row => row[1] !== 1 && views.absorption === 1))
    assumptions.push('the file gives absorption factors other than 1; the counts are kept as they are');
  assumptions.push(...tubeRemarks(wavelength));
  return scanOf({
    title,
    twoTheta: rows.map(row => row[angleColumn]!),
    intensity: rows.map(row => row[countColumn]!),
    intensityUnit: 'counts',
    wavelength,
    assumptions,
  });
}

/** Columns by name, where the file describes them. */
function viewsOf(route: XmlElement): { twoTheta?: number; counts?: number; absorption?: number } {
  const found: { twoTheta?: number; counts?: number; absorption?: number } = {};
  for (const view of elementsNamed(route, 'RawDataView')) {
    const start = Number(view.attributes.get('Start') ?? Number.NaN);
    if (!(Number.isInteger(start) && start >= 0 && start < 10_000)) continue;
    const kind = view.attributes.get('type') ?? '';
    const names = [view, ...elementsNamed(view, 'Recording')]
      .map(
        element => `${element.attributes.get('LogicName') ?? ''} ${element.attributes.get('AxisId') ?? ''}`,
      )
      .join(' ');
    const varying = elementsNamed(view, 'VaryingAxis').concat(elementsNamed(view, 'AxisId'));
    if (/AbsorptionFactor/i.test(names)) found.absorption = start;
    else if (
      /Recorded/i.test(kind) &&
      /counter|detector|counts|lynx|eye|scint|intensity/i.test(names) &&
      !/temperature/i.test(names)
    )
      found.counts ??= start;
    else if (varying.length > 0) {
      const at = varying.findIndex(axis =>
        /^(?:two|2)\s*theta$/i.test(axis.attributes.get('AxisId') ?? axis.text),
      );
      if (at >= 0) found.twoTheta ??= start + at;
    }
  }
  return found;
}
