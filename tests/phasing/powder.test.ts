import { describe, expect, it } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import { fwhm } from '../../src/diffraction/caglioti.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { lorentzPolarisation } from '../../src/diffraction/lorentzPolarisation.ts';
import { extractAmplitudes } from '../../src/phasing/powderAmplitudes.ts';
import {
  fwhmGroups,
  instrumentTo,
  peakOverlaps,
  peaksOf,
  powderCounts,
} from '../../src/phasing/powderCounts.ts';
import { twoThetaOf } from '../../src/phasing/powderPattern.ts';
import { absentReflections } from '../../src/phasing/reflectionConditions.ts';
import { amplitudesOf, squareS, structureFactors } from '../../src/phasing/structureFactors.ts';
import { expectClose } from '../support/expectClose.ts';
import { libraryStructure } from '../support/library.ts';

describe('from F to the profile', () => {
  it.each(LIBRARY.map(entry => entry.id))('every step of %s leaves fewer numbers, or as many', id => {
    const counts = powderCounts(libraryStructure(id), PAPER_INSTRUMENT);
    const { complex, friedel, laue, shells, resolved, overlapped } = counts;
    expect(complex).toBe(2 * friedel);
    expect(friedel).toBeGreaterThan(laue);
    expect(laue).toBeGreaterThanOrEqual(shells);
    expect(shells).toBeGreaterThanOrEqual(resolved);
    expect(shells - overlapped).toBeLessThanOrEqual(resolved);
    expect(resolved).toBeGreaterThan(0);
  });

  it('of strontium titanate is what hand counting gives', () => {
    // 2θ ≤ 90° at 1.5406 Å and a = 3.905 Å: h² + k² + l² ≤ 12.8, without 7: 100, 110, 111, 200, 210, 211, 220,
    // 300 with 221, 310, 311, 222: 6 + 12 + 8 + 6 + 24 + 24 + 12 + (6 + 24) + 24 + 24 + 8 = 178 reflections.
    const structure = libraryStructure('SrTiO3');
    expect(structure.cell[0]).toBeCloseTo(3.905, 3);
    const counts = powderCounts(structure, PAPER_INSTRUMENT);
    expect(counts).toMatchObject({
      complex: 178,
      friedel: 89,
      laue: 12,
      shells: 11,
      resolved: 11,
      overlapped: 0,
    });
    expect(counts.unknowns).toEqual({ cell: 1, coordinates: 15 });
  });

  it('counts the free parameters of each family', () => {
    const cells = LIBRARY.map(({ id }) => powderCounts(libraryStructure(id), PAPER_INSTRUMENT).unknowns.cell);
    expect(cells).toEqual([2, 1, 2, 4, 2, 1, 4, 2, 1, 4]);
  });

  it('lists as partners exactly the peaks within one mean FWHM', () => {
    const peaks = peaksOf(libraryStructure('VNi2S3'), PAPER_INSTRUMENT);
    const overlaps = peakOverlaps(peaks, PAPER_INSTRUMENT);
    let pairs = 0;
    peaks.forEach((p, i) => {
      peaks.forEach((q, j) => {
        if (i === j) return;
        const width = (fwhm(PAPER_INSTRUMENT, p.twoTheta) + fwhm(PAPER_INSTRUMENT, q.twoTheta)) / 2;
        const near = Math.abs(p.twoTheta - q.twoTheta) < width;
        if (near) pairs++;
        expect(overlaps[i]!.partners.includes(j)).toBe(near);
      });
    });
    expect(pairs).toBeGreaterThan(20);
  });

  it('takes the mean of both widths where they differ', () => {
    // H rises from 1° at 0° to 10° and more: at 150° and 154° it is 3.86° and 4.45°, so only their mean, 4.15°, and
    // the wider one reach across 4°; at 4.3° apart only the wider one does.
    const steep = { ...PAPER_INSTRUMENT, u: 1, v: 0, w: 1 };
    const peaks = (apart: number) =>
      [150, 150 + apart].map(twoTheta => ({ twoTheta, intensity: 1, rows: [], forms: [] }));
    const [narrow, wide] = [fwhm(steep, 150), fwhm(steep, 154)];
    expect(narrow).toBeLessThan(4);
    expect((narrow + wide) / 2).toBeGreaterThan(4);
    expect(peakOverlaps(peaks(4), steep).map(({ partners }) => partners)).toEqual([[1], [0]]);
    const further = fwhm(steep, 154.3);
    expect((narrow + further) / 2).toBeLessThan(4.3);
    expect(further).toBeGreaterThan(4.3);
    expect(peakOverlaps(peaks(4.3), steep).map(({ partners }) => partners)).toEqual([[], []]);
  });

  it('loses less to sharper peaks and, down to one spacing, to longer wavelengths', () => {
    const structure = libraryStructure('Na3MnCoNiO6');
    const dMin = 1.2;
    const resolved = (wavelength: number, widthScale: number): number =>
      powderCounts(structure, instrumentTo(PAPER_INSTRUMENT, { wavelength, widthScale, dMin })).resolved;
    expect(resolved(0.7093, 0.2)).toBeGreaterThan(resolved(0.7093, 1));
    expect(resolved(1.5406, 0.2)).toBeGreaterThan(resolved(1.5406, 1));
    expect(resolved(1.5406, 1)).toBeGreaterThan(resolved(0.7093, 1));
    const shells = [0.7093, 1.5406].map(
      wavelength =>
        powderCounts(structure, instrumentTo(PAPER_INSTRUMENT, { wavelength, widthScale: 1, dMin })).shells,
    );
    expect(shells[0]).toBe(shells[1]);
    expect(() => instrumentTo(PAPER_INSTRUMENT, { wavelength: 3, widthScale: 1, dMin: 1.2 })).toThrow(
      'below 2.4',
    );
  });
});

describe('amplitudes from a powder', () => {
  const structure = libraryStructure('VNi2S3');
  const factors = structureFactors(structure, 1);
  const absent = absentReflections(structure.sites, factors.hkl);

  it('share the intensity of each group evenly and keep its sum', () => {
    const { amplitudes, groups } = extractAmplitudes(factors, PAPER_INSTRUMENT, absent);
    const s2 = squareS(factors.cell, factors.hkl);
    const rows = Array.from(s2.keys()).filter(row => !absent[row]);
    const positions = rows.map(row => twoThetaOf(s2[row]!, PAPER_INSTRUMENT.wavelength));
    const expected = fwhmGroups(positions, PAPER_INSTRUMENT);
    expect(groups).toBe(expected.length);
    expect(groups).toBeLessThan(0.5 * rows.length);
    const ideal = amplitudesOf(factors);
    for (const [from, to] of expected) {
      const members = rows.slice(from, to);
      const total = (values: Float64Array): number =>
        members.reduce(
          (sum, row) => sum + values[row]! ** 2 * lorentzPolarisation(s2[row]! * 1.5406 ** 2),
          0,
        );
      expect(total(amplitudes)).toBeCloseTo(total(ideal), 6);
      expect(new Set(members.map(row => amplitudes[row]!.toPrecision(12))).size).toBe(1);
    }
    absent.forEach((none, row) => {
      if (none) expect(amplitudes[row]).toBe(0);
    });
  });

  it('are the true ones where nothing overlaps', () => {
    // Peaks of 1e-6 degrees, on a lattice without symmetry: every Friedel pair stands alone.
    const skewed = { ...structure, cell: [4.1, 5.3, 6.2, 81, 97, 112] as const };
    const free = structureFactors(skewed, 1);
    const sharp = { ...PAPER_INSTRUMENT, u: 0, v: 0, w: 1e-12 };
    const { amplitudes, error, groups } = extractAmplitudes(free, sharp, null);
    expect(groups).toBe(free.re.length);
    expect(error).toBeLessThan(1e-12);
    expectClose(amplitudes, amplitudesOf(free), { relative: 1e-12, absolute: 1e-12 }, '|F|');
    expect(extractAmplitudes(free, PAPER_INSTRUMENT, null).error).toBeGreaterThan(0.05);
  });

  it('beyond the limiting sphere are refused', () => {
    expect(() => extractAmplitudes(structureFactors(structure, 0.7), PAPER_INSTRUMENT, null)).toThrow(
      'out of reach of wavelength 1.5406',
    );
  });
});
