import type { Cell } from '../../src/crystal/cell.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { seededRng } from '../../src/num/rng.ts';
import { firstProfile } from '../../src/refinement/fitScan.ts';
import type { RefinementInput } from '../../src/refinement/refine.ts';
import {
  PROFILE_KEYS,
  ROW_LENGTH,
  rowIndex,
  type ScanSetting,
  scanModel,
} from '../../src/refinement/scanModel.ts';

/** A laboratory's profile: all that a scan may have, away from where a refinement begins. */
export const TRUE_PROFILE = {
  ...firstProfile(0.1),
  ...{ displacement: -0.04, u: 0.012, v: -0.006, w: 0.011, mixing: 0.55, mixingSlope: -0.1 },
  ...{ asymmetry: 0.03, b: 0.7, march: 0.9 },
};

export const settingOf = (low: number, high: number, step: number): ScanSetting => ({
  twoTheta: Float64Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + step * i),
  ...{ wavelength: 1.540598, secondWavelength: 1.544426, secondRatio: 0.5, marchAxis: [0, 0, 1] as const },
});

export function rowAt(cell: Cell, profile: Readonly<Record<string, number>>): Float64Array {
  const row = new Float64Array(ROW_LENGTH);
  row.set(cell);
  for (const key of PROFILE_KEYS) row[rowIndex(key)] = profile[key]!;
  return row;
}

/** A scan of a crystal with counting noise, its highest point at so many counts; seed null: without noise. */
export function syntheticScan(
  { sites, cell, family }: Structure,
  setting: ScanSetting,
  counts: number,
  seed: number | null,
  profile = TRUE_PROFILE,
): RefinementInput {
  const clean = new Float64Array(setting.twoTheta.length);
  scanModel(sites, family, setting).pattern(rowAt(cell, profile), clean, null);
  const highest = clean.reduce((most, value) => Math.max(most, value), 0);
  const rng = seededRng(seed ?? 0);
  const expected = clean.map(
    (value, i) => (counts * value) / highest + 0.03 * counts * (1.2 - i / clean.length),
  );
  const observed =
    seed === null ? expected : expected.map(value => Math.round(value + Math.sqrt(value) * rng.normal()));
  return {
    setting,
    observed,
    sigma: expected.map(value => Math.sqrt(Math.max(1, value))),
    family,
    sites,
    background: 3,
  };
}
