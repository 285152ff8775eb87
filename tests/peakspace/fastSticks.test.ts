import { afterAll, describe, expect, it } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import { type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { peaksAt, scatteringModel, simulatedTarget } from '../../src/diffraction/pattern.ts';
import { roughness } from '../../src/landscape/roughness.ts';
import { sliceAxis, slicePoints } from '../../src/landscape/slice.ts';
import { gpwdf, STICK_PEAK } from '../../src/losses/gpwdf.ts';
import { coordinateObjective } from '../../src/peakspace/coordinates/coordinateObjective.ts';
import { type CellObjective, denseObjective, denseSticks } from '../../src/peakspace/denseObjective.ts';
import { judge } from '../../src/peakspace/judge.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { sliceFor } from '../bench/cases.ts';
import { errorsOf } from '../support/conformance.ts';
import { conformanceCells } from '../support/conformanceCells.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { libraryStructure } from '../support/library.ts';
import { INSTRUMENTS, offBy, skewed } from './patternCases.ts';

const ALPHAS = [0.1, 0.5, 2, 16];
const worst: Record<string, number> = {};
const note = (what: string, error: number): number => {
  worst[what] = Math.max(worst[what] ?? 0, error);
  return error;
};
afterAll(() => console.log('largest errors of GPWDF over sticks', worst));

const lossAt = (alpha: number, step = 0.01) => gpwdf({ step, alpha });

/** The loss of a library crystal against its own peaks: as it is taken, and by all pairs. */
function problem(id: string, alpha: number, instrument: Instrument = PAPER_INSTRUMENT) {
  const { sites, cell } = libraryStructure(id);
  const { target, sticks } = simulatedTarget(sites, instrument, cell);
  const loss = lossAt(alpha);
  return {
    cell,
    input: { sites, instrument, loss, target, excluded: null, sticks },
    fast: objectiveFor(sites, instrument, loss, target, null, null, sticks),
    dense: denseSticks(sites, instrument, loss.overSticks!, sticks),
  };
}

function compare(what: string, fast: CellObjective, dense: CellObjective, at: Float64Array): void {
  const [gradient, expected] = [new Float64Array(6), new Float64Array(6)];
  const off = fast(at, gradient) - dense(at, expected);
  expect(note(`${what}, loss`, Math.abs(off)), what).toBeLessThan(1e-8);
  expect(note(`${what}, gradient`, offBy(gradient, expected)), what).toBeLessThan(1e-6);
}

describe.each(LIBRARY.map(({ id }) => id))('%s at cells of every kind', id => {
  it.each(ALPHAS)('has the GPWDF and the gradient of all pairs, α = %f°', alpha => {
    const { fast, dense } = problem(id, alpha);
    const cells = conformanceCells(libraryStructure(id), PAPER_INSTRUMENT, 10, 1);
    const gradients = cells.map(() => new Float64Array(6));
    const losses = cells.map(({ cell }, i) => dense(cell, gradients[i]!));
    const reference = { cells, target: new Float64Array(0), losses, gradients };
    for (const [trait, off] of Object.entries(
      errorsOf(reference, (i, gradient) => fast(cells[i]!.cell, gradient)),
    )) {
      expect(note(`α = ${alpha}, loss`, off.loss), trait).toBeLessThan(1e-8);
      expect(note(`α = ${alpha}, gradient`, off.gradient), trait).toBeLessThan(1e-6);
    }
  });
});

describe('GPWDF over the peaks of a crystal', () => {
  it.each(Object.entries(INSTRUMENTS))('agrees on another instrument: %s', (what, instrument) => {
    for (const id of ['BPO4', 'MoS2']) {
      const { fast, dense, cell, input } = problem(id, 0.5, instrument);
      expect(judge(input).way).toBe('peaks');
      compare(what, fast, dense, skewed(cell, 0.03, 2));
    }
  });

  it('has the gradient of finite differences in the cell', () => {
    for (const alpha of ALPHAS) {
      const { fast, cell } = problem('BPO4', alpha);
      const at = skewed(cell, 0.02, 3);
      const gradient = new Float64Array(6);
      fast(at, gradient);
      const numeric = numericalGradient(x => fast(x, null), at, 1e-4);
      expect(note('finite differences', offBy(gradient, numeric)), `${alpha}`).toBeLessThan(1e-6);
    }
  });

  it('is zero at the truth, with no slope', () => {
    const { fast, cell } = problem('U2Ti', 0.5);
    const gradient = new Float64Array(6);
    expect(Math.abs(fast(Float64Array.from(cell), gradient))).toBeLessThan(1e-9);
    for (const g of gradient) expect(Math.abs(g)).toBeLessThan(1e-7);
  });

  it('is as rough as the cosine at its default α on U2Ti, and has one minimum from 1.5° on', () => {
    const slice = sliceFor(libraryStructure('U2Ti'), 'a', 'c', 61);
    const [xs, ys] = [sliceAxis(slice, 'x'), sliceAxis(slice, 'y')];
    const cells = slicePoints(slice);
    const minima = [0.5, 1, 1.5, 4].map(alpha => {
      const { fast } = problem('U2Ti', alpha);
      const values = Float64Array.from({ length: cells.length / 6 }, (_, i) =>
        fast(cells.subarray(6 * i, 6 * i + 6), null),
      );
      return roughness({ xs, ys, values }).minima;
    });
    expect(minima).toEqual([7, 2, 1, 1]);
  });

  it('does not depend on the widths of the instrument', () => {
    const wide = { ...PAPER_INSTRUMENT, u: 1, v: 0, w: 2, eta: 1 };
    const [own, other] = [problem('U2Ti', 1), problem('U2Ti', 1, wide)];
    const at = skewed(own.cell, 0.03, 1);
    expect(other.fast(at, null)).toBe(own.fast(at, null));
  });
});

/**
 * The definition on bins: an instrument whose profile is the Gaussian that stands for a stick. Nothing of the closed form
 * enters; the crystal is chosen with no reflection near the end of the window, where bins cut a peak and sticks do not.
 */
describe('GPWDF over the points of patterns with Gaussian peaks', () => {
  const w = (2 * Math.sqrt(2 * Math.LN2) * STICK_PEAK) ** 2;

  it('tends to that over sticks as the grid becomes fine', () => {
    const { sites, cell } = libraryStructure('SrTiO3');
    const at = Float64Array.of(3.95, 3.95, 3.95, 90, 90, 90);
    for (const alpha of [0.3, 3]) {
      const [coarse, fine] = [0.05, 0.01].map(step => {
        const instrument = { ...PAPER_INSTRUMENT, eta: 1, u: 0, v: 0, w, step, twoThetaMax: 88 };
        for (const place of [cell, at]) {
          const { twoTheta, count } = peaksAt(
            scatteringModel(sites, instrument, Array.from(place) as never),
            place,
          );
          expect(Math.max(...twoTheta.subarray(0, count))).toBeLessThan(87.5);
        }
        const { target, sticks } = simulatedTarget(sites, instrument, cell);
        const loss = lossAt(alpha, step);
        const onBins = denseObjective(sites, instrument, loss, target);
        const overSticks = denseSticks(sites, instrument, loss.overSticks!, sticks);
        const [gradient, expected] = [new Float64Array(6), new Float64Array(6)];
        const off = Math.abs(onBins(at, gradient) - overSticks(at, expected));
        return { off, slope: offBy(gradient, expected) };
      });
      expect(fine!.off).toBeLessThan(1e-9);
      expect(fine!.slope).toBeLessThan(1e-7);
      expect(fine!.off).toBeLessThan(coarse!.off);
    }
  });
});

describe('GPWDF over coordinates at a fixed cell', () => {
  it('is that over the cell with the sites moved, and has the slopes of finite differences', () => {
    for (const [id, alpha] of [
      ['BPO4', 0.5],
      ['Na3MnCoNiO6', 2],
    ] as const) {
      const { cell, input } = problem(id, alpha);
      const { sites, instrument, loss, target, sticks } = input;
      const objective = coordinateObjective(sites, cell, instrument, loss, target, null, sticks);
      const x = Float64Array.from(
        sites.flatMap((site, j) => site.fract.map((f, axis) => f + 0.02 * Math.sin(3 * j + axis))),
      );
      const moved = sites.map((site, j) => ({
        ...site,
        fract: [x[3 * j]!, x[3 * j + 1]!, x[3 * j + 2]!] as const,
      }));
      const gradient = new Float64Array(x.length);
      const value = objective(x, gradient);
      const expected = denseSticks(
        moved,
        instrument,
        loss.overSticks!,
        sticks,
      )(Float64Array.from(cell), null);
      expect(note('coordinates, loss', Math.abs(value - expected))).toBeLessThan(1e-8);
      const some = [0, 1, 2, x.length - 1];
      const numeric = numericalGradient(
        part => {
          const at = x.slice();
          for (const [i, place] of some.entries()) at[place] = part[i]!;
          return objective(at, null);
        },
        some.map(i => x[i]!),
        1e-4,
      );
      expect(
        note(
          'coordinates, differences',
          offBy(
            Float64Array.from(some, i => gradient[i]!),
            numeric,
          ),
        ),
      ).toBeLessThan(1e-6);
    }
  });
});
