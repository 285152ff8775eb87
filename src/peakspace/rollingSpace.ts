import { type Cell, cellExists, metricTensor, reciprocalMetric } from '../crystal/cell.ts';
import { elementsOf, type Site } from '../crystal/structure.ts';
import { formFactorOf } from '../diffraction/formFactor.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import type { PeakSpace } from './peakSpace.ts';
import { type PeakSetting, peakSetting } from './peakStage.ts';
import { factorTable } from './peakTables.ts';
import { plainPeakSpace } from './plainPeakSpace.ts';
import { lists, type ReflectionList, reflectionList } from './reflectionList.ts';
import { simdPeakSpace } from './simdPeakSpace.ts';
import type { TargetTable } from './targetTable.ts';

/** How the sums over peaks are computed. */
export type SpaceOf = (setting: PeakSetting, target: TargetTable) => PeakSpace;

/** WebAssembly where it can run; the two agree to rounding. */
export const fastestSpace: SpaceOf = (setting, target) =>
  simdPeakSpace(setting, target) ?? plainPeakSpace(setting, target);

/** A crystal's peaks at one cell after another. */
export interface RollingSpace {
  readonly space: PeakSpace;
  /** Reciprocal metric of the cell last asked for [9]. */
  readonly recip: Float64Array;
  /** Finds the peaks at a cell; returns how many there are, 0 where the cell does not exist. */
  at(cell: Float64Array): number;
}

/** The list of reflections is drawn up anew only when a cell may show one that it lacks. */
export function rollingSpace(
  sites: readonly Site[],
  instrument: Instrument,
  target: TargetTable,
  spaceOf: SpaceOf,
): RollingSpace {
  const setting = peakSetting(instrument, factorTable(elementsOf(sites).map(formFactorOf), instrument));
  const space = spaceOf(setting, target);
  const metric = new Float64Array(9);
  const recip = new Float64Array(9);
  let list: ReflectionList | null = null;
  return {
    space,
    recip,
    at(cell) {
      if (!cellExists(cell)) return 0;
      metricTensor(cell, metric);
      reciprocalMetric(cell, recip);
      if (!list || !lists(list, metric)) {
        list = reflectionList(sites, instrument, Array.from(cell) as unknown as Cell);
        space.use(list);
      }
      return space.find(recip);
    },
  };
}
