import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { formFactorOf, scatteringFactor } from '../../src/diffraction/formFactor.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { peaksAt, scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { enumerateReflections } from '../../src/diffraction/reflections.ts';
import { dropExtinct, structureFactorSums } from '../../src/diffraction/structureFactor.ts';
import { expectClose } from '../support/expectClose.ts';
import { COARSE } from '../support/instruments.ts';
import { libraryStructure } from '../support/library.ts';

const hklOf = (flat: Int32Array): number[][] =>
  Array.from({ length: flat.length / 3 }, (_, k) => Array.from(flat.subarray(3 * k, 3 * k + 3)));
const keptOf = (sites: readonly Site[], cell: Cell): number[][] =>
  hklOf(dropExtinct(structureFactorSums(sites, enumerateReflections(cell, 0.9))).hkl);
const atom = (element: string, ...fract: [number, number, number]): Site => ({
  label: element,
  element,
  fract,
  occupancy: 1,
});

describe('structure factors', () => {
  it('are Σ occ f exp(2πi h·x) over the atoms', () => {
    const { sites, cell } = libraryStructure('VNi2S3');
    const mixed = sites.map((site, i) => ({ ...site, occupancy: 1 - 0.05 * i }));
    const sums = structureFactorSums(mixed, enumerateReflections(cell, 0.5));
    hklOf(sums.hkl).forEach(([h, k, l], n) => {
      let [re, im, reSum, imSum] = [0, 0, 0, 0];
      for (const { element, fract, occupancy } of mixed) {
        const phase = 2 * Math.PI * (h! * fract[0] + k! * fract[1] + l! * fract[2]);
        const f = scatteringFactor(formFactorOf(element), 0.1) * occupancy;
        re += f * Math.cos(phase);
        im += f * Math.sin(phase);
      }
      sums.elements.forEach((element, e) => {
        const f = scatteringFactor(formFactorOf(element), 0.1);
        reSum += f * sums.re[n * sums.elements.length + e]!;
        imSum += f * sums.im[n * sums.elements.length + e]!;
      });
      expectClose([reSum, imSum], [re, im], { relative: 1e-11, absolute: 1e-10 }, `F(${h} ${k} ${l})`);
    });
  });

  it('large indices keep their phase: (100 0 0) of an atom at 0.37', () => {
    const sums = structureFactorSums([atom('O', 0.37, 0, 0)], Int32Array.of(100, 0, 0, 1000, 0, 0));
    expectClose(sums.re, [1, 1], { relative: 1e-12, absolute: 0 }, 'cos 2π·37 and cos 2π·370');
  });
});

describe('extinct reflections are left out', () => {
  it('face-centred: mixed parity (LiMnIr2)', () => {
    const { sites, cell } = libraryStructure('LiMnIr2');
    const parity = keptOf(sites, cell).map(hkl => new Set(hkl.map(index => Math.abs(index) % 2)).size);
    expect(parity.length).toBeGreaterThan(20);
    expect(parity.every(kinds => kinds === 1)).toBe(true);
  });

  it('body-centred: odd h + k + l (BPO4, I-4)', () => {
    const { sites, cell } = libraryStructure('BPO4');
    expect(keptOf(sites, cell).every(([h, k, l]) => (h! + k! + l!) % 2 === 0)).toBe(true);
  });

  it('C-centred: odd h + k (Ga2O3)', () => {
    const { sites, cell } = libraryStructure('Ga2O3');
    expect(keptOf(sites, cell).every(([h, k]) => (h! + k!) % 2 === 0)).toBe(true);
  });

  it('of a primitive cell none', () => {
    const cell: Cell = [4, 5, 6, 80, 95, 110];
    expect(keptOf([atom('Ti', 0.1, 0.2, 0.3)], cell)).toHaveLength(
      enumerateReflections(cell, 0.9).length / 3,
    );
  });

  it('but not those that only this lattice puts out: rock-salt (111) of two elements stays', () => {
    const sites = [atom('K', 0, 0, 0), atom('Cl', 0.5, 0.5, 0.5)];
    expect(keptOf(sites, [3.15, 3.15, 3.15, 90, 90, 90])).toContainEqual([1, 0, 0]);
    expect(
      keptOf([atom('K', 0, 0, 0), atom('K', 0.5, 0.5, 0.5)], [3.15, 3.15, 3.15, 90, 90, 90]),
    ).not.toContainEqual([1, 0, 0]);
  });
});

describe('the pattern', () => {
  it('does not depend on the choice of the origin nor on where an atom is wrapped', () => {
    const { sites, cell } = libraryStructure('BPO4');
    const pattern = (moved: readonly Site[]): Float64Array =>
      simulatePattern(scatteringModel(moved, COARSE, cell), cell);
    const shifted = sites.map(site => ({
      ...site,
      fract: [site.fract[0] + 0.123, site.fract[1] - 1.4, site.fract[2] + 2.7] as const,
    }));
    expectClose(pattern(shifted), pattern(sites), { relative: 1e-9, absolute: 0 }, 'pattern');
  });

  it('an atom split into two half-occupied ones is the same atom', () => {
    const cell: Cell = [4, 5, 6, 80, 95, 110];
    const whole = [atom('Ti', 0, 0, 0), atom('O', 0.3, 0.4, 0.1)];
    const half = { ...whole[1]!, occupancy: 0.5 };
    const peaks = (sites: readonly Site[]) => peaksAt(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell);
    expectClose(
      peaks([whole[0]!, half, half]).intensity,
      peaks(whole).intensity,
      { relative: 1e-10, absolute: 1e-9 },
      'I',
    );
  });
});
