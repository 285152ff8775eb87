import {
  CELL_KEYS,
  type Cell,
  type CellKey,
  cellIndex,
  inverseSquareSpacing,
  isLength,
  reciprocalMetric,
} from '../../crystal/cell.ts';
import type { CellReflections } from '../../diffraction/crystalPattern.ts';
import { reflectionWindow } from '../../diffraction/instrument.ts';
import type { Hkl } from '../../diffraction/mergePeaks.ts';
import { areCongruent, CYCLOTOMIC_PAIR } from '../../phasing/homometric.ts';
import type { DescentRun, PathRun } from '../../state/explore/descentRun.ts';
import { reflectionsAt } from '../../state/explore/problem.ts';
import type { Figure } from '../../state/gallery/gallerySlice.ts';
import { rowScene } from './rowScene.ts';

/** Facts that the words under a picture rest on, from the computed figure alone. */

/** A cell is the truth when every length is within this share of it and every angle within this many degrees. */
export const TRUTH_TOLERANCE = { length: 0.002, angle: 0.05 } as const;

export const cellAt = (run: PathRun, step: number): Cell =>
  Array.from(run.cells.subarray(6 * step, 6 * step + 6)) as unknown as Cell;

export const cellAtEnd = (run: PathRun): Cell => cellAt(run, run.count - 1);
export const lossAtEnd = (run: PathRun): number => run.losses[run.count - 1]!;

/** True where a cell is the truth, in the given parameters. */
export const isTruth = (cell: Cell, truth: Cell, keys: readonly CellKey[] = CELL_KEYS): boolean =>
  keys.every(key => {
    const [value, true_] = [cell[cellIndex(key)]!, truth[cellIndex(key)]!];
    return isLength(key)
      ? Math.abs(value / true_ - 1) <= TRUTH_TOLERANCE.length
      : Math.abs(value - true_) <= TRUTH_TOLERANCE.angle;
  });

export const runOf = (
  figure: Figure,
  mode: DescentRun['mode'],
  part: 'runs' | 'contrast' = 'runs',
): DescentRun => {
  const found = figure[part].find(run => run.mode === mode);
  if (!found) throw new Error(`the figure has no ${mode} descent`);
  return found;
};

/** Two reflections of the target, each of which lies where the other is in it. */
export interface Trade {
  readonly one: Hkl;
  readonly other: Hkl;
  /** The weaker of the two, as a share of the strongest peak of the target. */
  readonly strength: number;
}

/** The strongest trade of places at a cell; null where there is none. */
export function tradeAt(figure: Figure, cell: Cell): Trade | null {
  const { structure, problem } = figure;
  const peaks = reflectionsAt(structure, problem.instrument, cell);
  const { target, comparison } = rowScene(figure, { peaks });
  const strongest = Math.max(...target.peaks.map(peak => peak.intensity));
  const taken = comparison.occupancies.flatMap(entry => {
    const place = target.peaks[entry.target]!;
    return entry.occupant ? [{ place, name: place.forms[0]!.hkl, occupant: entry.occupant.join() }] : [];
  });
  let best: Trade | null = null;
  for (const [i, p] of taken.entries())
    for (const q of taken.slice(i + 1)) {
      if (p.name.join() !== q.occupant || q.name.join() !== p.occupant) continue;
      const strength = Math.min(p.place.intensity, q.place.intensity) / strongest;
      if (!best || strength > best.strength) best = { one: p.name, other: q.name, strength };
    }
  return best;
}

/** The reflections that are inside the window at one cell and outside at another, strongest first. */
export function departures(figure: Figure, before: Cell, after: Cell): { hkl: Hkl; twoTheta: number }[] {
  const { structure, problem } = figure;
  const [was, is] = [before, after].map(cell => reflectionsAt(structure, problem.instrument, cell)) as [
    CellReflections,
    CellReflections,
  ];
  const nameAt = ({ hkl }: CellReflections, i: number): Hkl => [
    hkl[3 * i]!,
    hkl[3 * i + 1]!,
    hkl[3 * i + 2]!,
  ];
  const left = new Set(Array.from(is.twoTheta.keys(), i => nameAt(is, i).join()));
  return Array.from(was.twoTheta.keys())
    .filter(i => !left.has(nameAt(was, i).join()))
    .sort((p, q) => was.intensity[q]! - was.intensity[p]!)
    .map(i => ({ hkl: nameAt(was, i), twoTheta: was.twoTheta[i]! }));
}

/** Number of times that a reflection crosses the upper end of the window during a descent. */
export function crossings({ problem }: Figure, run: DescentRun, [h, k, l]: Hkl): number {
  const { wavelength } = problem.instrument;
  // Bragg: sin θ = λ/2d, so that the edge is a value of 1/d².
  const edge =
    ((2 / wavelength) * Math.sin((reflectionWindow(problem.instrument).upper * Math.PI) / 360)) ** 2;
  let count = 0;
  let before: boolean | null = null;
  for (let step = 0; step < run.count; step++) {
    const inside = inverseSquareSpacing(reciprocalMetric(cellAt(run, step)), h, k, l) <= edge;
    if (before !== null && inside !== before) count++;
    before = inside;
  }
  return count;
}

/** The first of the steps to the end that each reverse the one before it; null where the last step does not. */
export function firstReversal(run: DescentRun): number | null {
  const move = (step: number): number[] =>
    CELL_KEYS.map((_, i) => run.cells[6 * step + i]! - run.cells[6 * (step - 1) + i]!);
  const reverses = (step: number): boolean => {
    const [before, now] = [move(step - 1), move(step)];
    const dot = before.reduce((sum, value, i) => sum + value * now[i]!, 0);
    return dot < -0.9 * Math.hypot(...before) * Math.hypot(...now);
  };
  let step = run.count - 1;
  if (step < 2 || !reverses(step)) return null;
  while (step > 2 && reverses(step - 1)) step--;
  return step;
}

/** The power with which the loss grows between the two smallest soundings: 2 for a parabola, 4 for a quartic. */
export function floorPower({ floor }: Figure): number {
  const [[near, low], [far, high]] = floor as [readonly [number, number], readonly [number, number]];
  return Math.log(high / low) / Math.log(far / near);
}

/**
 * Places of four atoms on eight divisions of c at the equal minima of a figure, and whether they are the true ones turned,
 * mirrored or exchanged, or a set of their own.
 */
export function partners({ equal, structure }: Pick<Figure, 'equal' | 'structure'>): {
  readonly same: readonly (readonly number[])[];
  readonly other: readonly (readonly number[])[];
} {
  const { n } = CYCLOTOMIC_PAIR;
  const division = (z: number): number => ((Math.round(n * z) % n) + n) % n;
  const truth = structure.sites.map(({ fract }) => division(fract[2]));
  const sets = equal.map(({ minimum }) =>
    [truth[0]!, division(minimum.x), division(minimum.y), truth[3]!].sort((p, q) => p - q),
  );
  const isSame = (set: readonly number[]): boolean => areCongruent(set, truth, n);
  return { same: sets.filter(isSame), other: sets.filter(set => !isSame(set)) };
}
