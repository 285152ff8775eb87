import { cellProblem, sameCell } from '../crystal/cell.ts';
import type { Structure } from '../crystal/structure.ts';
import { blurred } from '../diffraction/instrument.ts';
import { type LossProblem, lossOfPattern } from '../engine/engine.ts';
import { Engines } from '../engine/engines.ts';
import { follow } from './core/follow.ts';
import { job } from './core/job.ts';
import { Coalesced } from './core/latest.ts';
import { notify } from './core/notices.ts';
import { store } from './core/store.ts';
import { followDescents } from './explore/descentJob.ts';
import { followEngine } from './explore/engineJob.ts';
import type { CurrentCrystal } from './explore/exploreState.ts';
import { mapJob } from './explore/mapJob.ts';
import { reflectionsAt, targetOf } from './explore/problem.ts';
import { chosenFamily, currentCell, currentSubject, sliceOf } from './explore/selectors.ts';
import { shareEngines } from './explore/sharedEngines.ts';
import { stableRateJob } from './explore/stableRateJob.ts';
import { loadStructure } from './files/loadStructure.ts';
import { measuredFor, measuredJob } from './files/measuredJob.ts';

/**
 * Keeps results up to date with the inputs: what changes restarts what depends on it, the newest request wins. Called
 * once when the page starts; the engines live as long as the page.
 */
export function startJobs(): void {
  const engines = new Engines(text => notify({ id: 'webgl', tone: 'warning', text }));
  shareEngines(engines);
  structureJob.follow();
  measuredJob.follow();
  followProblem();
  followEngine(engines);
  mapJob.follow();
  followDescents(engines.cpu);
  followCurrent(engines);
  stableRateJob.follow();
}

/** Reads the crystal that the inputs name. */
const structureJob = job({
  select: state => [state.inputs.structureId],
  args: ({ inputs, structureId }) => (inputs.structureId === structureId ? null : inputs.structureId),
  async run(structureId, { signal }) {
    store.setState({ loading: structureId, failure: null });
    const structure = await loadStructure(structureId, signal);
    if (!signal.aborted) store.setState({ structure, structureId, loading: null, failure: null });
  },
  rest: ({ loading }) => loading !== null && store.setState({ loading: null }),
  failed(message) {
    const { structureId } = store.getState();
    store.setState({ loading: null, failure: message });
    // The crystal on screen stays, and the inputs say so.
    if (structureId) store.setState(state => ({ inputs: { ...state.inputs, structureId } }));
    notify({ id: 'structure', tone: 'error', text: message });
  },
});

/** The target pattern: one dense float64 simulation of the true crystal. */
function followProblem(): void {
  follow(
    state => [
      state.structure,
      state.inputs.instrument,
      state.inputs.insight.blur,
      state.inputs.loss,
      state.inputs.loss === 'deGelder' ? state.inputs.lossWidth : null,
      state.inputs.measured.id,
      state.measured,
    ],
    ([structure, own, blur, loss, width]) => {
      if (!structure) return;
      // The last problem stays while a measured target is being prepared.
      const measured = measuredFor(own);
      if (measured === undefined) return;
      const instrument = blurred(own, blur);
      const { target, peaks } = targetOf(structure, instrument);
      if (!target.some(value => value > 0)) {
        const { twoThetaMin, twoThetaMax } = instrument;
        const text = `No reflection of this crystal lies in ${twoThetaMin}°–${twoThetaMax}°: widen the two-theta range or shorten the wavelength.`;
        store.setState({ problem: null, targetPeaks: peaks, failure: text });
        return;
      }
      const problem: LossProblem = {
        kind: 'loss',
        sites: structure.sites,
        instrument,
        loss,
        target: measured ? measured.pattern : target,
        ...(measured ? { excluded: measured.excluded } : {}),
        ...(width === null ? {} : { lossWidth: width }),
      };
      store.setState({ problem, targetPeaks: peaks, failure: null });
    },
  );
}

/** The pattern of the current crystal, on the worker that follows the pointer. */
function followCurrent(engines: Engines): void {
  const coalesced = new Coalesced();
  follow(
    state => [
      state.problem,
      state.inputs.focus,
      state.inputs.slice,
      state.hover,
      state.play.playing,
      state.runs,
      state.minima,
      state.guest,
    ],
    () => {
      const state = store.getState();
      const { problem, structure } = state;
      if (!problem || !structure) return;
      const sites = state.hover ? undefined : state.guest?.sites;
      const cell = currentCell(state, sliceOf(state.inputs, structure.cell, chosenFamily(state)));
      if (!cell) return;
      const asked: Asked = { of: currentSubject(state), problem, cell, ...(sites ? { sites } : {}) };
      coalesced.request(() => showCurrent(engines, structure, asked));
    },
  );
}

type Asked = Pick<CurrentCrystal, 'of' | 'problem' | 'cell' | 'sites'>;

/** Simulates and shows the crystal; where its cell is on screen already, only says whose it is now. */
async function showCurrent(engines: Engines, structure: Structure, asked: Asked): Promise<void> {
  const { problem, cell, sites, of } = asked;
  const missing = cellProblem(cell);
  const shown = store.getState().current;
  if (missing) {
    store.setState({ missing });
    return;
  }
  if (shown?.problem === problem && shown.sites === sites && sameCell(shown.cell, cell)) {
    store.setState({ current: shown.of === of ? shown : { ...shown, of }, missing: null });
    return;
  }
  try {
    const simulated = sites ? { ...problem, sites } : problem;
    const pattern = await engines.cpu.patterns(simulated, Float64Array.from(cell));
    if (store.getState().problem !== problem) return;
    const loss = lossOfPattern(problem, pattern);
    const peaks = reflectionsAt(sites ? { ...structure, sites } : structure, problem.instrument, cell);
    store.setState({ current: { ...asked, loss, pattern, peaks }, missing: null });
  } catch (error) {
    notify({ id: 'current', tone: 'error', text: (error as Error).message });
  }
}
