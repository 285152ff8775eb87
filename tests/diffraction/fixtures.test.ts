import { afterAll, describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { peaksAt, scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { PAPER_LOSSES } from '../../src/losses/registry.ts';
import { denseObjective } from '../../src/peakspace/denseObjective.ts';
import { coordinateAdjoint } from '../support/coordinateAdjoint.ts';
import { cellOf, FIXTURES, type PaperLossId, sitesOf } from '../support/crystals.ts';
import { expectClose } from '../support/expectClose.ts';

/** The tolerance: 1e-8 relative, or 1e-10 absolute near zero. */
const TIGHT = { relative: 1e-8, absolute: 1e-10 };
const worst: Record<string, number> = {};
const note = (what: string, relative: number): void => {
  worst[what] = Math.max(worst[what] ?? 0, relative);
};

describe.each(Object.entries(FIXTURES))('%s against independent programs', (_, fixture) => {
  const sites = sitesOf(fixture);
  const cell = cellOf(fixture.structure.cell);
  const model = scatteringModel(sites, PAPER_INSTRUMENT, cell);
  const target = simulatePattern(model, cell);

  it('gives the same pattern', () => {
    const sampled = target.filter((_, i) => i % 100 === 0);
    note('pattern', expectClose(sampled, fixture.losses.target_pattern_every_100, TIGHT, 'bins').relative);
    const sum = target.reduce((total, value) => total + value, 0);
    expectClose([sum], [fixture.losses.target_sum], TIGHT, 'sum of the pattern');
  });

  it('gives the same strongest reflections', () => {
    const peaks = peaksAt(model, cell);
    for (const expected of fixture.losses.strongest) {
      const at = Array.from(peaks.index.subarray(0, peaks.count)).findIndex(k =>
        [1, -1].some(sign => expected.hkl.every((h, i) => model.sums.hkl[3 * k + i] === sign * h)),
      );
      expect(at, `${expected.hkl} is listed`).toBeGreaterThanOrEqual(0);
      expectClose([peaks.twoTheta[at]!], [expected.two_theta], TIGHT, `position of ${expected.hkl}`);
      const intensity = expected.intensity_of_hkl_and_friedel_mate;
      expectClose([peaks.intensity[at]!], [intensity], TIGHT, `intensity of ${expected.hkl}`);
    }
  });

  it("gives pymatgen's peaks: positions to 1e-4°, merged intensities to 1e-3 of 100", () => {
    const peaks = peaksAt(model, cell);
    // pymatgen merges what lies within 1e-5° of the first reflection of a group
    const order = Array.from({ length: peaks.count }, (_, i) => i).sort(
      (p, q) => peaks.twoTheta[p]! - peaks.twoTheta[q]!,
    );
    const merged: { twoTheta: number; intensity: number }[] = [];
    for (const i of order) {
      const last = merged.at(-1);
      if (last && Math.abs(peaks.twoTheta[i]! - last.twoTheta) < 1e-5) last.intensity += peaks.intensity[i]!;
      else merged.push({ twoTheta: peaks.twoTheta[i]!, intensity: peaks.intensity[i]! });
    }
    const strongest = Math.max(...merged.map(peak => peak.intensity));
    const listed = fixture.pymatgen_peaks.map(expected => {
      const found = merged.find(peak => Math.abs(peak.twoTheta - expected.two_theta) < 1e-4);
      return { expected, percent: found && (100 * found.intensity) / strongest };
    });
    const missing = listed.filter(({ percent }) => percent === undefined);
    expect(missing, 'peaks of pymatgen that are not found').toEqual([]);
    const off = listed.filter(({ expected, percent }) => Math.abs(percent! - expected.intensity) > 1e-3);
    expect(off, 'intensities that differ').toEqual([]);
    // and the other way round: nothing visible that pymatgen does not have
    const extra = merged.filter(
      peak =>
        (100 * peak.intensity) / strongest > 2e-3 &&
        !fixture.pymatgen_peaks.some(expected => Math.abs(expected.two_theta - peak.twoTheta) < 1e-4),
    );
    expect(extra, 'peaks that pymatgen does not have').toEqual([]);
  });

  it.each(PAPER_LOSSES.map(loss => [loss.id as PaperLossId, loss] as const))(
    'gives the same %s losses and gradients',
    (id, loss) => {
      const objective = denseObjective(sites, PAPER_INSTRUMENT, loss, target);
      for (const trial of fixture.losses.trials) {
        const gradient = new Float64Array(6);
        const value = objective(Float64Array.from(trial.cell), gradient);
        note(
          `${id} loss`,
          expectClose([value], [trial[id].loss], TIGHT, `loss at noise ${trial.noise}`).relative,
        );
        note(
          `${id} gradient`,
          expectClose(gradient, trial[id].grad, TIGHT, `gradient at ${trial.noise}`).relative,
        );
      }
    },
  );

  it.each(PAPER_LOSSES.map(loss => [loss.id as PaperLossId, loss] as const))(
    'gives the same %s coordinate gradients',
    (id, loss) => {
      for (const trial of fixture.coordinates) {
        const expected = trial[id];
        if (!expected) continue;
        const moved = sitesOf(fixture, trial.fract);
        const trialModel = scatteringModel(moved, PAPER_INSTRUMENT, cell);
        const residual = new Float64Array(target.length);
        const value = loss.gradient(target, simulatePattern(trialModel, cell), residual);
        expectClose([value], [expected.loss], TIGHT, 'loss');
        const gradient = coordinateAdjoint(trialModel, moved, cell, residual);
        note(`${id} coordinates`, expectClose(gradient, expected.grad.flat(), TIGHT, 'gradient').relative);
      }
    },
  );
});

afterAll(() => {
  const text = Object.entries(worst).map(([what, value]) => `${what} ${value.toExponential(1)}`);
  console.log(`Worst relative deviation from the fixtures: ${text.join(', ')}`);
});
