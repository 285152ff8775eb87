import { afterAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { LossId } from '../../src/losses/loss.ts';
import { LOSSES, lossOf, PAPER_LOSSES } from '../../src/losses/registry.ts';
import { seededRng } from '../../src/num/rng.ts';
import { coordinateObjective } from '../../src/peakspace/coordinates/coordinateObjective.ts';
import { peaksOfCell } from '../../src/peakspace/coordinates/peaksOfCell.ts';
import { coordinateAdjoint } from '../support/coordinateAdjoint.ts';
import { cellOf, FIXTURES, type PaperLossId, sitesOf } from '../support/crystals.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { INSTRUMENTS, offBy } from './patternCases.ts';

const worst: Record<string, number> = {};
const note = (what: string, error: number): number => {
  worst[what] = Math.max(worst[what] ?? 0, error);
  return error;
};
afterAll(() => console.log('largest errors of coordinate objectives', worst));

const crystal = (id: string): { sites: Site[]; cell: Cell } => ({
  sites: sitesOf(FIXTURES[id]!),
  cell: cellOf(FIXTURES[id]!.structure.cell),
});

const patternOf = (sites: readonly Site[], cell: Cell, instrument: Instrument): Float64Array =>
  simulatePattern(scatteringModel(sites, instrument, cell), cell);

const flat = (sites: readonly Site[]): Float64Array => Float64Array.from(sites.flatMap(site => site.fract));

/** Coordinates with normal deviations of so much, taken modulo 1. */
function moved(sites: readonly Site[], sigma: number, seed: number): Float64Array {
  const rng = seededRng(seed);
  return flat(sites).map(x => (((x + sigma * rng.normal()) % 1) + 1) % 1);
}

const placed = (sites: readonly Site[], x: Float64Array): Site[] =>
  sites.map((site, j) => ({ ...site, fract: [x[3 * j]!, x[3 * j + 1]!, x[3 * j + 2]!] }));

/** Every loss and its gradient by the dense pattern of sites at these coordinates. */
function dense(
  sites: readonly Site[],
  cell: Cell,
  instrument: Instrument,
  target: Float64Array,
  x: Float64Array,
): (id: LossId) => { value: number; gradient: Float64Array } {
  const at = placed(sites, x);
  const model = scatteringModel(at, instrument, cell);
  const pattern = simulatePattern(model, cell);
  const residual = new Float64Array(target.length);
  return id => {
    const value = lossOf(id).gradient(target, pattern, residual);
    return { value, gradient: coordinateAdjoint(model, at, cell, residual) };
  };
}

function compare(
  what: string,
  sites: readonly Site[],
  cell: Cell,
  instrument: Instrument,
  target: Float64Array,
  x: Float64Array,
): void {
  const reference = dense(sites, cell, instrument, target, x);
  for (const loss of LOSSES) {
    const objective = coordinateObjective(sites, cell, instrument, loss, target);
    const expected = reference(loss.id);
    const gradient = new Float64Array(x.length);
    const value = objective(x, gradient);
    const scale = Math.max(1, Math.abs(expected.value));
    const named = `${what}, ${loss.id}`;
    expect(note(`${named}, loss`, Math.abs(value - expected.value) / scale), named).toBeLessThan(1e-7);
    expect(Math.abs(objective(x, null) - expected.value) / scale, named).toBeLessThan(1e-7);
    expect(note(`${named}, gradient`, offBy(gradient, expected.gradient)), named).toBeLessThan(1e-6);
  }
}

describe.each(Object.keys(FIXTURES))('%s with moving sites', id => {
  const { sites, cell } = crystal(id);
  const target = patternOf(sites, cell, PAPER_INSTRUMENT);

  it('has the losses and coordinate gradients of the fixtures', () => {
    let compared = 0;
    for (const trial of FIXTURES[id]!.coordinates)
      for (const loss of PAPER_LOSSES) {
        const expected = trial[loss.id as PaperLossId];
        if (!expected) continue;
        const x = Float64Array.from(trial.fract.flat());
        const gradient = new Float64Array(x.length);
        const value = coordinateObjective(sites, cell, PAPER_INSTRUMENT, loss, target)(x, gradient);
        expect(Math.abs(value - expected.loss)).toBeLessThan(1e-9);
        expect(note('fixtures, gradient', offBy(gradient, expected.grad.flat()))).toBeLessThan(1e-7);
        compared++;
      }
    expect(compared).toBeGreaterThan(0);
  });

  it('agrees with the dense reference', () => {
    for (const sigma of [0.005, 0.1])
      compare('ten structures', sites, cell, PAPER_INSTRUMENT, target, moved(sites, sigma, 5));
  });

  it('has the slopes of its own finite differences', () => {
    const x = moved(sites, 0.02, 7);
    for (const loss of LOSSES) {
      const objective = coordinateObjective(sites, cell, PAPER_INSTRUMENT, loss, target);
      const gradient = new Float64Array(x.length);
      objective(x, gradient);
      // the first two sites and the last: each coordinate costs four evaluations
      const some = [0, 1, 2, 3, 4, 5, x.length - 3, x.length - 2, x.length - 1];
      const numerical = numericalGradient(
        part => {
          const at = Float64Array.from(x);
          for (const [i, place] of some.entries()) at[place] = part[i]!;
          return objective(at, null);
        },
        some.map(i => x[i]!),
        2e-5,
      );
      const largest = Math.max(...gradient.map(Math.abs));
      for (const [i, place] of some.entries())
        expect(
          note('differences', Math.abs(numerical[i]! - gradient[place]!) / largest),
          `${loss.id}, coordinate ${place}`,
          // Wasserstein has a kink wherever the cumulative sums cross between two bins
        ).toBeLessThan(loss.id === 'wasserstein' ? 5e-5 : 1e-6);
    }
  });
});

describe('other instruments', () => {
  it.each(Object.keys(INSTRUMENTS))('%s', name => {
    const instrument = INSTRUMENTS[name]!;
    const { sites, cell } = crystal('BPO4');
    compare(
      'other instruments',
      sites,
      cell,
      instrument,
      patternOf(sites, cell, instrument),
      moved(sites, 0.03, 3),
    );
  });

  it('falls back to profile by profile where the hierarchy fails its self-test', () => {
    const runaway = { ...PAPER_INSTRUMENT, twoThetaMax: 170, margin: 10 };
    const { sites, cell } = crystal('SrTiO3');
    compare('runaway widths', sites, cell, runaway, patternOf(sites, cell, runaway), moved(sites, 0.03, 3));
  });

  it('counts only reflections within the largest index', () => {
    const clipped = { ...PAPER_INSTRUMENT, maxIndex: 6 };
    const { sites, cell } = crystal('Na3MnCoNiO6');
    const { hkl } = peaksOfCell(cell, clipped, []);
    expect(Math.max(...hkl.map(Math.abs))).toBe(6);
    expect(hkl.length).toBeLessThan(peaksOfCell(cell, PAPER_INSTRUMENT, []).hkl.length);
    compare('clipped', sites, cell, clipped, patternOf(sites, cell, clipped), moved(sites, 0.03, 3));
  });
});

describe('many angles', () => {
  it('take the tree instead of the matrix', () => {
    const { sites } = crystal('VNi2S3');
    const cell: Cell = [5.9, 3.4, 10.6, 88, 96, 93];
    expect(peaksOfCell(cell, PAPER_INSTRUMENT, []).position.length).toBeGreaterThan(256);
    compare(
      'many angles',
      sites,
      cell,
      PAPER_INSTRUMENT,
      patternOf(sites, cell, PAPER_INSTRUMENT),
      moved(sites, 0.05, 2),
    );
  });
});

describe('sites in any order, with occupancies', () => {
  const { sites, cell } = crystal('VNi2S3');
  const rng = seededRng(4);
  const mixed = sites
    .map((site, i) => ({ ...site, occupancy: 1 - 0.05 * (i % 4), rank: rng.uniform() }))
    .sort((p, q) => p.rank - q.rank);
  const target = patternOf(sites, cell, PAPER_INSTRUMENT);

  it('keep their gradients', () => {
    compare('mixed order', mixed, cell, PAPER_INSTRUMENT, target, moved(mixed, 0.04, 8));
  });

  it('do not matter by the cell of origin of their coordinates, nor by their own coordinates', () => {
    const x = moved(mixed, 0.04, 8);
    for (const loss of LOSSES) {
      const here = coordinateObjective(mixed, cell, PAPER_INSTRUMENT, loss, target);
      const elsewhere = coordinateObjective(placed(mixed, x), cell, PAPER_INSTRUMENT, loss, target);
      const value = here(x, null);
      expect(elsewhere(x, null)).toBe(value);
      const shifted = here(
        x.map((xi, i) => xi + (i % 3) - 1),
        null,
      );
      expect(Math.abs(shifted / value - 1)).toBeLessThan(1e-10);
    }
  });
});

describe('MSE of coordinates', () => {
  it.each(Object.keys(FIXTURES))('goes without a pattern and is next to nothing at the truth: %s', id => {
    const { sites, cell } = crystal(id);
    const target = patternOf(sites, cell, PAPER_INSTRUMENT);
    const none = new Uint8Array(target.length);
    const fast = coordinateObjective(sites, cell, PAPER_INSTRUMENT, lossOf('mse'), target);
    const byPattern = coordinateObjective(sites, cell, PAPER_INSTRUMENT, lossOf('mse'), target, none);
    const x = moved(sites, 0.03, 4);
    expect(fast(x, null)).not.toBe(byPattern(x, null));
    expect(fast(x, new Float64Array(x.length))).toBe(fast(x, null));
    const gradient = new Float64Array(x.length);
    const value = fast(flat(sites), gradient);
    expect(value).toBeGreaterThanOrEqual(0);
    expect(note('mse, truth', value)).toBeLessThan(1e-7);
    const beside = new Float64Array(x.length);
    fast(moved(sites, 1e-3, 4), beside);
    const largest = (values: Float64Array): number => Math.max(...values.map(Math.abs));
    expect(largest(gradient)).toBeLessThan(1e-4 * largest(beside));
  });

  it('is that of the dense reference where the strongest peaks lie beside the window', () => {
    const { sites, cell } = crystal('SrTiO3');
    for (const change of [
      { twoThetaMin: 32.3, twoThetaMax: 50, margin: 1 },
      { twoThetaMax: 32.1, margin: 1 },
      { twoThetaMin: 32.3, margin: 1, secondWavelength: 1.54439 },
    ]) {
      const instrument = { ...PAPER_INSTRUMENT, ...change };
      const target = patternOf(sites, cell, instrument);
      compare('beside the window', sites, cell, instrument, target, moved(sites, 0.03, 3));
    }
  });
});

describe('the value at coordinates', () => {
  const { sites, cell } = crystal('MoS2');
  const target = patternOf(sites, cell, PAPER_INSTRUMENT);

  it('depends on no evaluation before it, to the last bit', () => {
    for (const loss of LOSSES) {
      const starts = [1, 2, 3, 4].map(seed => moved(sites, 0.05, seed));
      const evaluate = (objective: ReturnType<typeof coordinateObjective>, x: Float64Array): number[] => {
        const gradient = new Float64Array(x.length);
        return [objective(x, gradient), ...gradient, objective(x, null)];
      };
      const make = () => coordinateObjective(sites, cell, PAPER_INSTRUMENT, loss, target);
      const alone = starts.map(x => evaluate(make(), x));
      const one = make();
      expect(
        starts
          .toReversed()
          .map(x => evaluate(one, x))
          .toReversed(),
      ).toEqual(alone);
    }
  });

  it('is NaN where a coordinate is none or where no reflection lies in the window', () => {
    const x = flat(sites);
    for (const loss of LOSSES) {
      const objective = coordinateObjective(sites, cell, PAPER_INSTRUMENT, loss, target);
      expect(objective(x, null)).not.toBeNaN();
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
        expect(
          objective(
            x.map((xi, i) => (i === 4 ? bad : xi)),
            new Float64Array(x.length),
          ),
        ).toBeNaN();
      const tiny = coordinateObjective(sites, [1, 1, 1, 90, 90, 90], PAPER_INSTRUMENT, loss, target);
      expect(tiny(x, null)).toBeNaN();
    }
  });

  it('is refused in a cell that does not exist', () => {
    expect(() =>
      coordinateObjective(sites, [3, 3, 3, 60, 60, 121], PAPER_INSTRUMENT, lossOf('cosine'), target),
    ).toThrow('do not close');
  });
});
