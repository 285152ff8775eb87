import { PAPER_RELAXATION } from '../../energy/relaxPlan.ts';
import { joined } from '../../num/joined.ts';
import { job } from '../core/job.ts';
import { store } from '../core/store.ts';
import { energy, type RelaxRun } from './energySlice.ts';
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

/** Shows a step in every pane (map, cell, pattern, numbers); null gives them back. */
export function showRelaxStep(step: number | null): void {
  const run = energy.get().relaxation;
  energy.set({ shownStep: step });
  if (!run || step === null || run.count === 0) {
    if (store.getState().override) store.setState({ override: null });
    return;
  }
  const n = run.sites.length;
  const at = run.cells.subarray(6 * step, 6 * step + 6);
  store.setState({
    override: {
      cell: [at[0]!, at[1]!, at[2]!, at[3]!, at[4]!, at[5]!],
      sites: run.sites.map((site, i) => ({
        ...site,
        fract: [0, 1, 2].map(k => run.fracts[3 * (n * step + i) + k]!) as unknown as typeof site.fract,
      })),
    },
  });
}
