import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT, spectralLines } from '../../src/diffraction/instrument.ts';
import { patternAdjoint, peaksAt, scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { seededRng } from '../../src/num/rng.ts';
import { coordinateAdjoint } from '../support/coordinateAdjoint.ts';
import { expectClose } from '../support/expectClose.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { COARSE } from '../support/instruments.ts';
import { libraryStructure } from '../support/library.ts';

const CU = { secondWavelength: 1.54439, secondRatio: 0.5 };

describe('radiation of two lines', () => {
  it('is one line unless told otherwise, and half as strong on the second where no ratio is given', () => {
    expect(spectralLines(PAPER_INSTRUMENT)).toEqual([{ wavelength: 1.5406, weight: 1, stretch: 1 }]);
    expect(spectralLines({ ...PAPER_INSTRUMENT, secondWavelength: 3.0812 })[1]).toEqual({
      wavelength: 3.0812,
      weight: 0.5,
      stretch: 4,
    });
  });

  it.each([
    ['the doublet of copper', CU],
    ['a shorter second line', { secondWavelength: 1.39, secondRatio: 0.2 }],
    ['a longer second line', { secondWavelength: 1.9, secondRatio: 1 }],
  ])('gives the sum of the patterns of both, by their weights: %s', (_, lines) => {
    for (const id of ['SrTiO3', 'BPO4']) {
      const { sites, cell } = libraryStructure(id);
      const pattern = (change: object): Float64Array => {
        const instrument = { ...PAPER_INSTRUMENT, ...change };
        return simulatePattern(scatteringModel(sites, instrument, cell), cell);
      };
      const first = pattern({});
      const second = pattern({ wavelength: lines.secondWavelength });
      const expected = first.map((x, i) => x + lines.secondRatio * second[i]!);
      expectClose(pattern(lines), expected, { relative: 1e-12, absolute: 1e-9 }, id);
    }
  });

  it("splits a peak by Bragg's law, the strong line first", () => {
    const { sites, cell } = libraryStructure('SrTiO3');
    const model = scatteringModel(sites, { ...PAPER_INSTRUMENT, ...CU }, cell);
    const peaks = peaksAt(model, cell);
    // 310 of a cubic cell of 3.9050 Å: d = a / √10
    const d = cell[0] / Math.sqrt(10);
    const angle = (wavelength: number): number => (360 / Math.PI) * Math.asin(wavelength / (2 * d));
    const at = (from: number, to: number, t: number): number[] =>
      Array.from(peaks.twoTheta.slice(from, to)).filter(x => Math.abs(x - t) < 1e-6);
    // 24 reflections of the form {310}, one of each Friedel pair
    expect(at(0, peaks.ofFirstLine, angle(1.5406))).toHaveLength(12);
    expect(at(peaks.ofFirstLine, peaks.count, angle(1.54439))).toHaveLength(12);
  });

  it('has the gradients of its central differences, in the cell and in the coordinates', () => {
    const { sites, cell } = libraryStructure('BPO4');
    const instrument = { ...COARSE, ...CU };
    const off = Float64Array.from(cell, (x, i) => x * (1 + 0.011 * Math.sin(i + 1)));
    const model = scatteringModel(sites, instrument, cell, 1.2);
    const rng = seededRng(3);
    const residual = simulatePattern(model, cell).map(() => rng.normal());
    const weighted = (pattern: Float64Array): number =>
      pattern.reduce((sum, x, i) => sum + residual[i]! * x, 0);
    const analytic = patternAdjoint(model, off, residual, new Float64Array(6));
    const numeric = numericalGradient(
      at => weighted(simulatePattern(model, at)),
      off,
      i => (i < 3 ? 1e-4 : 1e-3),
    );
    const largest = Math.max(...numeric.map(Math.abs));
    expectClose(analytic, numeric, { relative: 1e-6, absolute: 1e-6 * largest }, 'cell');

    const moved = sites.map((site, i) => ({
      ...site,
      fract: site.fract.map((x, axis) => x + 0.01 * Math.sin(3 * i + axis)) as unknown as [
        number,
        number,
        number,
      ],
    }));
    const byAtom = coordinateAdjoint(scatteringModel(moved, instrument, cell), moved, cell, residual);
    const byDifferences = numericalGradient(
      part => {
        const at = moved.map((site, i) =>
          i < 2 ? { ...site, fract: [part[3 * i]!, part[3 * i + 1]!, part[3 * i + 2]!] as const } : site,
        );
        return weighted(simulatePattern(scatteringModel(at, instrument, cell), cell));
      },
      moved.slice(0, 2).flatMap(site => site.fract),
      1e-4,
    );
    const most = Math.max(...byDifferences.map(Math.abs));
    expectClose(
      byAtom.subarray(0, 6),
      byDifferences,
      { relative: 1e-6, absolute: 1e-6 * most },
      'coordinates',
    );
  });
});
