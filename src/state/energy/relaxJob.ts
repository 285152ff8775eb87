import { PAPER_RELAXATION } from '../../energy/relaxPlan.ts';
import { isAbort } from '../../engine/engine.ts';
import { Latest } from '../core/latest.ts';
import { store } from '../store.ts';
import { energyStore, type RelaxRun } from './energyStore.ts';
import { showRelaxStep } from './shownRelaxStep.ts';
import { energyEngine } from './weights.ts';

const latest = new Latest();

/** Relaxes the current crystal: from the probe, a step of a descent, or whatever the panes show. */
export async function relaxCurrent(): Promise<void> {
  const engine = energyEngine();
  const { structure, current, inputs } = store.getState();
  if (!engine || !structure || !current) return;
  const signal = latest.next();
  const mode = inputs.energy.relax;
  const begun: RelaxRun = {
    mode,
    sites: structure.sites,
    truth: structure.cell,
    count: 0,
    cells: new Float64Array(0),
    fracts: new Float64Array(0),
    energies: new Float64Array(0),
    forces: new Float64Array(0),
    status: 'running',
    stop: null,
    message: null,
  };
  energyStore.setState({ relaxation: begun, playing: false });
  showRelaxStep(null);
  const update = (change: (run: RelaxRun) => RelaxRun): void => {
    const run = energyStore.getState().relaxation;
    if (run && !signal.aborted) energyStore.setState({ relaxation: change(run) });
  };
  try {
    const end = await engine.relax(
      structure.sites,
      current.cell,
      { ...PAPER_RELAXATION, mode },
      {
        signal,
        onChunk: chunk => {
          update(run => ({
            ...run,
            count: run.count + chunk.energies.length,
            cells: joined(run.cells, chunk.cells),
            fracts: joined(run.fracts, chunk.fracts),
            energies: joined(run.energies, chunk.energies),
            forces: joined(run.forces, chunk.forces),
          }));
          const { relaxation } = energyStore.getState();
          if (relaxation && !signal.aborted) showRelaxStep(relaxation.count - 1);
        },
      },
    );
    update(run => ({ ...run, status: 'done', stop: end.stop }));
  } catch (error) {
    if (isAbort(error))
      energyStore.setState(({ relaxation }) => ({
        relaxation: relaxation && { ...relaxation, status: 'cancelled' },
      }));
    else update(run => ({ ...run, status: 'failed', message: (error as Error).message }));
  }
}

/** Stops the relaxation where it is. */
export const stopRelaxation = (): void => latest.cancel();

/** Forgets the relaxation and gives the panes back to the current crystal. */
export function clearRelaxation(): void {
  latest.cancel();
  energyStore.setState({ relaxation: null, playing: false });
  showRelaxStep(null);
}

function joined(p: Float64Array, q: Float64Array): Float64Array {
  const out = new Float64Array(p.length + q.length);
  out.set(p);
  out.set(q, p.length);
  return out;
}
