import { describe, expect, it } from 'vitest';
import { cellVolume } from '../../src/crystal/cell.ts';
import { seededRng } from '../../src/num/rng.ts';
import { createAlignment } from '../../src/phasing/alignment.ts';
import {
  type ChargeFlipping,
  type ChargeFlippingOptions,
  polishChargeFlipping,
  startChargeFlipping,
  stepChargeFlipping,
} from '../../src/phasing/chargeFlipping.ts';
import { gridShape } from '../../src/phasing/densityGrid.ts';
import { type AtomMatch, densityPeaks, matchAtoms } from '../../src/phasing/densityPeaks.ts';
import { randomPhases, withPhases } from '../../src/phasing/phaseChoice.ts';
import { amplitudesOf, phasesOf, shiftOrigin, structureFactors } from '../../src/phasing/structureFactors.ts';
import { synthesise } from '../../src/phasing/synthesis.ts';
import { expectClose } from '../support/expectClose.ts';
import { libraryStructure } from '../support/library.ts';

const DMIN = 0.8;

function start(id: string, seed: number, options: Omit<ChargeFlippingOptions, 'shape'>) {
  const structure = libraryStructure(id);
  const factors = structureFactors(structure, DMIN);
  const shape = gridShape(structure.cell, DMIN);
  const amplitudes = amplitudesOf(factors);
  const run = startChargeFlipping(
    structure.cell,
    factors.hkl,
    amplitudes,
    { ...options, shape },
    seededRng(seed),
  );
  return { structure, factors, shape, amplitudes, run };
}

/** Every atomic position against as many of the highest peaks as there are positions. */
function atomsFound({ structure, shape, factors, run }: ReturnType<typeof start>): AtomMatch[] {
  const alignment = createAlignment(factors, shape)(run.re, run.im);
  const peaks = densityPeaks({ cell: structure.cell, shape, values: run.density }, structure.sites.length);
  return matchAtoms(structure, peaks, alignment);
}

const cycles = (run: ChargeFlipping, count: number): void => {
  for (let cycle = 0; cycle < count; cycle++) stepChargeFlipping(run);
};

const SIGMA = (value: number, weakShare: number): Omit<ChargeFlippingOptions, 'shape'> => ({
  delta: { unit: 'sigma', value },
  weakShare,
});

describe('charge flipping', () => {
  it.each([
    ['BPO4', 0.8, 0.2],
    ['VNi2S3', 1, 0.2],
    ['U2Ti', 1, 0.2],
    ['SrTiO3', 1, 0.2],
  ] as const)('solves %s from the amplitudes to 0.8 Å with δ = %f σ', (id, delta, weakShare) => {
    for (const seed of [1, 2, 3]) {
      const trial = start(id, seed, SIGMA(delta, weakShare));
      const before = createAlignment(trial.factors, trial.shape)(trial.run.re, trial.run.im).phaseError;
      expect(before).toBeGreaterThan(55);
      cycles(trial.run, 200);
      polishChargeFlipping(trial.run);
      cycles(trial.run, 20);
      const matches = atomsFound(trial);
      expect(matches.length).toBe(trial.structure.sites.length);
      expect(Math.max(...matches.map(match => match.distance))).toBeLessThan(0.3);
      // One peak an atom: none stands in for two.
      expect(new Set(matches.map(match => match.peak)).size).toBe(matches.length);
      expect(createAlignment(trial.factors, trial.shape)(trial.run.re, trial.run.im).phaseError).toBeLessThan(
        20,
      );
    }
  });

  it('finds nothing with a threshold far too high', () => {
    const trial = start('VNi2S3', 1, SIGMA(3, 0));
    cycles(trial.run, 200);
    expect(atomsFound(trial).filter(match => match.distance < 0.3).length).toBeLessThan(6);
    expect(
      createAlignment(trial.factors, trial.shape)(trial.run.re, trial.run.im).phaseError,
    ).toBeGreaterThan(55);
  });

  it('goes the same way for the same seed, and another for another', () => {
    const end = (seed: number): Float64Array => {
      const { run } = start('SrTiO3', seed, SIGMA(1, 0.2));
      cycles(run, 25);
      return run.density.slice();
    };
    expect(end(4)).toEqual(end(4));
    expect(end(4)).not.toEqual(end(5));
  });

  it('makes each cycle of what it says: flip, transform, amplitudes', () => {
    const { structure, factors, shape, amplitudes, run } = start('BPO4', 3, {
      delta: { unit: 'absolute', value: 0.7 },
      weakShare: 0.25,
    });
    const before = run.density.slice();
    const mean = before.reduce((sum, v) => sum + v, 0) / before.length;
    expect(Math.abs(mean)).toBeLessThan(1e-10);
    stepChargeFlipping(run);
    // The transform by summation over the grid, for some reflections.
    const flipped = before.map(value => (value < 0.7 ? -value : value));
    expect(run.flipped).toBe(before.filter(value => value < 0.7).length / before.length);
    expect(run.threshold).toBe(0.7);
    const [nx, ny, nz] = shape;
    const scale = cellVolume(structure.cell) / flipped.length;
    let weak = 0;
    for (let k = 0; k < amplitudes.length; k += 5) {
      let re = 0;
      let im = 0;
      flipped.forEach((value, at) => {
        const turns =
          (factors.hkl[3 * k]! * Math.floor(at / (ny * nz))) / nx +
          (factors.hkl[3 * k + 1]! * (Math.floor(at / nz) % ny)) / ny +
          (factors.hkl[3 * k + 2]! * (at % nz)) / nz;
        re += scale * value * Math.cos(2 * Math.PI * turns);
        im += scale * value * Math.sin(2 * Math.PI * turns);
      });
      const size = Math.hypot(re, im);
      const expected = run.weak[k] ? [-im, re] : [(re * amplitudes[k]!) / size, (im * amplitudes[k]!) / size];
      if (run.weak[k]) weak++;
      expect(Math.abs(run.re[k]! - expected[0]!)).toBeLessThan(1e-8);
      expect(Math.abs(run.im[k]! - expected[1]!)).toBeLessThan(1e-8);
    }
    expect(weak).toBeGreaterThan(10);
    const density = synthesise({ ...factors, re: run.re, im: run.im, f000: run.f000 }, shape).values;
    expectClose(run.density, density, { relative: 1e-10, absolute: 1e-10 }, 'density');
  });

  it('treats as weak the asked share, and none stronger than the others', () => {
    const { run, amplitudes } = start('VNi2S3', 1, SIGMA(1, 0.3));
    const weak = Array.from(amplitudes).filter((_, k) => run.weak[k]);
    const strong = Array.from(amplitudes).filter((_, k) => !run.weak[k]);
    expect(weak.length).toBe(Math.floor(0.3 * amplitudes.length));
    expect(Math.max(...weak)).toBeLessThanOrEqual(Math.min(...strong));
    expect(() => start('VNi2S3', 1, SIGMA(1, 1))).toThrow('weak share of 1');
  });

  it('stays at the true structure, where it is fed with it, and has a falling R value there', () => {
    const { factors, run, shape } = start('VNi2S3', 1, SIGMA(0.8, 0));
    run.re.set(factors.re);
    run.im.set(factors.im);
    run.f000 = 0;
    run.density.set(synthesise({ ...factors, f000: 0 }, shape).values);
    cycles(run, 30);
    const align = createAlignment(factors, shape);
    expect(align(run.re, run.im).phaseError).toBeLessThan(25);
    const searching = run.rValue;
    cycles(polishChargeFlipping(run), 20);
    expect(run.rValue).toBeLessThan(0.6 * searching);
  });
});

describe('the alignment', () => {
  const structure = libraryStructure('VNi2S3');
  const factors = structureFactors(structure, 1);
  const align = createAlignment(factors, gridShape(structure.cell, 1));

  it('finds any shift, off the grid as well, and the hand', () => {
    for (const shift of [
      [0.1234, 0.777, 0.4321],
      [0, 0, 0],
      [0.5, 0.25, 0.99],
    ] as const) {
      const moved = shiftOrigin(factors, shift);
      const found = align(moved.re, moved.im);
      expect(found.phaseError).toBeLessThan(1e-5);
      expect(found.correlation).toBeCloseTo(1, 9);
      expect(found.inverted).toBe(false);
      const inverse = shiftOrigin({ ...factors, im: factors.im.map(v => -v) }, shift);
      const other = align(inverse.re, inverse.im);
      expect(other.phaseError).toBeLessThan(1e-5);
      expect(other.inverted).toBe(true);
    }
  });

  it('places atoms where the shifted and inverted density has them', () => {
    const shift = [0.21, 0.34, 0.57] as const;
    const shape = gridShape(structure.cell, 1);
    for (const im of [factors.im, factors.im.map(v => -v)]) {
      const moved = shiftOrigin({ ...factors, im }, shift);
      const map = synthesise(moved, shape);
      const matches = matchAtoms(
        structure,
        densityPeaks(map, structure.sites.length),
        align(moved.re, moved.im),
      );
      expect(matches.length).toBe(12);
      expect(Math.max(...matches.map(match => match.distance))).toBeLessThan(0.1);
    }
  });

  it('measures Gaussian errors of the phases and finds little in random ones', () => {
    const random = withPhases(factors, randomPhases(factors, seededRng(2)));
    expect(align(random.re, random.im).phaseError).toBeGreaterThan(60);
    const flipped = withPhases(
      factors,
      phasesOf(factors).map((phase, k) => phase + (k % 2 ? 30 : -30)),
    );
    const { phaseError } = align(flipped.re, flipped.im);
    expect(phaseError).toBeGreaterThan(25);
    expect(phaseError).toBeLessThan(30 + 1e-6);
  });
});
