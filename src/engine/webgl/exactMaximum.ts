import { type PeakList, peaksAt, type ScatteringModel } from '../../diffraction/pattern.ts';
import { FOUR_LN2 } from '../../diffraction/pseudoVoigt.ts';

/**
 * The pattern at one bin in float64. A loss that divides by the trial's maximum takes it from here: float32 leaves the
 * strongest peak off by up to 6e-7, which in the loss adds up over all bins (measured: 9e-7 of MSE, 2e-7 with this).
 * @param room for the peaks of the model; overwritten
 */
export function patternAtBin(
  model: ScatteringModel,
  cell: ArrayLike<number>,
  bin: number,
  room: PeakList,
): number {
  const { twoThetaMin, step, eta } = model.instrument;
  const x = twoThetaMin + bin * step;
  const peaks = peaksAt(model, cell, room);
  let sum = 0;
  for (let k = 0; k < peaks.count; k++) {
    const q = ((x - peaks.twoTheta[k]!) / peaks.width[k]!) ** 2;
    sum += peaks.intensity[k]! * ((1 - eta) / (1 + 4 * q) + eta * Math.exp(-FOUR_LN2 * q));
  }
  return sum;
}
