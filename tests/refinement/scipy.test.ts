import { expect, it } from 'vitest';
import { firstProfile } from '../../src/refinement/fitScan.ts';
import { refineSteps } from '../../src/refinement/refine.ts';
import { scanModel } from '../../src/refinement/scanModel.ts';
import fixture from '../fixtures/refinement.json' with { type: 'json' };
import { ended } from '../support/ended.ts';
import { rowAt } from '../support/syntheticScan.ts';

it('agrees with scipy on values, uncertainties and χ² of one scan', () => {
  const { observed, groups, square, start, names, values, covariance, chi2 } = fixture;
  const twoTheta = Float64Array.from(observed, (_, i) => Number((20 + 0.03 * i).toFixed(10)));
  const setting = { twoTheta, wavelength: 1.540598, marchAxis: [0, 0, 1] as const };
  const model = scanModel(null, 'cubic', setting);
  const cell = [start[0]!, start[0]!, start[0]!, 90, 90, 90] as const;
  const profile = {
    ...firstProfile(0.1),
    displacement: start[1]!,
    w: start[2]!,
    mixing: start[3]!,
    b: 0,
    asymmetry: 0,
  };
  // by Σh² of each group's reflections, of which one is known by its angle
  model.pattern(rowAt(cell, profile), new Float64Array(twoTheta.length), null);
  const intensities = new Float64Array(model.groups);
  const lists = model.groupsHkl();
  for (const [g, [h, k, l]] of lists.entries()) {
    const at = groups.indexOf(h * h + k * k + l * l);
    intensities[g] = at < 0 ? 0 : square[at]!;
  }
  const found = ended(
    refineSteps(
      {
        setting,
        observed: Float64Array.from(observed),
        sigma: Float64Array.from(observed, y => Math.sqrt(Math.max(y, 1))),
        family: 'cubic',
        sites: null,
        background: 3,
      },
      { cell, profile },
      ['cell', 'displacement', 'w', 'mixing'],
      intensities,
      model,
    ),
  );
  expect(found.chi2 / chi2).toBeCloseTo(1, 7);
  for (const [i, name] of names.entries()) {
    const own = found.parameters.find(entry => entry.name === name)!;
    const esd = Math.sqrt(covariance[i]![i]!);
    expect(Math.abs(own.value - values[i]!) / esd, name).toBeLessThan(1e-5);
    expect(own.esd / esd, name).toBeCloseTo(1, 3);
  }
});
