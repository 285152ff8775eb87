import { resample } from '../../diffraction/resample.ts';
import { lossOfPattern } from '../../engine/engine.ts';
import { store } from '../core/store.ts';
import { setMeasured } from './measuredActions.ts';
import { MEASURED } from './measuredSettings.ts';

/** Range and step of the search for the shift, degrees. */
const REACH = 0.5;
const STEP = 0.005;

/**
 * The zero shift at which the loss of the current crystal's pattern is least, on a grid of 0.005° and then on the
 * parabola through the best point and its neighbours; a reason where there is none.
 */
export function fitZeroShift(): string | null {
  const { problem, current, inputs, measured } = store.getState();
  if (!problem || !current || !measured || current.problem !== problem)
    return 'The current pattern is not ready yet.';
  const { twoThetaMin, step } = problem.instrument;
  const x = Float64Array.from(problem.target, (_, i) => twoThetaMin + i * step);
  const simulated = { x, y: current.pattern };
  const lossAt = (shift: number): number =>
    lossOfPattern(
      problem,
      resample(
        simulated,
        x.map(angle => angle - shift),
      ),
    );
  const n = Math.round(REACH / STEP);
  let best = -n;
  const losses = Array.from({ length: 2 * n + 1 }, (_, k) => lossAt((k - n) * STEP));
  losses.forEach((loss, k) => {
    if (loss < losses[best + n]!) best = k - n;
  });
  if (Math.abs(best) === n)
    return `The loss is least at the end of ±${REACH}°: cell or wavelength is off by more than a shift.`;
  const [before, here, after] = [losses[best + n - 1]!, losses[best + n]!, losses[best + n + 1]!];
  const bend = before - 2 * here + after;
  const found = (best + (bend > 0 ? (0.5 * (before - after)) / bend : 0)) * STEP;
  // The target is already shifted by the present value; measured peaks to the right of the simulated add to it.
  const zeroShift = Number((inputs.measured.zeroShift + found).toFixed(5));
  const [low, high] = MEASURED.zeroShift.codec.limits;
  if (!(zeroShift >= low && zeroShift <= high))
    return `A shift of ${zeroShift}° is outside ${low}° to ${high}°.`;
  setMeasured({ zeroShift });
  return null;
}
