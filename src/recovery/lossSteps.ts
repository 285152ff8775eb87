import type { Site } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import type { LossId, LossWidths } from '../losses/loss.ts';
import { lossOf } from '../losses/registry.ts';
import type { MarquardtEnd, MarquardtPlan, MarquardtStep } from '../optimise/levenbergMarquardt.ts';
import type { CellParameters } from '../optimise/parameters.ts';
import { bfgsSteps } from '../optimise/quasiNewton.ts';
import { smoothedObjective } from './smoothedObjective.ts';
import type { RecoveryTarget } from './stage.ts';

/** Subject of the steps: as much of a recovery as a loss depends on. */
interface LossSubject {
  readonly sites: readonly Site[];
  readonly instrument: Instrument;
  readonly target: RecoveryTarget;
  readonly loss?: LossId;
  readonly lossWidths?: LossWidths | undefined;
}

/**
 * Steps down any loss under a kernel, by BFGS. Values are 1 + loss, as of a cosine's sum of squares; the least gain is a
 * share of how far the start is above the best that the loss can be, since losses have ranges of their own.
 */
export function lossSteps(
  { sites, instrument, target, loss: id = 'cosine', lossWidths }: LossSubject,
  parameters: CellParameters,
  fwhm: number,
  plan: MarquardtPlan,
): Generator<MarquardtStep, MarquardtEnd> {
  const options = { background: false, ...(lossWidths ? { widths: lossWidths } : {}) };
  const objective = smoothedObjective(sites, instrument, target, id, fwhm, options);
  const cell = new Float64Array(6);
  const byCell = new Float64Array(6);
  const above = objective(parameters.toCell(plan.start, cell), null) - lossOf(id).best;
  return bfgsSteps(
    (x, gradient) => {
      const value = objective(parameters.toCell(x, cell), byCell);
      parameters.chain(cell, byCell, gradient);
      return 1 + value;
    },
    { ...plan, gain: plan.gain * Math.max(above, 1e-9) },
  );
}
