import type { ReactNode } from 'react';
import { setSlice } from '../../state/actions.ts';
import { cancelMap } from '../../state/shownMapJob.ts';
import { store, useBraggscape } from '../../state/store.ts';
import { formatDuration, formatNumber } from '../../ui/format.ts';

const ENGINE = { webgl: 'WebGL', worker: 'the CPU' } as const;

/** Asks for the same map again. */
const again = (): void => setSlice({ ...store.getState().inputs.slice });

/** How far the map is, or how it came about. In one place, so that nothing moves. */
export function MapStatus(): ReactNode {
  const job = useBraggscape(state => state.job);
  return (
    <div className="map-status" aria-live="polite" data-testid="map-status" data-status={job.status}>
      {job.status === 'computing' && (
        <span className="progress">
          <span>
            {formatNumber(job.done, 0)} of {formatNumber(job.total, 0)} points
          </span>
          <span className="progress-bar" aria-hidden="true">
            <span style={{ width: `${(100 * job.done) / Math.max(1, job.total)}%` }} />
          </span>
          {job.remaining !== null && <span>{formatDuration(job.remaining)} left</span>}
          <button type="button" className="button text" onClick={cancelMap}>
            Cancel
          </button>
        </span>
      )}
      {job.status === 'done' && job.elapsed !== null && (
        <span>
          {formatNumber(job.total, 0)} points in {formatDuration(job.elapsed)}
          {job.engine && ` on ${ENGINE[job.engine]}`}
        </span>
      )}
      {job.status === 'cancelled' && (
        <span>
          Stopped at {formatNumber(job.done, 0)} of {formatNumber(job.total, 0)} points.{' '}
          <button type="button" className="button text" onClick={again}>
            Compute the rest
          </button>
        </span>
      )}
      {job.status === 'failed' && (
        <span className="caution" role="alert">
          The map could not be computed: {job.message}.{' '}
          <button type="button" className="button text" onClick={again}>
            Try again
          </button>
        </span>
      )}
    </div>
  );
}
