import { afterAll, describe, expect, it } from 'vitest';
import { binCount, type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { LOSSES, lossOf } from '../../src/losses/registry.ts';
import type { MovedParameter } from '../../src/model/parameter.ts';
import { modelObjective } from '../../src/peakspace/model/modelObjective.ts';
import { reflectionDrive } from '../../src/peakspace/model/reflectionDrive.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { libraryStructure } from '../support/library.ts';
import { denseAt, problemOver, someParameters } from '../support/modelCases.ts';
import { offBy } from './patternCases.ts';

const worst: Record<string, number> = {};
const note = (what: string, error: number): number => {
  worst[what] = Math.max(worst[what] ?? 0, error);
  return error;
};
afterAll(() => console.log('largest errors over any parameters', worst));

/** Kα₂ too, and a window that cuts peaks off. */
const DOUBLET: Instrument = { ...PAPER_INSTRUMENT, secondWavelength: 1.54439, twoThetaMin: 10, margin: 3 };
const { sites } = libraryStructure('BPO4');
const { intensities, profiles } = someParameters(sites, PAPER_INSTRUMENT);
const [zero, displacement, , eta] = profiles as [
  MovedParameter,
  MovedParameter,
  MovedParameter,
  MovedParameter,
];

/** What moves, and whether the cell does too: each goes by another way. */
const CASES: readonly (readonly [string, readonly MovedParameter[], boolean])[] = [
  ['intensities in one cell', intensities, false],
  ['cell and intensities', intensities, true],
  ['shifts in one cell', [intensities[0]!, zero, displacement], false],
  ['shifts and mixing', [intensities[0]!, zero, displacement, eta], true],
  ['everything', [...intensities, ...profiles], true],
];

function place(
  loss: (typeof LOSSES)[number],
  moved: readonly MovedParameter[],
  cellMoves: boolean,
  instrument: Instrument,
) {
  const { input, cell, point, values, truth } = problemOver('BPO4', instrument, loss, moved);
  const at = cellMoves ? point : Float64Array.of(...cell, ...values);
  return { input: { ...input, cellMoves }, at, truth };
}

/** Without the cell, where it does not move. */
const counted = (gradient: Float64Array, cellMoves: boolean): Float64Array =>
  cellMoves ? gradient : gradient.fill(0, 0, 6);

describe.each(CASES)('%s', (what, moved, cellMoves) => {
  it.each(LOSSES.map(loss => [loss.id, loss] as const))(
    'has the %s losses and gradients of the dense reference',
    (id, loss) => {
      for (const instrument of [PAPER_INSTRUMENT, DOUBLET]) {
        const { input, at } = place(loss, moved, cellMoves, instrument);
        const excluded = new Uint8Array(binCount(instrument)).fill(1, 2000, 2600);
        for (const problem of [
          { ...input, sticks: null },
          { ...input, excluded },
        ]) {
          const objective = modelObjective(problem);
          const gradient = new Float64Array(at.length);
          const value = objective(at, gradient);
          const expected = denseAt(problem, at);
          expect(objective(at, null)).toBe(value);
          expect(note(`${id}, loss`, Math.abs(value - expected.loss))).toBeLessThan(1e-8);
          // the sign of a difference of cumulative sums turns where patterns differ in the ninth digit
          expect(
            note(`${id}, gradient`, offBy(gradient, counted(expected.gradient, cellMoves))),
          ).toBeLessThan(id === 'wasserstein' ? 1e-6 : 1e-8);
        }
      }
    },
  );

  it.each(LOSSES.map(loss => [loss.id, loss] as const))(
    'has the slopes of its own finite differences: %s',
    (id, loss) => {
      const { input, at } = place(loss, moved, cellMoves, PAPER_INSTRUMENT);
      const objective = modelObjective(input);
      const gradient = new Float64Array(at.length);
      objective(at, gradient);
      // Wasserstein has a kink wherever the cumulative sums cross between two bins
      const share = id === 'wasserstein' ? 0.05 : 1;
      const steps = (i: number): number => share * (i < 3 ? 2e-4 : i < 6 ? 3e-3 : i < 9 ? 1e-4 : 1e-3);
      const numerical = counted(
        numericalGradient(x => objective(x, null), at, steps),
        cellMoves,
      );
      expect(note(`${what}, differences`, offBy(numerical, gradient))).toBeLessThan(
        id === 'wasserstein' ? 2e-4 : 1e-6,
      );
    },
  );

  it('has the same bits whatever points were asked for before', () => {
    for (const loss of LOSSES) {
      const { input, at, truth } = place(loss, moved, cellMoves, PAPER_INSTRUMENT);
      const others = [Float64Array.from(truth), at.map((x, i) => (i < 6 && cellMoves ? 1.3 * x : x + 1e-3))];
      const [fresh, used] = [modelObjective(input), modelObjective(input)];
      for (const other of others) used(other, new Float64Array(at.length));
      used(
        at.map((x, i) => (i === 6 ? Number.NaN : x)),
        new Float64Array(at.length),
      );
      const [first, second] = [new Float64Array(at.length), new Float64Array(at.length)];
      expect(used(at, second)).toBe(fresh(at, first));
      expect(second).toEqual(first);
    }
  });

  it('is the sum of what its reflections pull', () => {
    for (const loss of LOSSES) {
      const { input, at, truth } = place(loss, moved, cellMoves, DOUBLET);
      const gradient = new Float64Array(at.length);
      const value = modelObjective(input)(at, gradient);
      const drive = reflectionDrive(input, at, truth);
      const sum = new Float64Array(at.length);
      for (const [i, share] of drive.shares.entries()) sum[i % at.length]! += share;
      expect(Math.abs(drive.loss - value)).toBeLessThan(1e-8);
      expect(offBy(sum, gradient)).toBeLessThan(loss.id === 'wasserstein' ? 1e-6 : 1e-8);
    }
  });
});

describe('the reflections of a point', () => {
  it('are those of the target at the truth, where none pulls', () => {
    const { input, truth } = place(lossOf('cosine'), intensities, true, PAPER_INSTRUMENT);
    const drive = reflectionDrive(input, truth, truth);
    expect(drive.target).toEqual(drive.intensity);
    const away = reflectionDrive(
      input,
      place(lossOf('cosine'), intensities, true, PAPER_INSTRUMENT).at,
      truth,
    );
    const largest = (shares: Float64Array): number => Math.max(...shares.map(Math.abs));
    expect(largest(drive.shares)).toBeLessThan(1e-9 * largest(away.shares));
    // a smaller cell pushes reflections out of the window, which the target still has
    const smaller = truth.map((x, i) => (i < 3 ? 0.95 * x : x));
    const fewer = reflectionDrive(input, smaller, truth);
    expect(fewer.target!.reduce((sum, x) => sum + x)).toBeCloseTo(
      drive.target!.reduce((sum, x) => sum + x),
      3,
    );
    expect(fewer.intensity.some((x, i) => x === 0 && fewer.target![i]! > 0)).toBe(true);
    expect(reflectionDrive(input, smaller, null).target).toBeNull();
  });
});

describe('a value outside its domain', () => {
  const { input, at } = place(lossOf('cosine'), [...intensities, ...profiles], true, PAPER_INSTRUMENT);
  const objective = modelObjective(input);
  const inOneCell = modelObjective({ ...input, moved: intensities, cellMoves: false });
  const withValue = (id: string, value: number): Float64Array => {
    const index = input.moved.findIndex(parameter => parameter.id === id);
    return at.map((x, i) => (i === 6 + index ? value : x));
  };

  it.each([
    ['march', 0],
    ['march', -1],
    ['widthFactor', 0],
    ['eta', -0.01],
    ['eta', 1.01],
    ['zero', 2.5],
    ['displacement', Number.NaN],
  ])('gives none: %s = %s', (id, value) => {
    expect(objective(at, null)).not.toBeNaN();
    expect(objective(withValue(id, value), new Float64Array(at.length))).toBeNaN();
    if (id === 'march') expect(inOneCell(withValue(id, value).subarray(0, 14), null)).toBeNaN();
  });

  it('may be a negative occupancy or B, on which the pattern depends smoothly', () => {
    for (const id of ['occ', 'B', 'B of the last']) {
      expect(Number.isFinite(objective(withValue(id, -0.2), null))).toBe(true);
      expect(Number.isFinite(inOneCell(withValue(id, -0.2).subarray(0, 14), null))).toBe(true);
    }
  });

  it('or a cell that does not exist gives none, and the next point is as if it had not been asked for', () => {
    const one = Float64Array.of(...at.subarray(0, 14));
    const [first, second] = [new Float64Array(14), new Float64Array(14)];
    const value = inOneCell(one, first);
    for (let again = 0; again < 2; again++)
      expect(
        inOneCell(
          one.map((x, i) => (i > 2 && i < 6 ? 150 : x)),
          null,
        ),
      ).toBeNaN();
    expect(inOneCell(one, second)).toBe(value);
    expect(second).toEqual(first);
  });
});

describe('without parameters beyond the cell', () => {
  it('it is the loss over the cell', () => {
    const { input, at } = place(lossOf('mse'), [], true, PAPER_INSTRUMENT);
    const { instrument, loss, target, sticks } = input;
    const cell = at.slice(0, 6);
    expect(modelObjective(input)(cell, null)).toBe(
      objectiveFor(sites, instrument, loss, target, null, null, sticks)(cell, null),
    );
  });
});
