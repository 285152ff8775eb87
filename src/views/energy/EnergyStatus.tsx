import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { energyMapJob } from '../../state/energy/energyMapJob.ts';
import { formatNumber } from '../../ui/format.ts';
import line from '../ProgressLine.module.css';
import { ProgressLine } from '../ProgressLine.tsx';

/** Progress of the energy map, or how it came about. */
export function EnergyStatus(): ReactNode {
  const job = useBraggscape(state => state.energy.job);
  const origin = useBraggscape(state => state.energy.map?.origin ?? null);
  return (
    <ProgressLine
      className={line.ofMap}
      testId="energy-status"
      progress={job}
      unit="energies"
      what="The energy map"
      stopped={`Stopped at ${formatNumber(job.done, 0)} of ${formatNumber(job.total, 0)}.`}
      again={{ rest: 'Compute the map', run: () => void energyMapJob.start() }}
      cancel={energyMapJob.cancel}
    >
      {origin === 'precomputed' && <span>Precomputed map, 21 × 21</span>}
    </ProgressLine>
  );
}
