import { lossOf } from '../../losses/registry.ts';
import type { StudyPlan } from '../../study/plan.ts';
import { searchOf } from '../../study/searches.ts';

/**
 * Forecast of a plan, seconds; rough before anything has been measured (short runs of the command line at noise 0.1).
 * @param measured seconds a descent of this session, all workers together; or null
 */
export function forecastSeconds(plan: StudyPlan, measured: number | null, cores: number): number {
  const copies = plan.structures.length * plan.levels.length * plan.variants;
  if (measured !== null) return copies * plan.series.length * measured;
  const perCopy = plan.series.reduce(
    (sum, { loss, mode }) => sum + (searchOf(mode)?.seconds ?? lossOf(loss).descentSeconds),
    0,
  );
  return (copies * perCopy) / Math.max(1, Math.min(8, cores));
}
