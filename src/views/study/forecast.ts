import type { LossId } from '../../losses/loss.ts';
import type { StudyPlan } from '../../study/plan.ts';

/**
 * Seconds a descent takes on one core before anything has been measured here: rough, from short runs of the command line
 * at noise 0.1. The first descents of a run replace them.
 */
const SECONDS: Readonly<Record<LossId, number>> = {
  cosine: 0.6,
  mse: 7,
  entropy: 4,
  deGelder: 8,
  wasserstein: 8,
};

/** Forecast of a plan, seconds. @param measured seconds a descent of this session, all workers together; or null */
export function forecastSeconds(plan: StudyPlan, measured: number | null, cores: number): number {
  const copies = plan.structures.length * plan.levels.length * plan.variants;
  if (measured !== null) return copies * plan.series.length * measured;
  const perCopy = plan.series.reduce((sum, { loss }) => sum + SECONDS[loss], 0);
  return (copies * perCopy) / Math.max(1, Math.min(8, cores));
}
