import { type Cell, cellExists, metricTensor, reciprocalMetric } from '../crystal/cell.ts';
import { elementsOf, type Site } from '../crystal/structure.ts';
import { formFactorOf } from '../diffraction/formFactor.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { findPeaks, type PeakSetting, type Peaks, peakCapacity, peakRoom, peakSetting } from './peakStage.ts';
import { factorTable } from './peakTables.ts';
import { lists, type ReflectionList, reflectionList } from './reflectionList.ts';

/** The peaks of a crystal at one cell after another; nothing is allocated once list and scratch have their size. */
export interface RollingPeaks {
  readonly setting: PeakSetting;
  /** Reciprocal metric of the cell last asked for [9]. */
  readonly recip: Float64Array<ArrayBuffer>;
  /** Its reflections in the order of their indices, whatever cell the list was drawn up at. */
  list: ReflectionList | null;
  /** Its peaks; a new object where they need more room. */
  peaks: Peaks;
  /** Whether the cell exists and shows a reflection; fills `recip`, `list` and `peaks`. */
  at(cell: Float64Array): boolean;
}

export function rollingPeaks(sites: readonly Site[], instrument: Instrument): RollingPeaks {
  const metric = new Float64Array(9);
  const rolling: RollingPeaks = {
    setting: peakSetting(instrument, factorTable(elementsOf(sites).map(formFactorOf), instrument)),
    recip: new Float64Array(9),
    list: null,
    peaks: peakRoom(0),
    at(cell) {
      if (!cellExists(cell)) return false;
      metricTensor(cell, metric);
      reciprocalMetric(cell, rolling.recip);
      if (!rolling.list || !lists(rolling.list, metric)) {
        rolling.list = reflectionList(sites, instrument, Array.from(cell) as unknown as Cell);
        const capacity = peakCapacity(rolling.list, instrument);
        if (capacity > rolling.peaks.room) rolling.peaks = peakRoom(capacity);
      }
      findPeaks(rolling.setting, rolling.list, rolling.recip, rolling.peaks);
      return rolling.peaks.count > 0;
    },
  };
  return rolling;
}
