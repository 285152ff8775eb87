import type { ReactNode } from 'react';
import { cancelEnergyMap, restartEnergyMap } from '../../state/energy/energyJobs.ts';
import { useEnergy } from '../../state/energy/energyStore.ts';
import { formatDuration, formatNumber } from '../../ui/format.ts';

/** How far the energy map is, or how it came about. */
export function EnergyStatus(): ReactNode {
  const job = useEnergy(state => state.job);
  const origin = useEnergy(state => state.map?.origin ?? null);
  return (
    <div className="map-status" aria-live="polite" data-testid="energy-status" data-status={job.status}>
      {job.status === 'computing' && (
        <span className="progress">
          <span>
            {formatNumber(job.done, 0)} of {formatNumber(job.total, 0)} energies
          </span>
          <span className="progress-bar" aria-hidden="true">
            <span style={{ width: `${(100 * job.done) / Math.max(1, job.total)}%` }} />
          </span>
          {job.remaining !== null && <span>{formatDuration(job.remaining)} left</span>}
          <button type="button" className="button text" onClick={cancelEnergyMap}>
            Cancel
          </button>
        </span>
      )}
      {job.status === 'done' && job.elapsed !== null && (
        <span>
          {formatNumber(job.total, 0)} energies in {formatDuration(job.elapsed)}
        </span>
      )}
      {job.status === 'idle' && origin === 'precomputed' && <span>Precomputed map, 21 × 21</span>}
      {job.status === 'cancelled' && (
        <span>
          Stopped at {formatNumber(job.done, 0)} of {formatNumber(job.total, 0)}.{' '}
          <button type="button" className="button text" onClick={restartEnergyMap}>
            Compute the map
          </button>
        </span>
      )}
      {job.status === 'failed' && (
        <span className="caution" role="alert">
          The energy map could not be computed: {job.message}.{' '}
          <button type="button" className="button text" onClick={restartEnergyMap}>
            Try again
          </button>
        </span>
      )}
    </div>
  );
}
