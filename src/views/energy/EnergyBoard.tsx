import { type ReactNode, useEffect } from 'react';
import { coverageProblem } from '../../energy/atoms.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { startEnergyJobs } from '../../state/energy/energyJobs.ts';
import { setEnergy } from '../../state/energy/energySettings.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { AboutEnergy } from './AboutEnergy.tsx';
import { BlendPanel } from './BlendPanel.tsx';
import board from './EnergyBoard.module.css';
import { EnergyStatus } from './EnergyStatus.tsx';
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
            value={String(resolution)}
            options={sides.map(side => ({ value: String(side), label: `${side} × ${side}` }))}
            onChange={value => setEnergy({ resolution: Number(value) })}
          />
        )}
        <AboutEnergy />
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
