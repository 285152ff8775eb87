import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { MeasuredScan } from '../../src/formats/measuredScan.ts';
import { readPatternFile } from '../../src/formats/patternFile.ts';
import { fixture, refusal, scan, scans } from './measuredCases.ts';

const COUNTS = Array.from({ length: 30 }, (_, i) => 90 + ((7 * i * i) % 19));
const ANGLES = COUNTS.map((_, i) => Number((10 + 0.05 * i).toFixed(2)));
const inRows = (words: readonly string[], perRow: number): string =>
  words.map((word, i) => word + ((i + 1) % perRow === 0 || i === words.length - 1 ? '\n' : '')).join('');
const columns = (x: readonly number[], ...others: (readonly number[])[]): string =>
  x.map((value, i) => [value, ...others.map(column => column[i])].join(' ')).join('\n');
const expectSteps = ({ twoTheta, intensity }: MeasuredScan): void => {
  expect(Array.from(twoTheta, x => Number(x.toFixed(6)))).toEqual(ANGLES);
  expect(Array.from(intensity)).toEqual(COUNTS);
};

describe('points that were not measured', () => {
  const brml = (data: readonly string[]): Uint8Array =>
    zipSync({
      'Experiment0/RawData0.xml': strToU8(
        `<RawData><DataRoute><ScanAxes><ScanAxisInfo AxisId="TwoTheta"/></ScanAxes>${data.map(datum => `<Datum>${datum}</Datum>`).join('')}</DataRoute></RawData>`,
      ),
    });
  it('are left out of BRML by their time, and everywhere by −9999, and counted', () => {
    const aborted = scan(brml(['1,1,10,7', '1,1,11,8', '1,1,12,9', '0,0,13,-9999', '0,0,14,0']));
    expect([...aborted.intensity]).toEqual([7, 8, 9]);
    expect(aborted.assumptions).toContain('2 of 5 points were not measured and are left out');
    const marked = scan('1 5\n2 -9999\n3 7\n4 8\n');
    expect([...marked.twoTheta]).toEqual([1, 3, 4]);
    expect(marked.assumptions.join()).toContain('1 of 4 points have the intensity -9999');
    expect(scan(brml(['0,1,10,7', '0,1,11,8', '0,1,12,9'])).intensity).toHaveLength(3);
  });

  it('RAW: the points that are there, said; nothing where none is', () => {
    const cut = scan(fixture('version3.raw').subarray(0, 1140));
    expect(cut.twoTheta).toHaveLength(31);
    expect(cut.assumptions.join()).toContain('31 of the 41 points');
    expect(scan(fixture('version4.raw').subarray(0, -9)).assumptions.join()).toContain('of the 41 points');
    expect(refusal(fixture('version3.raw').subarray(0, 1020))).toContain('cut off: 1 of the 41 points');
  });

  it('ranges before the damage are read, with a word', () => {
    const ras = new TextDecoder().decode(fixture('scan.ras'));
    const read = readPatternFile('a.ras', strToU8(`${ras}${ras.replace('20.0500', '20.0500a')}`));
    if (!read.ok) throw new Error(read.message);
    expect(read.value.scans).toHaveLength(1);
    expect(read.warnings.join()).toMatch(/line \d+: .*only what stands before it is read/);
  });
});

describe('axes that a header names', () => {
  const with4 = (header: string, first: readonly number[]): string =>
    `${header}\n${columns(first, [1, 2, 3, 4])}`;
  const Q = [1, 2, 3, 4];
  const expected = (lambda: number, scale: number): number[] =>
    Q.map(q => (360 / Math.PI) * Math.asin((q * scale * lambda) / (4 * Math.PI)));
  it.each([
    ['# Wavelength: 1.0e-10 m\n# q_nm^-1   I', expected(1, 0.1)],
    ['# wavelength 1.5406 A\n# q_A^-1   I', expected(1.5406, 1)],
    ['# wavelength 1.5406 A\nQ (1/Å)\tI', expected(1.5406, 1)],
    ['lab6.tif: Q scan\nwavelength: 1 A\nQ (Inverse Nanometres)\n\nIntensity\n  4', expected(1, 0.1)],
    ['# Theta (deg),Intensity', [2, 4, 6, 8]],
    ['2-Theta Angle (Degrees)\n\nIntensity\n   4', Q],
    ['# 2th_rad   I', Q.map(x => (x * 180) / Math.PI)],
    ['Pos. [°2Th.],Iobs [cts]', Q],
    ['Theta/2Theta;Counts', Q],
    ['Theta,Intensity\n(deg),(a.u.)', [2, 4, 6, 8]],
    ['wavelength 1 A\nQ,Signal\n(1/nm),(a.u.)', expected(1, 0.1)],
    ['# Th O2 annealed', Q],
    ['# d spacing standard', Q],
    ['# Q factor', Q],
  ])('%s', (header, twoTheta) => {
    const first = header.includes('rad') ? [0.1, 0.2, 0.3, 0.4] : Q;
    const factor = header.includes('rad') ? 0.1 : 1;
    const read = scan(with4(header, first)).twoTheta;
    for (const [i, x] of twoTheta.entries()) expect(read[i]).toBeCloseTo(x * factor, 9);
  });

  it('d runs the other way and is turned', () => {
    const { twoTheta, intensity } = scan(with4('# lambda 1.5406 A\nd [A], I', [4, 3, 2, 1]));
    expect(twoTheta[0]).toBeCloseTo((360 / Math.PI) * Math.asin(1.5406 / 8), 9);
    expect([...intensity]).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['d (A),Intensity', 'names d, not 2θ ("d (A)"), and no wavelength'],
    ['# Q (1/Å)  I', 'names Q, not 2θ'],
    ['# chi_Q chi_I', 'without a unit'],
    ['# d(A) sample', 'names d, not 2θ'],
    ["' The X-axis unit is: Time-of-flight", 'along "Time-of-flight"'],
    ['TOF (us), counts', 'along "TOF (us)"'],
    ['time (s);counts', 'along "time (s)"'],
    ['phi\tI', 'along "phi"'],
    ['# r (Å)   G(r)', 'along "r (Å)"'],
    ['Energy (keV), Counts', 'along "Energy (keV)"'],
  ])('%s is refused', (header, message) => {
    expect(refusal(with4(header, Q))).toContain(message);
  });

  it('a Q beyond 4π/λ is refused', () => {
    expect(refusal(with4('# wavelength 1.5406 A\n# q_A^-1   I', [1, 2, 3, 9]))).toContain(
      'is not reached with λ',
    );
  });

  it('columns in another order are put in order; others are left out by name', () => {
    const swapped = scan(`intensity,2theta\n${COUNTS.map((c, i) => `${c},${ANGLES[i]}`).join('\n')}`);
    expectSteps(swapped);
    expect(swapped.assumptions.join()).toContain('column 2 is the axis, column 1 the intensity');
    const named = scan(
      `sigma, 2theta, temperature, counts\n${columns(Q, [1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6])}`,
    );
    expect([[...named.twoTheta], [...named.intensity], [...named.sigma!]]).toEqual([Q, [9, 8, 7, 6], Q]);
    expect(scan('Omega-2Theta,Counts\n1,2\n2,3\n3,4').assumptions.join()).toContain('taken as 2θ in degrees');
    expect(scan('Position,Counts\n1,2\n2,3\n3,4').assumptions.join()).toContain('"Position", is taken as 2θ');
  });
});

describe('a third column', () => {
  const y = COUNTS.map((c, i) => c + (i === 12 ? 500 : 0));
  it('is σ by its name or by its behaviour, a second sample never', () => {
    const other = COUNTS.map((_, i) => 90 + ((53 * i) % 23));
    expect(scan(columns(ANGLES, y, y.map(Math.sqrt))).sigma).not.toBeNull();
    expect(
      scan(
        columns(
          ANGLES,
          y,
          y.map(c => Math.sqrt(c) / 30),
        ),
      ).sigma,
    ).not.toBeNull();
    expect(scan(`2theta I error\n${columns(ANGLES, y, other)}`).sigma).not.toBeNull();
    const second = scan(columns(ANGLES, y, other));
    expect(second.sigma).toBeNull();
    expect(second.assumptions.join()).toContain('does not follow the intensities');
    expect(
      scan(
        columns(
          ANGLES,
          y,
          other.map(c => c / 20),
        ),
      ).sigma,
    ).toBeNull();
    expect(
      scan(
        columns(
          ANGLES,
          y,
          Array.from(y, () => 0),
        ),
      ).sigma,
    ).toBeNull();
    const named = scan(`2theta,sample A,sample B\n${columns(ANGLES, y, y.map(Math.sqrt))}`);
    expect([[...named.intensity], named.sigma]).toEqual([y, null]);
    expect(named.assumptions.join()).toContain('"sample B"');
  });
});

describe('counts without angles', () => {
  const cells = COUNTS.map(c => String(c).padStart(8));
  const detectors = COUNTS.map((c, i) => `${i % 2 ? ' 3' : '  '}${String(c).padStart(6)}`);
  const pairs = COUNTS.map(c => String(c).padStart(8) + Math.sqrt(c).toFixed(1).padStart(8));
  it.each([
    [
      'GSAS STD, a title of numbers',
      ` 10.0 0.05 11.45 made up\nBANK 1 30 3 CONST 1000 5 0 0 STD\n${inRows(cells, 10)}`,
    ],
    ['GSAS STD with detectors', `made up\nBANK 1 30 3 CONST 1000 5 0 0\r\n${inRows(detectors, 10)}`],
    [
      'GSAS STD, zeros at the end',
      `made up\nBANK 1 32 4 CONST 1000 5 0 0 STD\n${inRows([...cells, '       0', '       0'], 10)}`,
    ],
    ['GSAS ESD', `made up\nBANK 1 30 6 CONST 1000.00 5.00 0 0 ESD\n${inRows(pairs, 5)}`],
    ['FullProf', ` 10.0 0.05 11.45 made up\n${inRows(cells, 10)}`],
    ['FullProf, one number in the last line', `! made up\n 10.0 0.05 11.45\n${inRows(cells, 29)}`],
    [
      'UXD',
      `; made up\n_FILEVERSION=2\n_DRIVE='COUPLED'\n_STEPSIZE=0.05\n_START=10.0\n_COUNTS\n${inRows(cells, 10)}`,
    ],
  ])('%s', (_, text) => expectSteps(scan(text)));

  it('σ is that of the detectors of a count, and of its own column', () => {
    const [, text] = ['', `made up\nBANK 1 30 3 CONST 1000 5 0 0 STD\n${inRows(detectors, 10)}`];
    expect(scan(text).sigma![1]).toBeCloseTo(Math.sqrt(COUNTS[1]! / 3), 9);
    expect(scan(`made up\nBANK 1 30 6 CONST 1000 5 0 0 ESD\n${inRows(pairs, 5)}`).sigma![0]).toBe(9.5);
  });

  it('several ranges of UXD are several scans', () => {
    const range = (start: number): string =>
      `_DRIVE='COUPLED'\n_STEPSIZE=0.05\n_START=${start}\n_2THETACOUNTS\n${columns(
        ANGLES.map(x => x - 10 + start),
        COUNTS,
      )}\n`;
    const read = scans(`_WL_UNIT='A'\n_WL1=1.5406\n_WL2=1.54439\n_WLRATIO=0.5\n${range(10)}${range(20)}`);
    expect(read.map(({ twoTheta }) => twoTheta[0])).toEqual([10, 20]);
    expect(read[1]!.wavelength).toMatchObject({ alpha1: 1.5406, alpha2: 1.54439, ratio: 0.5 });
    expectSteps(read[0]!);
  });

  it.each([
    [
      'fewer than the header says',
      `10.0 0.05 12.45 made up\n${inRows(cells, 10)}`,
      'start, step and end of a scan of 50 points',
    ],
    [
      'no header',
      inRows(
        COUNTS.flatMap((c, i) => [c, 200 - ((7 * i) % 13), c]).map(value => ` ${value}`),
        3,
      ),
      'goes up and down',
    ],
    [
      'GSAS with other numbers',
      `made up\nBANK 1 90 9 CONST 1000 5 0 0 STD\n${inRows(cells, 7)}1 2 x\n`,
      'not laid out so',
    ],
    [
      'time of flight',
      `made up\nBANK 1 30 3 RALF 1000 5 0 0 STD\n${inRows(cells, 10)}`,
      'RALF (time of flight)',
    ],
    ['UXD without a start', `_FILEVERSION=2\n_COUNTS\n${inRows(cells, 10)}`, 'no _START and _STEPSIZE'],
    ['UXD of another drive', `_FILEVERSION=2\n_DRIVE='PHI'\n_COUNTS\n${inRows(cells, 10)}`, 'a scan of PHI'],
  ])('%s: refused', (_, text, message) => expect(refusal(text)).toContain(message));

  it('a title that begins with numbers is no point', () => {
    const read = scan(`12 34 made up\n${columns(ANGLES, COUNTS)}`);
    expectSteps(read);
    expect(read.assumptions.join()).toContain('line 1 begins with numbers');
  });
});

describe('a format that is not read is named', () => {
  it.each([
    ['SIETRONICS XRD SCAN\n10.00\n11.45\n0.050\n', 'Sietronics CPI'],
    ['SampleIdent,made up,/\nAnode,Cu,/\nDataAngleRange, 10, 11,/\nRawScan\n 1, 2/\n', 'Philips UDF'],
    ['*TYPE\t\t=  Raw\n*CLASS\t\t=  ASCII CLASS\n*BEGIN\n1, 2\n', 'Rigaku ASC'],
    ['\u0089HDF\r\n', 'HDF5'],
    ['data_NaCl\n_cell_length_a 5.6\n_pd_proc_d_spacing\n', 'CIF'],
    ['<?xml version="1.0"?><html></html>', '<html>'],
  ])('%s', (text, name) => expect(refusal(text)).toContain(name));

  it('also in a zip', () => {
    expect(refusal(zipSync({ 'Data0/Profile0.txt': strToU8('10 1 1\n') }))).toContain('Rigaku RASX');
    expect(refusal(zipSync({ 'xl/workbook.xml': strToU8('<a/>') }))).toContain('Excel');
  });
});
