import { pagePool } from '../../engine/pool.ts';
import { store } from '../core/store.ts';
import { setMeasured } from './measuredActions.ts';
import { MEASURED } from './measuredSettings.ts';

/**
 * Sets the zero shift at which the loss of the current crystal's pattern is least; answers with the reason where there is
 * none. What is found for a target that was replaced meanwhile comes too late and is dropped.
 */
export async function fitZeroShift(): Promise<string | null> {
  const { problem, current, inputs, measured } = store.getState();
  if (!problem || !current || !measured || current.problem !== problem)
    return 'The current pattern is not ready yet.';
  const found = await pagePool().call('evaluate', 'zeroShift', problem, { pattern: current.pattern });
  if (store.getState().problem !== problem) return null;
  if (found === null)
    return 'The loss is least at the end of ±0.5°: cell or wavelength is off by more than a shift.';
  // The target is already shifted by the present value; measured peaks to the right of the simulated add to it.
  const zeroShift = Number((inputs.measured.zeroShift + found).toFixed(5));
  const [low, high] = MEASURED.zeroShift.codec.limits;
  if (!(zeroShift >= low && zeroShift <= high))
    return `A shift of ${zeroShift}° is outside ${low}° to ${high}°.`;
  setMeasured({ zeroShift });
  return null;
}
