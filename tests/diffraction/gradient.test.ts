import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { binCount, type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { patternAdjoint, peaksAt, scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { Loss } from '../../src/losses/loss.ts';
import { LOSSES } from '../../src/losses/registry.ts';
import { seededRng } from '../../src/num/rng.ts';
import { distorted } from '../support/cells.ts';
import { coordinateAdjoint } from '../support/coordinateAdjoint.ts';
import { expectClose } from '../support/expectClose.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { COARSE } from '../support/instruments.ts';
import { libraryStructure } from '../support/library.ts';

/** Angstrom and degrees; small against a peak width of 0.3°. */
const STEP = (i: number): number => (i < 3 ? 2e-4 : 4e-3);

/**
 * A cell within `share` of the true one near which no reflection crosses the end of the window: the pattern jumps
 * there, so that no difference quotient means anything.
 */
function clearCell(sites: readonly Site[], truth: Cell, instrument: Instrument, share: number): Cell {
  const model = scatteringModel(sites, instrument, truth, 1.4);
  const inside = (cell: ArrayLike<number>): string => {
    const peaks = peaksAt(model, cell);
    return peaks.index.subarray(0, peaks.count).join();
  };
  for (let seed = 1; seed < 60; seed++) {
    const cell = distorted(truth, seed, share);
    const listed = inside(cell);
    const clear = cell.every((_, i) =>
      [1, -1].every(
        side => inside(cell.map((value, j) => value + (i === j ? side * STEP(i) : 0))) === listed,
      ),
    );
    if (clear) return cell;
  }
  throw new Error('every cell has a reflection at the end of the window');
}

/**
 * Wasserstein has a kink wherever the cumulative sums cross between two bins, all over the space of cells: the step must
 * not reach the next one. Rounding then leaves seven digits.
 */
const stepFor = (loss: Loss): ((i: number) => number) => (loss.id === 'wasserstein' ? () => 1e-7 : STEP);
const toleranceFor = (loss: Loss, numeric: Float64Array): { relative: number; absolute: number } =>
  loss.id === 'wasserstein'
    ? { relative: 1e-5, absolute: 1e-5 * largest(numeric) }
    : { relative: 1e-6, absolute: 1e-6 * largest(numeric) };

/** Loss and gradient in the six parameters by the chain rule, and by central differences of the loss alone. */
function bothGradients(
  sites: readonly Site[],
  truth: Cell,
  cell: Cell,
  instrument: Instrument,
  loss: Loss,
): { analytic: Float64Array; numeric: Float64Array } {
  const model = scatteringModel(sites, instrument, truth, 1.4);
  const target = simulatePattern(model, truth);
  const residual = new Float64Array(target.length);
  loss.gradient(target, simulatePattern(model, cell), residual);
  return {
    analytic: patternAdjoint(model, cell, residual, new Float64Array(6)),
    numeric: numericalGradient(at => loss.value(target, simulatePattern(model, at)), cell, stepFor(loss)),
  };
}

const largest = (values: Float64Array): number => Math.max(...values.map(Math.abs));

describe.each(LOSSES.map(loss => [loss.id, loss] as const))('the gradient of the %s loss', (_, loss) => {
  it.each(['U2Ti', 'Au2S', 'BPO4', 'Na3MnCoNiO6', 'MoS2', 'VNi2S3'])(
    'in the cell of %s distorted to triclinic is that of central differences',
    id => {
      const { sites, cell: truth } = libraryStructure(id);
      for (const share of [0.01, 0.06]) {
        const cell = clearCell(sites, truth, COARSE, share);
        const { analytic, numeric } = bothGradients(sites, truth, cell, COARSE, loss);
        expectClose(analytic, numeric, toleranceFor(loss, numeric), `${id} off by ${share}`);
      }
    },
  );

  it("holds on the paper's own grid, with a margin and with another wavelength", () => {
    const { sites, cell: truth } = libraryStructure('SrTiO3');
    for (const instrument of [
      PAPER_INSTRUMENT,
      { ...COARSE, twoThetaMin: 20, margin: 6 },
      { ...COARSE, wavelength: 1.2, eta: 0.7, v: -0.02 },
    ]) {
      const cell = clearCell(sites, truth, instrument, 0.04);
      const { analytic, numeric } = bothGradients(sites, truth, cell, instrument, loss);
      expectClose(analytic, numeric, toleranceFor(loss, numeric), 'gradient');
    }
  });

  it('in the fractional coordinates is that of central differences', () => {
    for (const id of ['BPO4', 'VNi2S3']) {
      const { sites, cell } = libraryStructure(id);
      const target = simulatePattern(scatteringModel(sites, COARSE, cell), cell);
      const rng = seededRng(11);
      const moved = sites.map((site, i) => ({
        ...site,
        fract: site.fract.map(x => x + 0.02 * rng.normal()) as unknown as [number, number, number],
        occupancy: 1 - 0.03 * i,
      }));
      const model = scatteringModel(moved, COARSE, cell);
      const residual = new Float64Array(target.length);
      loss.gradient(target, simulatePattern(model, cell), residual);
      const analytic = coordinateAdjoint(model, moved, cell, residual);
      // three sites are enough: each costs twelve patterns
      const flat = moved.slice(0, 3).flatMap(site => site.fract);
      const numeric = numericalGradient(
        at => {
          const trial = moved.map((site, i) =>
            i < 3 ? { ...site, fract: [at[3 * i]!, at[3 * i + 1]!, at[3 * i + 2]!] as const } : site,
          );
          return loss.value(target, simulatePattern(scatteringModel(trial, COARSE, cell), cell));
        },
        flat,
        loss.id === 'wasserstein' ? 1e-6 : 1e-4,
      );
      expectClose(analytic.subarray(0, 9), numeric, toleranceFor(loss, numeric), id);
    }
  });
});

describe('the adjoint of the pattern', () => {
  it('is the transpose of its derivative for any residual', () => {
    const { sites, cell: truth } = libraryStructure('U2Ti');
    const cell = clearCell(sites, truth, COARSE, 0.05);
    const model = scatteringModel(sites, COARSE, truth, 1.4);
    const rng = seededRng(2);
    const residual = Float64Array.from({ length: binCount(COARSE) }, () => rng.normal());
    const analytic = patternAdjoint(model, cell, residual, new Float64Array(6));
    const weighted = (at: Float64Array): number =>
      simulatePattern(model, at).reduce((sum, value, i) => sum + residual[i]! * value, 0);
    const numeric = numericalGradient(weighted, cell, STEP);
    expectClose(analytic, numeric, { relative: 1e-6, absolute: 1e-6 * largest(numeric) }, 'adjoint');
  });

  it('vanishes in the shears of a cubic crystal at its own cell and is equal in its three lengths', () => {
    const { sites, cell } = libraryStructure('SrTiO3');
    const model = scatteringModel(sites, COARSE, cell);
    const residual = Float64Array.from({ length: binCount(COARSE) }, (_, i) => Math.sin(0.1 * i));
    const [a, b, c, ...angles] = patternAdjoint(model, cell, residual, new Float64Array(6));
    expectClose([b!, c!], [a!, a!], { relative: 1e-9, absolute: 0 }, 'lengths');
    for (const angle of angles) expect(Math.abs(angle / a!)).toBeLessThan(1e-9);
  });
});
