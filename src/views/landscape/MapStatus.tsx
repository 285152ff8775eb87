import type { ReactNode } from 'react';
import { store, useBraggscape } from '../../state/core/store.ts';
import { setSlice } from '../../state/explore/actions.ts';
import { mapJob } from '../../state/explore/mapJob.ts';
import { stageMapJob } from '../../state/explore/stageMapJob.ts';
import { formatNumber } from '../../ui/format.ts';
import line from '../ProgressLine.module.css';
import { ProgressLine } from '../ProgressLine.tsx';

const ENGINE = { webgl: 'WebGL', worker: 'the CPU' } as const;

/** Progress of the map and of those of the stages, or how it came about. In one place, so that nothing moves. */
export function MapStatus(): ReactNode {
  const job = useBraggscape(state => state.job);
  const stages = useBraggscape(state => state.stageJob);
  if (job.status === 'done' && stages.status !== 'done' && stages.status !== 'idle')
    return (
      <ProgressLine
        className={line.ofMap}
        testId="map-status"
        progress={stages}
        unit="points of the stages"
        what="The maps of the stages"
        again={{ rest: 'Compute the rest', run: () => void stageMapJob.start() }}
        cancel={stageMapJob.cancel}
      />
    );
  return (
    <ProgressLine
      className={line.ofMap}
      testId="map-status"
      progress={job}
      unit="points"
      what="The map"
      engine={job.engine ? ` on ${ENGINE[job.engine]}` : ''}
      stopped={`Stopped at ${formatNumber(job.done, 0)} of ${formatNumber(job.total, 0)} points.`}
      // the same slice anew: all that shows it is computed again
      again={{ rest: 'Compute the rest', run: () => setSlice({ ...store.getState().inputs.slice }) }}
      cancel={mapJob.cancel}
    />
  );
}
