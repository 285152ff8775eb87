import type { LossId } from '../../losses/loss.ts';
import { lossOf } from '../../losses/registry.ts';
import type { Problem } from '../engine.ts';

/** Losses that come from a few sums over the bins. The others read the pattern along 2θ, bin after bin. */
const GPU_LOSS_IDS = ['cosine', 'mse', 'entropy'] as const satisfies readonly LossId[];
export type GpuLossId = (typeof GPU_LOSS_IDS)[number];

/** True where the WebGL engine computes a loss. */
export const onGpu = (id: LossId): id is GpuLossId => (GPU_LOSS_IDS as readonly LossId[]).includes(id);

/** Facts that decide whether WebGL computes a problem. */
type Asked = Pick<Problem, 'loss' | 'instrument' | 'excluded' | 'model'>;

/** Why WebGL does not compute a problem, as a clause; null where it does. */
export function webglRefusal({ loss, instrument, excluded, model }: Asked): string | null {
  if (model) return 'WebGL computes maps over two parameters of the cell, not over others';
  if (lossOf(loss).overSticks)
    return `${lossOf(loss).label} weighs peaks by their distance along 2θ, which WebGL does not do here`;
  if (!onGpu(loss))
    return `${lossOf(loss).label} follows the pattern along 2θ bin after bin, which WebGL does not do here`;
  if (instrument.secondWavelength !== undefined) return 'WebGL computes one wavelength, not a second line';
  if (excluded) return 'WebGL counts all bins and cannot leave some out';
  return null;
}

/** The problem as far as WebGL can compute it, for timings. */
export const asWebglCan = (problem: Problem): Problem =>
  webglRefusal(problem) === null
    ? problem
    : {
        ...problem,
        loss: onGpu(problem.loss) ? problem.loss : 'cosine',
        excluded: undefined,
        model: undefined,
        instrument: { ...problem.instrument, secondWavelength: undefined, secondRatio: undefined },
      };
