import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { gunzipBounded } from '../../src/formats/fileBytes.ts';
import { type MeasuredScan, scanOf } from '../../src/formats/measuredScan.ts';
import { type PatternFile, readPatternFile } from '../../src/formats/patternFile.ts';
import expected from '../fixtures/patterns/expected.json' with { type: 'json' };
import { expectClose } from '../support/expectClose.ts';

const fileOf = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures/patterns', name)));
const read = (name: string, bytes = fileOf(name)): { file: PatternFile; warnings: readonly string[] } => {
  const result = readPatternFile(name, bytes);
  if (!result.ok) throw new Error(`${name}, line ${result.line}: ${result.message}`);
  return { file: result.value, warnings: result.warnings };
};
const failure = (
  name: string,
  content: string | Uint8Array,
): { message: string; line: number | undefined } => {
  const result = readPatternFile(name, typeof content === 'string' ? strToU8(content) : content);
  if (result.ok) throw new Error('was read');
  return { message: result.message, line: result.line };
};
const expectScan = (scan: MeasuredScan | undefined, add = 0): void => {
  expectClose(scan!.twoTheta, expected.twoTheta, { relative: 0, absolute: 1e-6 }, '2θ');
  expectClose(
    scan!.intensity,
    expected.counts.map(count => count + add),
    { relative: 1e-6, absolute: 0 },
    'counts',
  );
};
const DOUBLET = { alpha1: expected.alpha1, alpha2: expected.alpha2, ratio: expected.ratio };

describe('every format gives the scan that was written', () => {
  it.each([
    ['plain.xy', 'xy', 0],
    ['esd.xye', 'xy', 0],
    ['german.csv', 'xy', 0],
    ['commas.csv', 'xy', 0],
    ['tabs.dat', 'xy', 0],
    ['blank_decimal_comma.txt', 'xy', 0.5],
    ['downwards.xy', 'xy', 0],
    ['panalytical.csv', 'xy', 0],
    ['q_nm.dat', 'xy', 0],
    ['fullprof.dat', 'xy', 0],
    ['gsas.fxye', 'gsas', 0],
    ['std.gsa', 'gsas', 0],
    ['esd.gsa', 'gsas', 0],
    ['counts.uxd', 'uxd', 0],
    ['plain.xy.gz', 'xy', 0],
    ['version1.xrdml', 'xrdml', 0],
    ['version2.xrdml', 'xrdml', 0],
    ['scan.ras', 'ras', 0],
    ['version3.raw', 'bruker-raw', 0],
    ['version3_varying.raw', 'bruker-raw', 0],
    ['version4.raw', 'bruker-raw', 0],
    ['version4_wide.raw', 'bruker-raw', 0],
    ['scan.brml', 'brml', 0],
  ] as const)('%s', (name, format, add) => {
    const { file } = read(name);
    expect(file.format).toBe(format);
    expectScan(file.scans[0], add);
  });

  it('whatever its name is', () => {
    for (const name of ['version1.xrdml', 'scan.ras', 'version4.raw', 'scan.brml'])
      expectScan(read('pattern.txt', fileOf(name)).file.scans[0]);
  });

  it('also packed by gzip, and the message says so', () => {
    for (const name of ['version3.raw', 'scan.brml', 'version2.xrdml']) {
      const { file, warnings } = read(`${name}.gz`, gzipSync(fileOf(name)));
      expectScan(file.scans[0]);
      expect(warnings).toContain('unpacked from gzip');
    }
  });
});

describe('the wavelength', () => {
  it('comes from the file where it has one, with Kα2 where the beam has it', () => {
    expect(read('version2.xrdml').file.scans[0]!.wavelength).toMatchObject(DOUBLET);
    for (const name of ['version3.raw', 'version4.raw', 'scan.brml'])
      expect(read(name).file.scans[0]!.wavelength).toMatchObject(DOUBLET);
    expect(read('scan.ras').file.scans[0]!.wavelength).toMatchObject({ ...DOUBLET, ratio: null });
  });

  it('is read from headers of text, and is null, never assumed, where there is none', () => {
    expect(read('panalytical.csv').file.scans[0]!.wavelength?.alpha1).toBe(1.540598);
    const { wavelength, assumptions } = read('plain.xy').file.scans[0]!;
    expect(wavelength).toBeNull();
    expect(assumptions).toContain('the file gives no wavelength');
    const text = '# Wavelength: 0.7093 A\n10 1\n11 2\n12 3\n';
    expect(read('mo.xy', strToU8(text)).file.scans[0]!.wavelength?.alpha1).toBe(0.7093);
    const silly = '# wavelength = 154.06\n10 1\n11 2\n12 3\n';
    expect(read('nm.xy', strToU8(silly)).file.scans[0]!.wavelength).toBeNull();
  });
});

describe('columns of text', () => {
  const scan = (text: string): MeasuredScan => read('a.xy', strToU8(text)).file.scans[0]!;

  it('a third column is the uncertainty, unless its name or its numbers say otherwise', () => {
    expect(scan('1 4 2\n2 9 3\n3 16 4\n').sigma).toEqual(Float64Array.of(2, 3, 4));
    expect(scan('2theta,obs,calc\n1,4,2\n2,9,3\n3,16,4\n').sigma).toBeNull();
    const { sigma, assumptions } = scan('1 4 -2\n2 9 3\n3 16 4\n');
    expect(sigma).toBeNull();
    expect(assumptions.join()).toContain('negative numbers');
  });

  it('points in any order and at unequal steps are sorted, repeated angles averaged', () => {
    const { twoTheta, intensity, assumptions } = scan('3 30\n1 10\n2 20\n2 40\n7.5 5\n');
    expect([...twoTheta]).toEqual([1, 2, 3, 7.5]);
    expect([...intensity]).toEqual([10, 30, 30, 5]);
    expect(assumptions.join()).toContain('sorted by 2θ');
    expect(assumptions.join()).toContain('1 points at an angle that is there already are averaged');
  });

  it('numbers may have exponents, signs and Fortran letters', () => {
    expect([...scan('1.0e1 +4\n1.1E+01 5.5d2\n12. .5\n').intensity]).toEqual([4, 550, 0.5]);
  });

  it('semicolons, bars, tabs and commas part columns; footers are passed over', () => {
    for (const text of [
      '1;2\n2;3\n3;4\nend of data\n',
      '1|2\n2|3\n3|4',
      '1\t2\n2\t3\n3\t4',
      '1,2\n2,3\n3,4\n',
      '1.5, 2\n2.5, 3\n3.5, 4',
    ])
      expect([...scan(text).intensity]).toEqual([2, 3, 4]);
  });

  it('decimal commas beside semicolons and blanks', () => {
    expect([...scan('10,5;1,25\n11,5;2,5\n12,5;3\n').intensity]).toEqual([1.25, 2.5, 3]);
    expect([...scan('10,5 1,25\n11,5 2,5\n12,5 3\n').twoTheta]).toEqual([10.5, 11.5, 12.5]);
  });

  it('names the line of what is no row of numbers', () => {
    expect(failure('a.xy', '1 2\n2 3\nfoo bar\n3 4\n4 5\n')).toEqual({
      message: '"foo bar" is not a row of numbers',
      line: 3,
    });
    expect(failure('a.xy', 'hello\nworld\n')).toEqual({
      message: 'no columns of numbers were found: line 1 is "hello"',
      line: 1,
    });
    expect(failure('a.xy', '1 2\n2 3\n3\n4 5\n').message).toContain('is not a row of numbers');
    expect(failure('a.xy', '1 2 3\n2 3 4\n3 4\n4 5 6\n').message).toBe(
      'a row has 2 columns where the others have 3',
    );
  });

  it('refuses angles that are none', () => {
    expect(failure('a.xy', '1 2\n2 3\n300 4\n').message).toBe(
      '2θ = 300 of point 3 is not between −180° and 180°',
    );
  });

  it('an empty file, and too few points, are refused', () => {
    expect(failure('a.xy', '').message).toBe('the file is empty');
    expect(failure('a.xy', '1 2\n2 3\n').message).toContain('no columns of numbers');
  });
});

describe('scans of other axes', () => {
  it('are passed over with a word, the others read', () => {
    const xrdml = read('version2.xrdml');
    expect(xrdml.file.scans).toHaveLength(2);
    expect(xrdml.warnings).toEqual(['a scan along Omega is passed over: its 2θ does not move']);
    expect(read('version4.raw').warnings).toEqual([
      'range 1 ("Rocking Curve") is passed over: it is not a scan of 2θ',
    ]);
  });

  it('alone are refused', () => {
    const text = new TextDecoder()
      .decode(fileOf('scan.ras'))
      .replaceAll(/"(?:TwoThetaTheta|2theta\/theta)"/g, '"OmegaTwoTheta"');
    expect(failure('a.ras', text).message).toBe(
      'a scan along OmegaTwoTheta is passed over: it is not one of 2θ',
    );
  });
});

describe('a damaged file is refused with what is wrong', () => {
  const text = (name: string): string => new TextDecoder().decode(fileOf(name));

  it('XRDML', () => {
    const good = text('version1.xrdml');
    expect(failure('a', good.slice(0, good.length - 200)).message).toMatch(/is never closed|is not a tag/);
    expect(failure('a', good.replace('</scan>', '</scam>')).message).toBe(
      '<scan> is closed by the tag of another element',
    );
    expect(failure('a', good.replace('axis="2Theta"', 'axis="Phi"')).message).toContain(
      'no <positions axis="2Theta">',
    );
    expect(failure('a', good.replace(/<endPosition>[\d.]+/, '<endPosition>x'))).toEqual({
      message: '<endPosition>: "x" is not a number',
      line: 16,
    });
    expect(failure('a', good.replace(/(<intensities[^>]*>)/, '$1 1e3x ')).message).toBe(
      '<intensities>: "1e3x" is not a number',
    );
    expect(
      failure('a', text('version2.xrdml').replace('<listPositions>', '<listPositions>19.9 ')).message,
    ).toBe('<listPositions> has 42 angles for 41 intensities');
    expect(failure('a', '<?xml version="1.0"?><html></html>').message).toBe(
      '<html> is not <xrdMeasurements>: the file is no XRDML',
    );
  });

  it('with numbers that no sum of squares holds', () => {
    expect(failure('a.xy', '10 1\n10.1 2\n10.2 1e60\n10.3 1\n').message).toBe(
      'the intensity of point 3 is beyond 1e+30',
    );
    const parts = { title: '', intensityUnit: 'counts', wavelength: null, assumptions: [] } as const;
    const [twoTheta, intensity] = [
      [1, 2, 3],
      [1, 2, 3],
    ];
    expect(() => scanOf({ ...parts, twoTheta, intensity, sigma: [1, Number.NaN, 1] })).toThrow(
      'the uncertainty of point 2 is not a number',
    );
  });

  it('RAS', () => {
    expect(failure('a', text('scan.ras').replace('*RAS_INT_END', '*X')).message).toBe(
      'the file ends before *RAS_INT_END',
    );
    expect(failure('a', text('scan.ras').replace('20.0500', '20.0500a')).line).toBe(19);
  });

  it('RAW: cut off, and older versions by name', () => {
    for (const name of ['version3.raw', 'version4.raw']) {
      const good = fileOf(name);
      for (const length of [8, 100, 700, 1000, 1024])
        if (length < good.length)
          expect(failure(name, good.subarray(0, length)).message).toMatch(
            /ends early|cut off|no range|says it is|passed over/,
          );
    }
    expect(failure('a.raw', fileOf('version2.raw')).message).toContain(
      'Bruker RAW version 2 (RAW2); RAW1.01 and RAW4.00 are read',
    );
    expect(failure('a.raw', fileOf('version1.raw')).message).toContain('Siemens RAW version 1');
    expect(failure('a.raw', strToU8('RAW_1.06Powder diffraction')).message).toContain('STOE');
  });

  it('BRML', () => {
    const good = fileOf('scan.brml');
    expect(failure('a.brml', good.subarray(0, 300)).message).toMatch(/damaged: the directory at the end/);
    expect(failure('a.brml', zipSync({ 'hello.txt': strToU8('hi') })).message).toContain('it is no BRML');
    const cut = zipSync({ 'Experiment0/RawData0.xml': strToU8('<RawData><DataRoutes>') });
    expect(failure('a.brml', cut).message).toContain('is never closed');
  });
});

describe('nothing unpacks without bound', () => {
  it('gzip stops at the bound', () => {
    const packed = gzipSync(new Uint8Array(4_000_000), { level: 9 });
    expect(() => gunzipBounded(packed, 1_000_000)).toThrow('unpacks to more than');
    expect(gunzipBounded(packed, 5_000_000)).toHaveLength(4_000_000);
  });

  it('a zip of 302 bytes that claims 4,294,967,295 entries is refused at once', () => {
    const zip = zipSync({ 'Experiment0/RawData0.xml': strToU8('<RawData/>') });
    const file = new Uint8Array(302);
    const end = zip.length - 22;
    file.set(zip.subarray(0, end));
    // The 64-bit record of the end, its locator, and the usual record, which refers to them.
    const view = new DataView(file.buffer);
    const record = 302 - 22 - 20 - 56;
    view.setUint32(record, 0x06064b50, true);
    view.setUint32(record + 32, 0xffffffff, true);
    view.setUint32(302 - 42, 0x07064b50, true);
    view.setUint32(302 - 34, record, true);
    file.set(zip.subarray(end), 302 - 22);
    view.setUint16(302 - 14, 0xffff, true);
    view.setUint16(302 - 12, 0xffff, true);
    view.setUint32(302 - 6, 0xffffffff, true);
    expect(failure('a.brml', file).message).toContain('64-bit kind (zip64)');
  });

  it('a member that unpacks to more than it says is not unpacked further', () => {
    const zip = zipSync({ 'Experiment0/RawData0.xml': new Uint8Array(60_000_000) });
    const view = new DataView(zip.buffer);
    const directory = view.getUint32(zip.length - 6, true);
    view.setUint32(directory + 24, 100, true);
    const before = process.cpuUsage();
    expect(failure('a.brml', zip).message).toMatch(/damaged.*size or checksum/);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(500);
  });

  it('damaged and cut gzip is said to be', () => {
    const packed = gzipSync(strToU8('1 2\n2 3\n3 4\n'.repeat(1000)));
    expect(failure('a.xy.gz', packed.subarray(0, packed.length - 12)).message).toMatch(/gzip data/);
    expect(failure('a.xy.gz', packed.fill(7, 20, 40)).message).toMatch(/gzip data/);
  });

  it('entities of a document type are never expanded', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${new TextDecoder()
      .decode(fileOf('version1.xrdml'))
      .replace(/<\?xml.*\?>/, '')
      .replace('Made &amp; up', '&b;')}`;
    expect(read('a.xrdml', strToU8(bomb)).file.scans[0]!.title).toBe('&b;');
  });
});
