import { type ReactNode, useEffect } from 'react';
import { coverageProblem } from '../../energy/atoms.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { startEnergyJobs } from '../../state/energy/energyJobs.ts';
import { energyMapJob } from '../../state/energy/energyMapJob.ts';
import { setEnergy } from '../../state/energy/energySettings.ts';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import line from '../ProgressLine.module.css';
import { ProgressLine } from '../ProgressLine.tsx';
import { BlendPanel } from './BlendPanel.tsx';
import board from './EnergyBoard.module.css';
import { FiguresTable } from './FiguresTable.tsx';
import { EnergyMapBox, LossMapBox } from './MapBoxes.tsx';
import { ProfilePlot } from './ProfilePlot.tsx';
import { RelaxPanel } from './RelaxPanel.tsx';
import { RelaxStudy } from './RelaxStudy.tsx';
import { WeightsPanel } from './WeightsPanel.tsx';

const SIDES = [11, 21, 41, 81] as const;

/** The other landscape: the energy of an interatomic potential beside the XRD loss, along a line, or in one objective with it. */
export function EnergyBoard(): ReactNode {
  useEffect(startEnergyJobs, []);
  const { view, resolution } = useBraggscape(state => state.inputs.energy);
  const sites = useBraggscape(state => state.structure?.sites ?? null);
  const ready = useBraggscape(state => state.energy.weights.status === 'ready');
  const uncovered = sites ? coverageProblem(sites) : null;
  const sides = [...new Set([...SIDES, resolution])].sort((p, q) => p - q);
  return (
    <div className={board.board} data-testid="energy-board">
      <div className={board.bar}>
        <Segmented
          small
          label="Energy view"
          value={view === 'off' ? 'beside' : view}
          options={[
            { value: 'beside', label: 'Side by side' },
            { value: 'profile', label: 'Profile' },
            { value: 'blend', label: 'Both at once' },
          ]}
          onChange={next => setEnergy({ view: next })}
        />
        {ready && (
          <Select
            label="Points of the energy map"
            value={resolution}
            options={sides.map(side => ({ value: side, label: `${side} × ${side}` }))}
            onChange={value => setEnergy({ resolution: value })}
          />
        )}
        <Info
          about="the energy"
          title="TensorNet-MatPES-PBE (stand-in for CHGNet)"
          help={[
            'The paper compares with the interatomic potential CHGNet, whose weights are not at hand; TensorNet-MatPES-PBE-v2025.1 is a universal potential of the same kind. 0 K, PBE, fractional coordinates fixed on the map. eV per cell relative to the minimum; computed in float64.',
            'Good for energies of one composition over cell shapes within about ±10 %. Not for absolute energies, for other compositions beside each other, for layers held by van der Waals forces (MoS₂ along *c*) and for Au₂S, where the potential has its minimum 5 % away from the reference cell. It knows no spin and no repulsion of nuclei: cells with atoms closer than 0.7 Å are left out.',
            'Weights: Materials Virtual Lab, matgl, BSD-3-Clause. The page keeps them in this browser only.',
          ]}
        />
        <span className="spacer" />
        <EnergyStatus />
      </div>
      {view === 'profile' ? (
        <ProfilePlot />
      ) : (
        <div className={board.maps}>
          {view !== 'blend' && <LossMapBox />}
          <EnergyMapBox quantity="energy" uncovered={uncovered} />
          {view === 'blend' && <EnergyMapBox quantity="blend" uncovered={uncovered} />}
        </div>
      )}
      {view === 'blend' && !uncovered && <BlendPanel />}
      <div className={board.foot}>
        {view !== 'profile' && <FiguresTable />}
        {!uncovered && <RelaxPanel />}
        <WeightsPanel />
        <RelaxStudy />
      </div>
    </div>
  );
}

/** Progress of the energy map, or how it came about. */
function EnergyStatus(): ReactNode {
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
