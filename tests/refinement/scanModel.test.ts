import { describe, expect, it } from 'vitest';
import { PROFILE_KEYS, ROW_LENGTH, scanModel } from '../../src/refinement/scanModel.ts';
import { libraryStructure } from '../support/library.ts';
import { rowAt, settingOf, TRUE_PROFILE } from '../support/syntheticScan.ts';

/** Steps of central differences: of the cell, then of the profile. */
const STEPS: Readonly<Record<string, number>> = { asymmetry: 1e-6, u: 1e-6, v: 1e-6, w: 1e-6 };

describe('the model of a scan', () => {
  it.each(['BPO4', 'Ga2O3'])('has the slopes of %s that differences have, in every number', id => {
    const { sites, family, cell } = libraryStructure(id);
    const setting = { ...settingOf(15, 70, 0.05), monochromator: 26.6, marchAxis: [1, 0, 1] as const };
    const model = scanModel(sites, family, setting);
    const row = rowAt(cell, { ...TRUE_PROFILE, zero: 0.02 });
    const n = setting.twoTheta.length;
    const columns = Array.from({ length: ROW_LENGTH }, () => new Float64Array(n));
    const pattern = new Float64Array(n);
    expect(model.pattern(row, pattern, columns)).toBe(true);
    const [plus, minus] = [new Float64Array(n), new Float64Array(n)];
    for (let j = 0; j < ROW_LENGTH; j++) {
      // coinciding peaks of the family share one place: lengths that are equal move together
      if (j < 6 && !(j === 2)) continue;
      const h = j < 6 ? 1e-5 : (STEPS[PROFILE_KEYS[j - 6]!] ?? 1e-5);
      model.pattern(
        row.map((value, i) => (i === j ? value + h : value)),
        plus,
        null,
      );
      model.pattern(
        row.map((value, i) => (i === j ? value - h : value)),
        minus,
        null,
      );
      const largest = columns[j]!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largest, `column ${j}`).toBeGreaterThan(0);
      let worst = 0;
      for (let i = 0; i < n; i++)
        worst = Math.max(worst, Math.abs((plus[i]! - minus[i]!) / (2 * h) - columns[j]![i]!) / largest);
      expect(worst, `column ${j}`).toBeLessThan(2e-5);
    }
  });

  it('keeps the integrated intensity of a peak whatever its width, share and tail', () => {
    const { sites, family, cell } = libraryStructure('BPO4');
    const setting = { ...settingOf(20, 28, 0.005), secondWavelength: undefined };
    const model = scanModel(sites, family, setting);
    const area = (change: object): number => {
      const out = new Float64Array(setting.twoTheta.length);
      model.pattern(
        rowAt(cell, { ...TRUE_PROFILE, mixing: 1, mixingSlope: 0, u: 0, v: 0, w: 0.01, ...change }),
        out,
        null,
      );
      return out.reduce((sum, value) => sum + value, 0);
    };
    const one = area({});
    expect(area({ w: 0.03 }) / one).toBeCloseTo(1, 3);
    expect(area({ asymmetry: 0.05 }) / one).toBeCloseTo(1, 3);
    // tails of a Lorentzian end at 30 widths
    expect(area({ mixing: 0.5 }) / one).toBeGreaterThan(0.97);
  });

  it('draws a peak below 90° out to low angles, its Bragg angle being the end of the tail', () => {
    const { sites, family, cell } = libraryStructure('BPO4');
    const setting = { ...settingOf(22, 27, 0.005), secondWavelength: undefined };
    const model = scanModel(sites, family, setting);
    const mean = (asymmetry: number): number => {
      const out = new Float64Array(setting.twoTheta.length);
      const sharp = {
        ...TRUE_PROFILE,
        mixing: 1,
        mixingSlope: 0,
        u: 0,
        v: 0,
        w: 0.0025,
        displacement: 0,
        asymmetry,
      };
      model.pattern(rowAt(cell, sharp), out, null);
      const near = out.map((value, i) => (setting.twoTheta[i]! < 25.5 ? value : 0));
      return (
        near.reduce((sum, value, i) => sum + value * setting.twoTheta[i]!, 0) /
        near.reduce((sum, value) => sum + value, 0)
      );
    };
    // ⟨h²⟩ = (2/3) s² over the weight 2(1 − u), h = 2 s u: a shift of −(1/3) s² cot 2θ
    for (const s of [0.004, 0.06]) {
      const shown = mean(s);
      const { twoTheta } = model.peaks()[0]!;
      const expected = -((s * s) / 3 / Math.tan((twoTheta * Math.PI) / 180)) * (180 / Math.PI);
      expect(shown - twoTheta).toBeCloseTo(expected, 2);
    }
  });
});
