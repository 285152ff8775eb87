import type { Cell } from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import { binCount, type Instrument } from '../diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../diffraction/pattern.ts';
import { DEFAULT_SCALE, type LossId } from '../losses/loss.ts';
import { lossFor, lossOf } from '../losses/registry.ts';
import { coordinateObjective } from '../peakspace/coordinates/coordinateObjective.ts';
import { crystalObjective } from '../peakspace/coordinates/crystalObjective.ts';
import type { CrystalPoint } from './crystalVariables.ts';
import { narrowestWidth, smoothed, smoothingMap, stageGrid } from './smoothing.ts';

/** A target and the crystal that is to explain it, its atoms out of place. Where they belong is not part of it. */
export interface AtomProblem {
  /** Elements, occupancies and order count. */
  readonly sites: readonly Site[];
  readonly instrument: Instrument;
  readonly loss: LossId;
  /** [binCount] of the instrument; it must not change once it is in use. */
  readonly target: Float64Array;
}

/** Loss above the least possible, in units of what a flat pattern has; writes its slopes. NaN where there is none. */
export type PointMisfit = (point: CrystalPoint, slopes: CrystalPoint) => number;

/** A problem with what its searches share, each made when first asked for. Nothing of it depends on their order. */
export interface PreparedAtoms {
  readonly problem: AtomProblem;
  /** Misfit under a kernel of so many degrees FWHM over cell and atoms. */
  readonly joint: (kernel: number) => PointMisfit;
  /** The same over the atoms of one cell; the slopes of the cell are left as they are. */
  readonly inCell: (kernel: number, cell: Cell) => PointMisfit;
  /** Misfit of the pattern as it is by the dense reference: the judge of ends. */
  readonly judged: (cell: Cell, sites: readonly Site[]) => number;
  /** The loss that a misfit stands for. */
  readonly lossAt: (misfit: number) => number;
}

export function prepareAtoms(problem: AtomProblem): PreparedAtoms {
  const { sites, instrument, loss: id, target } = problem;
  const { best } = lossOf(id);
  const plain = lossOf(id);
  const unit = plain.value(target, new Float64Array(binCount(instrument)).fill(1)) - best;
  const joints = new Map<number, PointMisfit>();
  let last: { readonly key: string; readonly misfit: PointMisfit } | null = null;
  const joint = (kernel: number): PointMisfit => {
    const made = joints.get(kernel) ?? jointMisfit(problem, kernel);
    joints.set(kernel, made);
    return made;
  };
  return {
    problem,
    joint,
    inCell(kernel, cell) {
      if (kernel > 0) return joint(kernel);
      const key = cell.join();
      if (last?.key === key) return last.misfit;
      const objective = coordinateObjective(sites, cell, instrument, plain, target);
      const misfit: PointMisfit = ({ fract }, slopes) => {
        const value = objective(fract, slopes.fract);
        for (let i = 0; i < fract.length; i++) slopes.fract[i]! /= unit;
        return (value - best) / unit;
      };
      last = { key, misfit };
      return misfit;
    },
    judged: (cell, placed) =>
      (plain.value(target, simulatePattern(scatteringModel(placed, instrument, cell), cell)) - best) / unit,
    lossAt: misfit => best + unit * misfit,
  };
}

/**
 * The target smoothed from itself and the pattern through the same map: at the truth they are equal, whatever the kernel.
 * Both are looked at on as few bins as their narrowest peak allows.
 */
function jointMisfit({ sites, instrument, loss: id, target }: AtomProblem, kernel: number): PointMisfit {
  const every = binsPassedOver(instrument);
  const coarse = { ...instrument, step: every * instrument.step };
  const sampled = target.filter((_, i) => i % every === 0);
  const grid = stageGrid(coarse, kernel);
  const loss = lossFor(id, { ...DEFAULT_SCALE, step: grid.step });
  const seen = smoothed(coarse, sampled, null, grid);
  const unit = loss.value(seen, new Float64Array(seen.length).fill(1)) - loss.best;
  const objective = crystalObjective(sites, coarse, loss, seen, smoothingMap(coarse, grid));
  return (point, slopes) => {
    const value = objective(point.cell, point.fract, slopes.cell, slopes.fract);
    for (const part of [slopes.cell, slopes.fract]) for (let i = 0; i < part.length; i++) part[i]! /= unit;
    return (value - loss.best) / unit;
  };
}

/** Bins a width that a peak is known by: the pattern between them is, to 1e-8 of the peak, theirs. */
const PER_WIDTH = 6;

/** The largest number that divides the bins and leaves enough to a width. */
function binsPassedOver(instrument: Instrument): number {
  const bins = binCount(instrument);
  let every = Math.max(1, Math.floor(narrowestWidth(instrument) / PER_WIDTH / instrument.step));
  while (bins % every !== 0) every--;
  return every;
}
