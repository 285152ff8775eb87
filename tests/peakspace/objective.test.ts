import { afterAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { type Instrument, instrumentProblem, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { peaksAt, scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { cosine } from '../../src/losses/cosine.ts';
import { LOSSES } from '../../src/losses/registry.ts';
import { seededRng } from '../../src/num/rng.ts';
import { type CellObjective, denseObjective } from '../../src/peakspace/denseObjective.ts';
import { judge } from '../../src/peakspace/judge.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { probeCells, referenceAt, worstError } from '../../src/peakspace/probeCells.ts';
import { cellOf, FIXTURES, sitesOf } from '../support/crystals.ts';
import { numericalGradient } from '../support/gradcheck.ts';

const worst: Record<string, number> = {};
const note = (what: string, error: number): void => {
  worst[what] = Math.max(worst[what] ?? 0, error);
};

function problem(id: string, instrument: Instrument = PAPER_INSTRUMENT) {
  const fixture = FIXTURES[id]!;
  const sites = sitesOf(fixture);
  const cell = cellOf(fixture.structure.cell);
  const target = simulatePattern(scatteringModel(sites, instrument, cell), cell);
  return {
    fixture,
    sites,
    cell,
    target,
    fast: objectiveFor(sites, instrument, cosine, target),
    dense: denseObjective(sites, instrument, cosine, target),
  };
}

/** Lengths by up to ±share, angles by up to ±60° · share, each on its own: triclinic whatever the cell was. */
function distorted(cell: Cell, share: number, seed: number): Float64Array {
  const rng = seededRng(seed);
  return Float64Array.from(cell, (x, i) => {
    const draw = 2 * rng.uniform() - 1;
    return i < 3 ? x * (1 + share * draw) : x + 60 * share * draw;
  });
}

/** Errors of the loss, with and without gradient, and of the gradient; and the largest component. */
function compare(fast: CellObjective, dense: CellObjective, cell: Float64Array) {
  const gradient = new Float64Array(6);
  const expected = new Float64Array(6);
  const value = fast(cell, gradient);
  const reference = dense(cell, expected);
  return {
    differs: value !== reference,
    loss: Math.max(Math.abs(value - reference), Math.abs(fast(cell, null) - reference)),
    gradient: Math.max(...gradient.map((g, i) => Math.abs(g - expected[i]!))),
    largest: Math.max(...expected.map(Math.abs)),
  };
}

describe.each(Object.keys(FIXTURES))('%s without a pattern', id => {
  const { fixture, cell, fast, dense } = problem(id);

  it('has the losses and gradients of the fixtures', () => {
    for (const trial of fixture.losses.trials) {
      const gradient = new Float64Array(6);
      const value = fast(Float64Array.from(trial.cell), gradient);
      const { loss, grad } = trial.cosine;
      const largest = Math.max(...grad.map(Math.abs));
      note('loss, fixtures', Math.abs(value - loss));
      expect(Math.abs(value - loss)).toBeLessThan(5e-9);
      for (const [i, g] of grad.entries()) {
        note('gradient, fixtures', Math.abs(gradient[i]! - g) / largest);
        expect(Math.abs(gradient[i]! - g) / largest).toBeLessThan(2e-6);
      }
    }
  });

  it('agrees with the dense objective at the truth', () => {
    const off = compare(fast, dense, Float64Array.from(cell));
    expect(off.differs, 'the fast way is taken').toBe(true);
    note('loss, truth', off.loss);
    // the gradient vanishes there
    note('gradient, truth, absolute', off.gradient);
    expect(off.loss).toBeLessThan(5e-9);
    expect(off.gradient).toBeLessThan(1e-6);
  });

  it.each([0.01, 0.03, 0.1])('agrees with the dense objective at distortions of %s', share => {
    for (let seed = 1; seed <= 5; seed++) {
      const off = compare(fast, dense, distorted(cell, share, seed));
      note(`loss, distorted by ${share}`, off.loss);
      note(`gradient, distorted by ${share}`, off.gradient / off.largest);
      expect(off.loss).toBeLessThan(5e-9);
      expect(off.gradient / off.largest).toBeLessThan(2e-6);
    }
  });

  it('has the slopes of its own finite differences', () => {
    const { sites } = problem(id);
    const at = distorted(cell, 0.03, 11);
    const gradient = new Float64Array(6);
    fast(at, gradient);
    const step = 2e-4;
    // the loss jumps where a reflection crosses the end of the window: stay clear of crossings
    const clear = [...at.keys()].every(i =>
      [-step, step].every(move => {
        const count = (moved: Float64Array): number =>
          peaksAt(scatteringModel(sites, PAPER_INSTRUMENT, Array.from(moved) as unknown as Cell), moved)
            .count;
        return count(at.map((x, j) => (j === i ? x + move : x))) === count(at);
      }),
    );
    expect(clear, 'no crossing within the step').toBe(true);
    const numerical = numericalGradient(x => fast(x, null), at, step);
    const largest = Math.max(...gradient.map(Math.abs));
    for (const [i, g] of numerical.entries()) {
      note('gradient, differences', Math.abs(g - gradient[i]!) / largest);
      expect(Math.abs(g - gradient[i]!) / largest).toBeLessThan(1e-5);
    }
  });
});

describe('at the ends of the window', () => {
  it.each([
    ['the paper', 90, {}],
    ['a window from 20° to 80°, upper end', 80, { twoThetaMin: 20, twoThetaMax: 80 }],
    ['a window from 20° to 80°, lower end', 20, { twoThetaMin: 20, twoThetaMax: 80 }],
    ['a margin, at the end of the bins', 90, { margin: 3 }],
    ['a margin, at the end of the reflections', 93, { margin: 3 }],
  ] as const)('takes off the bins beyond a strong reflection on either side: %s', (what, end, change) => {
    const instrument = { ...PAPER_INSTRUMENT, ...change };
    for (const id of ['U2Ti', 'Nd(Al2Cu)4']) {
      const { sites, cell, fast, dense } = problem(id, instrument);
      const start = distorted(cell, 0.02, 3);
      const peaks = peaksAt(scatteringModel(sites, instrument, Array.from(start) as unknown as Cell), start);
      let best = -1;
      for (let k = 0; k < peaks.count; k++)
        if (
          Math.abs(peaks.twoTheta[k]! - end) < 8 &&
          (best < 0 || peaks.intensity[k]! > peaks.intensity[best]!)
        )
          best = k;
      for (const offset of [-0.3, -0.05, -0.003, -0.0005, 0.0005, 0.02, 0.2]) {
        const sine = (t: number): number => Math.sin((t * Math.PI) / 360);
        const scale = sine(peaks.twoTheta[best]!) / sine(end + offset);
        const off = compare(
          fast,
          dense,
          start.map((x, i) => (i < 3 ? x * scale : x)),
        );
        note(`loss, ${what}`, off.loss);
        note(`gradient, ${what}`, off.gradient / off.largest);
        expect(off.loss).toBeLessThan(1e-8);
        expect(off.gradient / off.largest).toBeLessThan(5e-6);
      }
    }
  });
});

describe('other instruments', () => {
  it.each([
    { wavelength: 0.7093 },
    { wavelength: 2.2897 },
    { eta: 0 },
    { eta: 1 },
    { eta: 0.5 },
    { u: 0.02, v: -0.01, w: 0.01 },
    { u: 0, v: 0, w: 1 },
    { twoThetaMin: 20, twoThetaMax: 120, margin: 3 },
    { twoThetaMax: 150 },
    { step: 0.02 },
    { maxIndex: 4 },
    { secondWavelength: 1.54439 },
    { secondWavelength: 1.39, secondRatio: 0.2 },
  ])('%o', change => {
    const instrument = { ...PAPER_INSTRUMENT, ...change };
    for (const id of ['LiMnIr2', 'Ga2O3']) {
      const { cell, fast, dense } = problem(id, instrument);
      for (const share of [0.02, 0.08]) {
        const off = compare(fast, dense, distorted(cell, share, 4));
        expect(off.differs, 'the fast way is taken').toBe(true);
        note('loss, other instruments', off.loss);
        note('gradient, other instruments', off.gradient / off.largest);
        expect(off.loss).toBeLessThan(1e-7);
        expect(off.gradient / off.largest).toBeLessThan(1e-5);
      }
    }
  });
});

describe('two lines of the radiation in a window that begins above 0°', () => {
  // With an odd number of peaks and an even one on the second line, the kernel looked up one that is none, at 0°.
  it('agrees whatever the number of peaks', () => {
    const instrument = { ...PAPER_INSTRUMENT, twoThetaMin: 10, margin: 3, secondWavelength: 1.54439 };
    const { cell, fast, dense } = problem('BPO4', instrument);
    for (let seed = 1; seed <= 12; seed++) {
      const off = compare(fast, dense, distorted(cell, 0.05, seed));
      expect(off.differs, 'the fast way is taken').toBe(true);
      expect(off.loss).toBeLessThan(1e-7);
      expect(off.gradient / off.largest).toBeLessThan(1e-5);
    }
  });
});

describe('any target', () => {
  it('agrees for a noisy target with a background', () => {
    const { sites, cell, target } = problem('MoS2');
    const rng = seededRng(9);
    const top = Math.max(...target);
    const noisy = target.map((x, i) => x + 0.02 * top * rng.uniform() + 0.1 * top * Math.exp(-i / 3000));
    const fast = objectiveFor(sites, PAPER_INSTRUMENT, cosine, noisy);
    const dense = denseObjective(sites, PAPER_INSTRUMENT, cosine, noisy);
    // next to the minimum the gradient all but vanishes, and only its absolute error means something
    const truth = compare(fast, dense, Float64Array.from(cell));
    expect(truth.loss).toBeLessThan(5e-9);
    expect(truth.gradient).toBeLessThan(1e-6);
    for (const share of [0.02, 0.1]) {
      const off = compare(fast, dense, distorted(cell, share, 6));
      expect(off.differs, 'the fast way is taken').toBe(true);
      note('loss, noisy target', off.loss);
      note('gradient, noisy target', off.gradient / off.largest);
      expect(off.loss).toBeLessThan(5e-9);
      expect(off.gradient / off.largest).toBeLessThan(2e-6);
    }
  });
});

describe('the value at a cell', () => {
  it('depends on no evaluation before it, to the last bit', () => {
    const { sites, cell, target } = problem('BPO4');
    const cells = Array.from({ length: 12 }, (_, n) => distorted(cell, 0.02 * n, n + 1));
    const evaluate = (objective: CellObjective, at: Float64Array): number[] => {
      const gradient = new Float64Array(6);
      return [objective(at, gradient), ...gradient];
    };
    const make = (): CellObjective => objectiveFor(sites, PAPER_INSTRUMENT, cosine, target);
    const alone = cells.map(at => evaluate(make(), at));
    const forwards = make();
    const walk = cells.map(at => evaluate(forwards, at));
    const backwards = make();
    // from a far larger cell, whose list has many more reflections
    backwards(
      Float64Array.from(cell, (x, i) => (i < 3 ? 1.6 * x : x)),
      null,
    );
    const back = cells.toReversed().map(at => evaluate(backwards, at));
    expect(walk).toEqual(alone);
    expect(back.toReversed()).toEqual(alone);
  });

  it('is NaN where the cell does not exist, for every loss', () => {
    const { sites, target } = problem('SrTiO3');
    for (const loss of LOSSES) {
      const objective = objectiveFor(sites, PAPER_INSTRUMENT, loss, target);
      for (const cell of [
        [4, 4, 4, 60, 60, 121],
        [4, 4, -4, 90, 90, 90],
        [4, 4, 4, 90, 90, 0],
        [Number.NaN, 4, 4, 90, 90, 90],
      ])
        expect(objective(Float64Array.from(cell), new Float64Array(6)), `${loss.id} ${cell}`).toBeNaN();
      expect(objective(Float64Array.of(4, 4, 4, 90, 90, 90), null)).not.toBeNaN();
    }
  });
});

describe('the dense way', () => {
  it('is not taken for losses other than the cosine, unless the pattern is not exact enough', () => {
    const { sites, cell } = problem('LiMnIr2');
    const runaway = { ...PAPER_INSTRUMENT, twoThetaMax: 170, margin: 10 };
    for (const loss of LOSSES.filter(({ id }) => id !== 'cosine'))
      for (const [instrument, differs] of [
        [PAPER_INSTRUMENT, true],
        [runaway, false],
      ] as const) {
        const target = simulatePattern(scatteringModel(sites, instrument, cell), cell);
        const used = objectiveFor(sites, instrument, loss, target);
        const dense = denseObjective(sites, instrument, loss, target);
        expect(compare(used, dense, distorted(cell, 0.03, 1)).differs).toBe(differs);
      }
  });

  it('or the pattern is taken where peaks are so narrow that a sum of their overlap over bins is no integral', () => {
    const narrow = { ...PAPER_INSTRUMENT, u: 0, v: 0, w: 0.001 };
    expect(instrumentProblem(narrow)).toBeNull();
    const { sites, cell, target, fast, dense } = problem('U2Ti', narrow);
    expect(judge({ sites, instrument: narrow, loss: cosine, target, excluded: null }).way).not.toBe('peaks');
    const off = compare(fast, dense, distorted(cell, 0.03, 1));
    expect(off.loss).toBeLessThan(1e-8);
    expect(off.gradient / off.largest).toBeLessThan(1e-6);
  });

  it('is taken for a target without intensity', () => {
    const { sites, cell, target } = problem('U2Ti');
    const empty = new Float64Array(target.length);
    expect(objectiveFor(sites, PAPER_INSTRUMENT, cosine, empty)(Float64Array.from(cell), null)).toBeNaN();
  });

  it('would be taken for a planted error, be it in the loss, in the gradient or in the loss alone', () => {
    const { sites, fast, dense } = problem('U2Ti');
    const reference = referenceAt(probeCells(sites, PAPER_INSTRUMENT), dense);
    const passes = (objective: CellObjective): boolean => worstError(reference, objective, 1e-5) <= 1;
    expect(passes(fast)).toBe(true);
    expect(passes((cell, gradient) => fast(cell, gradient) + 2e-7)).toBe(false);
    expect(passes((cell, gradient) => fast(cell, gradient) + (gradient ? 0 : 2e-7))).toBe(false);
    expect(passes((cell, gradient) => (gradient ? fast(cell, gradient) : Number.NaN))).toBe(false);
    expect(
      passes((cell, gradient) => {
        const value = fast(cell, gradient);
        if (gradient) gradient[4]! += 2e-5 * Math.max(...gradient.map(Math.abs));
        return value;
      }),
    ).toBe(false);
  });
});

afterAll(() => {
  const lines = Object.entries(worst).map(([what, error]) => `  ${error.toExponential(1)}  ${what}`);
  console.log(
    `Worst errors against the dense objective, gradients in units of the largest component:\n${lines.join('\n')}`,
  );
});
