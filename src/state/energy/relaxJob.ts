import { PAPER_RELAXATION } from '../../energy/relaxPlan.ts';
import { joined } from '../../num/joined.ts';
import { job } from '../core/job.ts';
import { energy, type RelaxRun } from './energySlice.ts';
import { showRelaxStep } from './shownRelaxStep.ts';
import { energyEngine } from './weights.ts';

const update = (change: Partial<RelaxRun>): void =>
  energy.set(({ relaxation }) => ({ relaxation: relaxation && { ...relaxation, ...change } }));

/** Relaxes the current crystal: from the probe, a step of a descent, or whatever the panes show. */
export const relaxJob = job({
  args({ structure, current, inputs }) {
    const engine = energyEngine();
    return engine && structure && current
      ? { engine, structure, cell: current.cell, mode: inputs.energy.relax }
      : null;
  },
  async run({ engine, structure, cell, mode }, { signal }) {
    const { sites, cell: truth } = structure;
    let run: RelaxRun = {
      mode,
      sites,
      truth,
      count: 0,
      cells: new Float64Array(0),
      fracts: new Float64Array(0),
      energies: new Float64Array(0),
      forces: new Float64Array(0),
      status: 'computing',
      stop: null,
      message: null,
    };
    energy.set({ relaxation: run, playing: false });
    showRelaxStep(null);
    const { stop } = await engine.relax(
      sites,
      cell,
      { ...PAPER_RELAXATION, mode },
      {
        signal,
        onChunk(chunk) {
          if (signal.aborted) return;
          run = {
            ...run,
            count: run.count + chunk.energies.length,
            cells: joined(run.cells, chunk.cells),
            fracts: joined(run.fracts, chunk.fracts),
            energies: joined(run.energies, chunk.energies),
            forces: joined(run.forces, chunk.forces),
          };
          energy.set({ relaxation: run });
          showRelaxStep(run.count - 1);
        },
      },
    );
    if (!signal.aborted) update({ stop });
  },
  into: ({ status, message }) => update({ status, message }),
});

/** Forgets the relaxation and gives the panes back to the current crystal. */
export function clearRelaxation(): void {
  relaxJob.cancel();
  energy.set({ relaxation: null, playing: false });
  showRelaxStep(null);
}
