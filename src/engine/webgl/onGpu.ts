import type { LossId } from '../../losses/loss.ts';

/** Losses that come from a few sums over the bins. The others read the pattern along 2θ, bin after bin. */
const GPU_LOSS_IDS = ['cosine', 'mse', 'entropy'] as const satisfies readonly LossId[];
export type GpuLossId = (typeof GPU_LOSS_IDS)[number];

/** True where the WebGL engine computes a loss. */
export const onGpu = (id: LossId): id is GpuLossId => (GPU_LOSS_IDS as readonly LossId[]).includes(id);
