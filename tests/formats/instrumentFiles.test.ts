import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PatternFile, readPatternFile } from '../../src/formats/patternFile.ts';

/** Files of real instruments lie beside the repository; they are never part of it. */
const FOLDER = join(import.meta.dirname, '../../../shared/measured/formats');
const read = (name: string): PatternFile => {
  const result = readPatternFile(name, new Uint8Array(readFileSync(join(FOLDER, name))));
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

const CU = [1.540598, 1.544426];
const BRUKER = [1.5406, 1.54439];
const NONE = [undefined, undefined];
/** Points, first and last 2θ, Kα1 and Kα2, as the files say of themselves. */
const READ: readonly (readonly [string, number, number, number, readonly (number | null | undefined)[]])[] = [
  ['acd_Panalytical.ASC', 1731, 5.013, 49.993, NONE],
  ['acd_Panalytical.XRDML', 1731, 5.013, 49.993, CU],
  ['dara_TiO2_0p4009-ZnO_0p6010--2min.xrdml', 2071, 10.0217, 99.9959, CU],
  ['diop_CeO2_Pilatus1M.xy', 1512, 0.0102, 30.8255, [0.4066, null]],
  ['diop_pattern_001.chi', 75, 0.0105, 28.3448, NONE],
  ['dl_Scan_C1.xrdml', 7181, 5.0048, 124.9917, CU],
  ['dl_TiO2.raw', 1647, 10, 70.0411, BRUKER],
  ['dl_TiOF.brml', 2469, 9.9988, 60.0128, BRUKER],
  ['g2_PrSrMnO.gda', 2395, 6, 125.7, NONE],
  ['gsas2_PBSO4.CWN', 2919, 10, 155.9, NONE],
  ['mv_FAP-laboratory.gsas.gz', 5751, 15, 130, NONE],
  ['mv_MB120718Si3.ras.gz', 1401, 2, 30, [1.540593, 1.544414]],
  ['mv_YBCO-B1-BM-600C-950C.brml', 1473, 4.9979, 35.277, BRUKER],
  ['pynx_918.xrdml', 5027, 4.0066, 69.9994, CU],
  ['xylib_BT86.raw', 2374, 3, 40.0003, BRUKER],
  ['xylib_BT86_.UXD', 2374, 3, 40, BRUKER],
  ['xylib_empyrean.xrdml', 196, 30.05, 41.75, CU],
  ['xylib_format1.raw', 101, 10, 20, BRUKER],
];
const REFUSED: readonly (readonly [string, string])[] = [
  ['aimat_stoe.raw', 'STOE RAW'],
  ['diffpy_CeO2_mean_q.chi', 'names Q, not 2θ ("chi_Q"), without a unit'],
  ['dl_JO_KL_16_ZF_3_60deg_0.02step_12degpermin_001.rasx', 'Rigaku RASX'],
  ['mv_2Theta.asc.gz', 'Rigaku ASC'],
  ['nomad_TwoTheta_scan_powder.rasx', 'Rigaku RASX'],
  ['pyxrd_brk_raw1.raw', 'Siemens RAW version 1'],
  ['pyxrd_brk_raw2.raw', 'RAW2'],
  ['xylib_D1A5.dat', 'D1A'],
  ['xylib_PSI_DMC.dat', 'DMC'],
];

describe.skipIf(!existsSync(FOLDER))('files of instruments (need ../shared/measured/formats)', () => {
  it.each(READ)('%s is read as it says of itself', (name, points, first, last, [alpha1, alpha2]) => {
    const { twoTheta, intensity, wavelength } = read(name).scans[0]!;
    expect(twoTheta).toHaveLength(points);
    expect(twoTheta[0]).toBeCloseTo(first, 3);
    expect(twoTheta.at(-1)).toBeCloseTo(last, 3);
    expect(Math.min(...intensity)).toBeGreaterThanOrEqual(0);
    expect([wavelength?.alpha1, wavelength?.alpha2]).toEqual([alpha1, alpha2]);
  });

  it.each(REFUSED)('%s is refused by its name', (name, message) => {
    expect(() => read(name)).toThrow(message);
  });

  it('two files of one scan give the same counts', () => {
    for (const [a, b] of [
      ['acd_Panalytical.ASC', 'acd_Panalytical.XRDML'],
      ['xylib_BT86.raw', 'xylib_BT86_.UXD'],
    ])
      expect(read(a!).scans[0]!.intensity).toEqual(read(b!).scans[0]!.intensity);
    expect(read('xylib_format1.raw').scans).toHaveLength(3);
  });
});
