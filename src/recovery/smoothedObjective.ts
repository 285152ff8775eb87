import type { Site } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { excluding } from '../losses/excluding.ts';
import { DEFAULT_SCALE, type LossId, type LossWidths } from '../losses/loss.ts';
import { lossFor } from '../losses/registry.ts';
import type { CellObjective } from '../peakspace/denseObjective.ts';
import { groupedPeaks } from './groupedPeaks.ts';
import { takeOut } from './slowBackground.ts';
import { smoothedModel } from './smoothedModel.ts';
import { type RecoveryTarget, type Stage, stageOf } from './stage.ts';

export interface SmoothingOptions {
  /** Slow polynomials are taken out of both sides, as on a ladder; the cosine alone bears it (default: it does, others do not). */
  readonly background?: boolean;
  /** Widths of de Gelder's measure and GPWDF, degrees. */
  readonly widths?: LossWidths;
}

/**
 * A loss between target and model, both under a Gaussian kernel, over the cell: value and, where asked, gradient [6] per
 * angstrom and per degree; NaN where the cell does not exist. The target is smoothed from its own bins, the model peak
 * by peak (smoothedPeaks.ts). On a grid four points a peak wide: a tenth of a millisecond at some degrees. At fwhm 0 it is
 * the plain loss of the dense reference.
 * @param fwhm of the kernel, degrees
 */
export function smoothedObjective(
  sites: readonly Site[],
  instrument: Instrument,
  target: RecoveryTarget,
  lossId: LossId,
  fwhm: number,
  options: SmoothingOptions = {},
): CellObjective {
  const withBackground = options.background ?? lossId === 'cosine';
  if (withBackground && lossId !== 'cosine')
    throw new Error(`the loss ${lossId} is not one of patterns less their background`);
  const stage = stageOf(instrument, target, fwhm, withBackground);
  const model = smoothedModel(instrument, stage.grid, target.excluded, groupedPeaks(sites, instrument, null));
  const plain = lossFor(lossId, { ...DEFAULT_SCALE, ...options.widths, step: stage.grid.step });
  const loss = stage.excluded ? excluding(plain, stage.excluded) : plain;
  const goal = withBackground ? stage.unit : stage.smooth;
  // a sum over bins: one point stands for as many
  const weight = lossId === 'mse' ? stage.grid.every : 1;
  const trial = new Float64Array(goal.length);
  const residual = new Float64Array(goal.length);
  return (cell, gradient) => {
    const pattern = model.pattern(cell);
    if (!pattern) return Number.NaN;
    trial.set(pattern);
    prepared(stage, trial);
    if (!gradient) return weight * loss.value(goal, trial);
    const value = loss.gradient(goal, trial, residual);
    // the projection is its own transpose
    prepared(stage, residual);
    model.adjoint(residual, gradient);
    if (weight !== 1) for (let i = 0; i < 6; i++) gradient[i]! *= weight;
    return weight * value;
  };
}

function prepared({ background, excluded }: Stage, pattern: Float64Array): void {
  if (excluded) for (let i = 0; i < pattern.length; i++) if (excluded[i]) pattern[i] = 0;
  if (background) takeOut(background, pattern);
}
