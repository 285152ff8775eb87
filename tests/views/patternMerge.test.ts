import { describe, expect, it } from 'vitest';
import type { FamilyId } from '../../src/crystal/family.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { mergePeaks, type ReflectionTable } from '../../src/diffraction/mergePeaks.ts';
import { peaksAt, scatteringModel } from '../../src/diffraction/pattern.ts';
import { cellOf, FIXTURES, sitesOf } from '../support/crystals.ts';

const FAMILY: Readonly<Record<string, FamilyId>> = {
  U2Ti: 'hexagonal',
  Au2S: 'cubic',
  BPO4: 'tetragonal',
  Na3MnCoNiO6: 'monoclinic',
  'Nd(Al2Cu)4': 'tetragonal',
  LiMnIr2: 'cubic',
  Ga2O3: 'monoclinic',
  MoS2: 'hexagonal',
  SrTiO3: 'cubic',
  VNi2S3: 'monoclinic',
};

function tableOf(name: string): ReflectionTable {
  const fixture = FIXTURES[name]!;
  const cell = cellOf(fixture.structure.cell);
  const model = scatteringModel(sitesOf(fixture), PAPER_INSTRUMENT, cell);
  const { count, index, twoTheta, intensity } = peaksAt(model, cell);
  const hkl = Int32Array.from({ length: 3 * count }, (_, i) => {
    const row = Math.floor(i / 3);
    return model.sums.hkl[3 * index[row]! + (i % 3)]!;
  });
  return { hkl, twoTheta: twoTheta.slice(0, count), intensity: intensity.slice(0, count) };
}

const small = (rows: readonly (readonly [number, number, number, number, number])[]): ReflectionTable => ({
  hkl: Int32Array.from(rows.flatMap(row => row.slice(0, 3))),
  twoTheta: Float64Array.from(rows, row => row[3]),
  intensity: Float64Array.from(rows, row => row[4]),
});

describe.each(Object.keys(FIXTURES))('the merged peaks of %s', name => {
  it('are those of pymatgen, in place and in relative intensity', () => {
    const peaks = mergePeaks(tableOf(name), FAMILY[name]!);
    const strongest = Math.max(...peaks.map(peak => peak.intensity));
    const listed = FIXTURES[name]!.pymatgen_peaks;
    expect(listed.length).toBeGreaterThan(0);
    const wrong = listed.filter(expected => {
      // pymatgen may keep apart what differs by rounding: all that lies there counts together.
      const here = peaks.filter(peak => Math.abs(peak.twoTheta - expected.two_theta) < 2e-4);
      const there = listed.filter(other => Math.abs(other.two_theta - expected.two_theta) < 2e-4);
      const sum = here.reduce((total, peak) => total + (100 * peak.intensity) / strongest, 0);
      const due = there.reduce((total, other) => total + other.intensity, 0);
      return !(Math.abs(sum - due) < 1e-3 * (1 + due));
    });
    expect(wrong).toEqual([]);
  });

  it('hold every reflection once', () => {
    const table = tableOf(name);
    const rows = mergePeaks(table, FAMILY[name]!).flatMap(peak => peak.forms.flatMap(form => form.rows));
    expect(rows.toSorted((p, q) => p - q)).toEqual(Array.from(table.twoTheta.keys()));
  });
});

describe('merging', () => {
  it('names the forms of U2Ti and counts them as International Tables do for 6/mmm', () => {
    const forms = mergePeaks(tableOf('U2Ti'), 'hexagonal').map(peak => peak.forms[0]!);
    const multiplicity = new Map(forms.map(form => [form.hkl.join(' '), form.multiplicity]));
    const expected = { '1 0 0': 6, '0 0 1': 2, '1 1 0': 6, '1 0 1': 12, '2 1 0': 12, '2 1 1': 24 };
    for (const [hkl, count] of Object.entries(expected)) expect(multiplicity.get(hkl), hkl).toBe(count);
  });

  it('keeps 511 and 333 of a cubic crystal apart even where they are equally strong', () => {
    const peak = mergePeaks(tableOf('LiMnIr2'), 'cubic').find(({ forms }) =>
      forms.some(form => form.hkl.join('') === '333'),
    );
    expect(peak?.forms.map(form => [form.hkl.join(''), form.multiplicity])).toEqual([
      ['511', 24],
      ['333', 8],
    ]);
  });

  it('parts hkl and khl of the Laue class 4/m by their intensity', () => {
    const peak = mergePeaks(
      small([
        [1, 2, 1, 40, 7],
        [2, 1, 1, 40, 3],
      ]),
      'tetragonal',
    );
    expect(peak.map(({ forms }) => forms.map(form => form.hkl.join('')))).toEqual([['121', '211']]);
  });

  it('chooses the name with the fewest bars among Friedel mates too', () => {
    const [peak] = mergePeaks(small([[-1, -1, 2, 30, 1]]), 'monoclinic');
    expect(peak!.forms[0]!.hkl).toEqual([1, 1, -2]);
  });

  it('separates peaks beyond the tolerance and leaves out what is not a number', () => {
    const table = small([
      [1, 0, 0, 20, 1],
      [0, 1, 0, 20.001, 1],
      [0, 0, 1, Number.NaN, 1],
    ]);
    expect(mergePeaks(table, 'orthorhombic').map(peak => peak.twoTheta)).toEqual([20, 20.001]);
  });
});

it('a reflection alone goes by the same name as among its equals', () => {
  const nameOf = (...rows: readonly (readonly number[])[]): string =>
    mergePeaks(
      {
        hkl: Int32Array.from(rows.flat()),
        twoTheta: Float64Array.from(rows, () => 10),
        intensity: Float64Array.from(rows, () => 1),
      },
      'triclinic',
    )[0]!.forms[0]!.hkl.join(' ');
  for (let i = 1; i < 343; i++) {
    const hkl = [(i % 7) - 3, (Math.floor(i / 7) % 7) - 3, Math.floor(i / 49) - 3];
    if (hkl.some(index => index !== 0)) expect(nameOf(hkl)).toBe(nameOf(hkl, hkl));
  }
});
