import type { ReactNode } from 'react';
import type { Progress } from '../../state/insight/insightStore.ts';
import { formatDuration, formatNumber } from '../../ui/format.ts';

/** How far a computation is, in one line, with the way to stop it. */
export function Status({
  job,
  unit,
  onCancel,
}: {
  job: Progress;
  unit: string;
  onCancel(): void;
}): ReactNode {
  return (
    <div className="insight-status" aria-live="polite" data-status={job.status}>
      {job.status === 'computing' && (
        <>
          <span>
            {formatNumber(job.done, 0)} of {formatNumber(job.total, 0)} {unit}
            {job.together &&
              `, ${formatNumber(job.together.walkers, 0)} under way, ${formatNumber(job.together.steps, 0)} steps`}
          </span>
          <span className="progress-bar" aria-hidden="true">
            <span style={{ width: `${(100 * job.done) / Math.max(1, job.total)}%` }} />
          </span>
          <button type="button" className="button text" onClick={onCancel}>
            Cancel
          </button>
        </>
      )}
      {job.status === 'done' && job.elapsed !== null && (
        <span>
          {formatNumber(job.total, 0)} {unit} in {formatDuration(job.elapsed)}
        </span>
      )}
      {job.status === 'cancelled' && <span>Stopped; what was computed stays.</span>}
      {job.status === 'failed' && (
        <span className="caution" role="alert">
          It could not be computed: {job.message}.
        </span>
      )}
    </div>
  );
}
