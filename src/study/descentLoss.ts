import { type Instrument, PAPER_INSTRUMENT } from '../diffraction/instrument.ts';
import type { LossId } from '../losses/loss.ts';
import type { Conditions } from './plan.ts';

/** The paper's diffractometer, with the reflections of MSE descents clipped where the study asks for it (S1.4). */
export const descentInstrument = (loss: LossId, { mseMaxIndex }: Conditions): Instrument =>
  loss === 'mse' && mseMaxIndex !== null ? { ...PAPER_INSTRUMENT, maxIndex: mseMaxIndex } : PAPER_INSTRUMENT;

/**
 * Factor on a loss before it is descended: 1 for cosine and entropy; for MSE the inverse of ‖x/max x‖², so
 * that it becomes the squared error relative to the target, of the order of 1 for a wrong pattern like the other two.
 * The paper does not state the scale of its MSE. Summed over 9000 bins its gradients reach 10³ per angstrom, and the
 * paper's learning rates, 0.0005 and above, throw a cell out of every valley; averaged over the bins nothing moves before
 * the stop rule ends the descent.
 */
export function descentScale(loss: LossId, target: Float64Array): number {
  if (loss !== 'mse') return 1;
  let most = 0;
  let squares = 0;
  for (const value of target) {
    most = Math.max(most, value);
    squares += value * value;
  }
  return (most * most) / squares;
}
