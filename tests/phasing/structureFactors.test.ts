import { describe, expect, it } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { seededRng } from '../../src/num/rng.ts';
import { contributions } from '../../src/phasing/contributions.ts';
import {
  borrowedPhases,
  perturbedPhases,
  randomPhases,
  withPhases,
  zeroPhases,
} from '../../src/phasing/phaseChoice.ts';
import { powderPattern } from '../../src/phasing/powderPattern.ts';
import {
  amplitudesOf,
  phasesOf,
  shiftOrigin,
  squareS,
  structureFactors,
  structureFactorsAt,
  withBlur,
} from '../../src/phasing/structureFactors.ts';
import { expectClose } from '../support/expectClose.ts';
import { COARSE } from '../support/instruments.ts';
import { libraryStructure } from '../support/library.ts';

/** Two species on one position, no symmetry, a skewed cell. */
const SKEWED: Structure = {
  name: 'skewed',
  formula: 'mixed',
  cell: [4.1, 5.3, 6.2, 81, 97, 112],
  sites: [
    { label: 'Fe1', element: 'Fe', fract: [0.11, 0.23, 0.37], occupancy: 0.6 },
    { label: 'Ni1', element: 'Ni', fract: [0.11, 0.23, 0.37], occupancy: 0.4 },
    { label: 'O1', element: 'O', fract: [0.62, 0.48, 0.91], occupancy: 1 },
    { label: 'Cl1', element: 'Cl', fract: [0.83, 0.05, 0.66], occupancy: 0.5 },
  ],
  spaceGroup: { symbol: 'P 1', number: 1 },
  family: 'triclinic',
  source: 'made up for the tests',
};

describe('structure factors', () => {
  it('are the sums of the arrows of the atoms, Friedel mates included', () => {
    const factors = structureFactors(SKEWED, 0.9);
    expect(factors.re.length).toBeGreaterThan(300);
    for (let k = 0; k < factors.re.length; k += 7) {
      const [h, p, l] = Array.from(factors.hkl.subarray(3 * k, 3 * k + 3)) as [number, number, number];
      for (const sign of [1, -1]) {
        const arrows = contributions(SKEWED, [sign * h, sign * p, sign * l]);
        expect(arrows.map(arrow => arrow.site)).toEqual([0, 1, 2, 3]);
        const re = arrows.reduce((sum, arrow) => sum + arrow.re, 0);
        const im = arrows.reduce((sum, arrow) => sum + arrow.im, 0);
        expect(Math.hypot(re - factors.re[k]!, im - sign * factors.im[k]!)).toBeLessThan(1e-11);
        for (const arrow of arrows) {
          const turned = (arrow.phase * Math.PI) / 180;
          expect(arrow.amplitude * Math.cos(turned)).toBeCloseTo(arrow.re, 11);
        }
      }
    }
  });

  it('count electrons at 000 and reach the resolution asked for, no further', () => {
    const factors = structureFactors(SKEWED, 0.9);
    expect(factors.f000).toBeCloseTo(0.6 * 26 + 0.4 * 28 + 8 + 0.5 * 17, 12);
    const arrows = contributions(SKEWED, [0, 0, 0]);
    expect(arrows.reduce((sum, arrow) => sum + arrow.re, 0)).toBeCloseTo(factors.f000, 12);
    const spacings = squareS(SKEWED.cell, factors.hkl).map(q => 0.5 / Math.sqrt(q));
    expect(spacings.every(d => d >= 0.9 - 1e-9)).toBe(true);
    expect(Math.min(...spacings)).toBeLessThan(0.91);
    expect(() => structureFactors(SKEWED, 0)).toThrow('resolution 0');
  });

  it('of rock salt have the values of the textbook', () => {
    const salt: Pick<Structure, 'cell' | 'sites'> = {
      cell: [5.64, 5.64, 5.64, 90, 90, 90],
      sites: (
        [
          ['Na', 0, 0, 0],
          ['Na', 0.5, 0.5, 0],
          ['Na', 0.5, 0, 0.5],
          ['Na', 0, 0.5, 0.5],
          ['Cl', 0.5, 0.5, 0.5],
          ['Cl', 0, 0, 0.5],
          ['Cl', 0, 0.5, 0],
          ['Cl', 0.5, 0, 0],
        ] as const
      ).map(([element, x, y, z], i) => ({ label: `${i}`, element, fract: [x, y, z], occupancy: 1 })),
    };
    const one = (element: string, hkl: readonly number[]): number =>
      structureFactorsAt(
        { cell: salt.cell, sites: [{ label: '1', element, fract: [0, 0, 0], occupancy: 1 }] },
        Int32Array.from(hkl),
      ).re[0]!;
    const f = (hkl: readonly number[]): number => structureFactorsAt(salt, Int32Array.from(hkl)).re[0]!;
    expect(f([2, 0, 0])).toBeCloseTo(4 * (one('Na', [2, 0, 0]) + one('Cl', [2, 0, 0])), 10);
    expect(f([1, 1, 1])).toBeCloseTo(4 * (one('Na', [1, 1, 1]) - one('Cl', [1, 1, 1])), 10);
    expect(f([1, 0, 0])).toBeCloseTo(0, 10);
  });

  it('turn under a change of origin as those of the moved atoms do, and keep their amplitudes', () => {
    const shift = [0.137, -0.4, 2.71] as const;
    const factors = structureFactors(SKEWED, 0.9);
    const shifted = shiftOrigin(factors, shift);
    const moved = structureFactors(
      {
        ...SKEWED,
        sites: SKEWED.sites.map(site => ({
          ...site,
          fract: site.fract.map((x, axis) => x + shift[axis]!) as [number, number, number],
        })),
      },
      0.9,
    );
    expectClose(shifted.re, moved.re, { relative: 1e-11, absolute: 1e-11 }, 'real part');
    expectClose(shifted.im, moved.im, { relative: 1e-11, absolute: 1e-11 }, 'imaginary part');
    expectClose(amplitudesOf(shifted), amplitudesOf(factors), { relative: 1e-13, absolute: 1e-13 }, '|F|');
    const turned = phasesOf(shifted).filter((phase, k) => Math.abs(phase - phasesOf(factors)[k]!) > 1);
    expect(turned.length).toBeGreaterThan(0.9 * factors.re.length);
  });

  it('of blurred atoms fall by exp(−B s²)', () => {
    const factors = structureFactors(SKEWED, 0.9);
    const q = squareS(SKEWED.cell, factors.hkl);
    const ratio = amplitudesOf(withBlur(factors, 3)).map((a, k) => a / amplitudesOf(factors)[k]!);
    expectClose(
      ratio,
      q.map(s2 => Math.exp(-3 * s2)),
      { relative: 1e-12, absolute: 0 },
      'fall-off',
    );
    expect(withBlur(factors, 3).f000).toBe(factors.f000);
  });
});

describe('the powder pattern', () => {
  const dMin = COARSE.wavelength / (2 * Math.sin((COARSE.twoThetaMax * Math.PI) / 360)) - 1e-6;

  it.each(LIBRARY.map(entry => entry.id))(
    'of %s is that of the forward model whatever the phases and the origin',
    id => {
      const structure = libraryStructure(id);
      const model = scatteringModel(structure.sites, COARSE, structure.cell);
      const expected = simulatePattern(model, structure.cell);
      const factors = structureFactors(structure, dMin);
      const donor = libraryStructure(id === 'BPO4' ? 'VNi2S3' : 'BPO4');
      const borrowed = borrowedPhases(factors, donor);
      expect(borrowed.matched).toBeGreaterThan(0);
      const sets = {
        true: phasesOf(factors),
        zero: zeroPhases(factors),
        random: randomPhases(factors, seededRng(1)),
        perturbed: perturbedPhases(factors, 40, seededRng(2)),
        borrowed: borrowed.phases,
      };
      const tolerance = { relative: 1e-12, absolute: 0 };
      for (const [name, phases] of Object.entries(sets))
        expectClose(powderPattern(withPhases(factors, phases), COARSE), expected, tolerance, name);
      expectClose(
        powderPattern(shiftOrigin(factors, [0.3, 0.14, 0.77]), COARSE),
        expected,
        tolerance,
        'origin',
      );
    },
  );

  it('changes when an amplitude does', () => {
    const structure = libraryStructure('U2Ti');
    const factors = structureFactors(structure, dMin);
    const heavier = { ...factors, re: factors.re.map((re, k) => (k === 3 ? re * 1.001 : re)) };
    const [p, q] = [powderPattern(factors, PAPER_INSTRUMENT), powderPattern(heavier, PAPER_INSTRUMENT)];
    expect(Math.max(...p.map((value, i) => Math.abs(q[i]! / value - 1)))).toBeGreaterThan(1e-6);
  });
});

describe('phase sets', () => {
  const factors = structureFactors(SKEWED, 0.8);

  it('give back the structure factors with the true phases', () => {
    const again = withPhases(factors, phasesOf(factors));
    expectClose(again.re, factors.re, { relative: 1e-12, absolute: 1e-12 }, 'real part');
    expectClose(again.im, factors.im, { relative: 1e-12, absolute: 1e-12 }, 'imaginary part');
  });

  it('are the same for the same seed and others for another', () => {
    const draw = (seed: number): Float64Array => randomPhases(factors, seededRng(seed));
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
  });

  it('perturbed by w have errors of standard deviation w and mean 0', () => {
    const phases = phasesOf(factors);
    const errors = perturbedPhases(factors, 25, seededRng(3)).map((phase, k) => phase - phases[k]!);
    const mean = errors.reduce((sum, e) => sum + e, 0) / errors.length;
    const spread = Math.sqrt(errors.reduce((sum, e) => sum + (e - mean) ** 2, 0) / errors.length);
    expect(Math.abs(mean)).toBeLessThan((4 * 25) / Math.sqrt(errors.length));
    expect(Math.abs(spread - 25)).toBeLessThan((4 * 25) / Math.sqrt(2 * errors.length));
  });

  it('borrowed are the donor’s own at the same indices, 0 where it is extinct', () => {
    const donor = libraryStructure('LiMnIr2');
    const { phases, matched } = borrowedPhases(factors, donor);
    const lent = structureFactorsAt(donor, factors.hkl);
    let extinct = 0;
    phases.forEach((phase, k) => {
      const amplitude = Math.hypot(lent.re[k]!, lent.im[k]!);
      if (amplitude < 1e-6) {
        extinct++;
        expect(phase).toBe(0);
      } else expect(Math.cos((phase * Math.PI) / 180)).toBeCloseTo(lent.re[k]! / amplitude, 9);
    });
    expect(extinct).toBeGreaterThan(matched);
    expect(matched + extinct).toBe(phases.length);
  });

  it('of the wrong number are refused', () => {
    expect(() => withPhases(factors, [1, 2])).toThrow('2 phases for');
  });
});
