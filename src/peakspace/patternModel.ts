import { type Cell, cellExists, metricTensor, reciprocalMetric } from '../crystal/cell.ts';
import { elementsOf, type Site } from '../crystal/structure.ts';
import { formFactorOf } from '../diffraction/formFactor.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { cellSlopes } from './metricSlopes.ts';
import { type PatternRoom, patternRoom, sumBack, sumPattern } from './patternSum.ts';
import type { PatternTree } from './patternTree.ts';
import { findPeaks, type Peaks, peakCapacity, peakRoom, peakSetting } from './peakStage.ts';
import { factorTable } from './peakTables.ts';
import { lists, type ReflectionList, reflectionList } from './reflectionList.ts';

/** The pattern of a crystal at any cell, and the way back from it. */
export interface PatternModel {
  /**
   * The room whose `pattern` is that of the cell, until the next call; null where the cell does not exist or shows no
   * reflection.
   */
  forward(cell: Float64Array): PatternRoom | null;
  /** From r = ∂L/∂pattern in the `residual` of the room last returned to ∂L/∂cell [6], per angstrom and per degree. */
  back(gradient: Float64Array): void;
}

/**
 * The forward model of diffraction/pattern.ts at a cost of bins plus reflections (patternSum.ts), with
 *   dL/du_k = A dI/du + I T dt/du,  A = Σ_i r_i pV_i,  T = Σ_i r_i dpV_i/dt,  u = sin²θ,
 * and on to the cell through Γ = (λ²/4) Σ_k dL/du_k h hᵀ (metricSlopes.ts).
 *
 * A pattern depends on nothing but the cell, to the last bit: reflections come in the order of their indices whatever
 * list they are found in. Nothing is allocated once the reflection list and the scratch have their size, but for
 * numbers that the JavaScript engine boxes between functions.
 * @param treeOf the tree for so many peaks
 */
export function patternModel(
  sites: readonly Site[],
  instrument: Instrument,
  treeOf: (peaks: number) => PatternTree,
): PatternModel {
  const setting = peakSetting(instrument, factorTable(elementsOf(sites).map(formFactorOf), instrument));
  const cellNow = new Float64Array(6);
  const metric = new Float64Array(9);
  const recip = new Float64Array(9);
  const gamma = new Float64Array(6);
  let list: ReflectionList | null = null;
  let peaks: Peaks = peakRoom(0);
  let room: PatternRoom | null = null;
  const rooms = new Map<PatternTree, PatternRoom>();
  return {
    forward(cell) {
      room = null;
      if (!cellExists(cell)) return null;
      cellNow.set(cell);
      metricTensor(cell, metric);
      reciprocalMetric(cell, recip);
      if (!list || !lists(list, metric)) {
        list = reflectionList(sites, instrument, Array.from(cell) as unknown as Cell);
        if (peakCapacity(list, instrument) > peaks.room) {
          peaks = peakRoom(peakCapacity(list, instrument));
          rooms.clear();
        }
      }
      findPeaks(setting, list, recip, peaks);
      if (peaks.count === 0) return null;
      const tree = treeOf(peaks.count);
      room = rooms.get(tree) ?? patternRoom(tree, peaks.room);
      rooms.set(tree, room);
      sumPattern(room, peaks);
      return room;
    },
    back(gradient) {
      if (!room || !list) throw new Error('there is no pattern to go back from');
      sumBack(room);
      assembleSums(list, peaks, room, setting.quarter, gamma);
      cellSlopes(cellNow, recip, gamma, gradient);
    },
  };
}

/** Γ as 11, 22, 33, 12, 13, 23. */
function assembleSums(
  { products }: ReflectionList,
  { count, reflection, intensity, positionByU, intensityByU }: Peaks,
  { distinct: { place }, byIntensity, byPosition }: PatternRoom,
  quarter: number,
  out: Float64Array,
): void {
  out.fill(0);
  for (let k = 0; k < count; k++) {
    const at = place[k];
    const byU =
      quarter * (byIntensity[at] * intensityByU[k] + byPosition[at] * intensity[k] * positionByU[k]);
    const h = 6 * reflection[k];
    for (let i = 0; i < 6; i++) out[i] += byU * products[h + i];
  }
}
