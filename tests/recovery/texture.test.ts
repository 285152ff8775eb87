import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { latticeNoise } from '../../src/noise/noise.ts';
import { seededRng } from '../../src/num/rng.ts';
import { STRICT } from '../../src/optimise/outcome.ts';
import { cellParameters } from '../../src/optimise/parameters.ts';
import { SettingsOf } from '../../src/recovery/basins.ts';
import { groupedPeaks } from '../../src/recovery/groupedPeaks.ts';
import { type Freedom, type PreparedRecovery, prepareRecovery } from '../../src/recovery/ladder.ts';
import { type PatternMisfit, patternMisfit } from '../../src/recovery/patternMisfit.ts';
import { lastStage, recoverSteps } from '../../src/recovery/recoverSteps.ts';
import { type SmoothedModel, smoothedModel } from '../../src/recovery/smoothedModel.ts';
import { stageOf } from '../../src/recovery/stage.ts';
import { type Texture, textureOf } from '../../src/recovery/texture.ts';
import { ended } from '../support/ended.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { libraryStructure } from '../support/library.ts';
import { textured } from '../support/textured.ts';

const preparedFor = (id: string, march: number, texture: boolean): PreparedRecovery => {
  const structure = libraryStructure(id);
  const { sites, family } = structure;
  const target = { pattern: textured(structure, PAPER_INSTRUMENT, march), excluded: null };
  return prepareRecovery({ sites, family, instrument: PAPER_INSTRUMENT, target, background: true, texture });
};

const misfitAtTruth = (id: string, freedom: Freedom, texture: boolean): number => {
  const prepared = preparedFor(id, 0.8, texture);
  const x = prepared.parameters(freedom).fromCell(libraryStructure(id).cell);
  const misfit = prepared.misfit(freedom, lastStage(texture));
  misfit.orient(x);
  return misfit.value(x);
};

/** The gradient at x within a share of its largest component. */
function expectGradient(misfit: PatternMisfit, x: Float64Array, tolerance: number): void {
  misfit.value(x);
  const gradient = new Float64Array(misfit.size);
  misfit.equations(new Float64Array(misfit.size ** 2), gradient);
  const expected = numericalGradient(
    at => misfit.value(at),
    x,
    () => 2e-5,
  );
  const largest = Math.max(...expected.map(Math.abs));
  for (let i = 0; i < x.length; i++)
    expect(Math.abs(gradient[i]! - expected[i]!) / largest).toBeLessThan(tolerance);
}

describe('a texture in the model', () => {
  for (const [id, freedom] of [
    ['MoS2', 'held'],
    ['MoS2', 'free'],
    ['Ga2O3', 'held'],
    ['Ga2O3', 'free'],
    ['U2Ti', 'free'],
  ] as const)
    it(`leaves little of what March–Dollase does to ${id}, ${freedom}`, () => {
      const without = misfitAtTruth(id, freedom, false);
      expect(without).toBeGreaterThan(0.01);
      expect(misfitAtTruth(id, freedom, true)).toBeLessThan(0.2 * without);
    });

  for (const [id, family, fwhm] of [
    ['MoS2', 'hexagonal', 2],
    ['Ga2O3', 'monoclinic', 0.5],
    ['U2Ti', null, 0.5],
    ['SrTiO3', null, 2],
  ] as const)
    it(`of ${id} (${family ?? 'free'}) at ${fwhm}° keeps the gradient that of finite differences, the factors being held`, () => {
      const structure = libraryStructure(id);
      const target = { pattern: textured(structure, PAPER_INSTRUMENT, 0.8), excluded: null };
      const stage = stageOf(PAPER_INSTRUMENT, target, fwhm, true);
      const source = groupedPeaks(structure.sites, PAPER_INSTRUMENT, family);
      const model = smoothedModel(PAPER_INSTRUMENT, stage.grid, null, source);
      const parameters = cellParameters(family);
      const x = parameters.fromCell(
        structure.cell.map((value, i) => (i < 3 ? value * (1 + 0.004 * (i + 1)) : value + 0.2 * (i - 3.4))),
      );
      let held: Float64Array | null = null;
      const recording: SmoothedModel = {
        ...model,
        reweighted(factors) {
          held ??= factors;
          return model.reweighted(held);
        },
      };
      const texture: Texture = { ...textureOf(stage, recording, family), tangents: () => [] };
      texture.orient(parameters.toCell(x));
      const misfit = patternMisfit(stage, model, parameters, texture);
      expectGradient(misfit, x, 2e-4);
      expect(Math.max(...held!)).toBeGreaterThan(1.05);
    });

  it('has the slope of the whole loss near the truth: at the closest factors there is none along them', () => {
    for (const [id, freedom] of [
      ['MoS2', 'held'],
      ['Ga2O3', 'free'],
    ] as const) {
      const prepared = preparedFor(id, 0.8, true);
      const x = prepared
        .parameters(freedom)
        .fromCell(libraryStructure(id).cell.map((value, i) => value * (1 + 0.0005 * (i + 1))));
      const misfit = prepared.misfit(freedom, { fwhm: 2, background: true, texture: true });
      misfit.orient(x);
      // what resists the factors leaves a little
      expectGradient(misfit, x, 3e-2);
    }
  });

  it('keeps a free MoS2 hexagonal, which without it bends its cell to make up for the intensities', () => {
    const { cell, sites } = libraryStructure('MoS2');
    const settings = new SettingsOf(sites);
    const strictWith = (texture: boolean, seed: number): boolean => {
      const prepared = preparedFor('MoS2', 0.85, texture);
      const start = latticeNoise(cell, 0.1, seededRng(seed));
      const end = ended(recoverSteps(prepared, { freedom: 'free', start, spread: 0.1 }));
      return settings.relation(cell, end.cell, STRICT) === 'same';
    };
    for (const seed of [1, 2]) {
      expect(strictWith(false, seed)).toBe(false);
      expect(strictWith(true, seed)).toBe(true);
    }
  });
});
