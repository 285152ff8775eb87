import { cellProblem, sameCell } from '../../crystal/cell.ts';
import { blurred } from '../../diffraction/instrument.ts';
import { type LossProblem, lossOfPattern } from '../../engine/engine.ts';
import { follow } from '../core/follow.ts';
import { job } from '../core/job.ts';
import { notify } from '../core/notices.ts';
import { store } from '../core/store.ts';
import { loadStructure } from '../files/loadStructure.ts';
import { measuredFor } from '../files/measuredJob.ts';
import type { CurrentCrystal } from './exploreState.ts';
import { patternOnPage } from './patternOnPage.ts';
import { reflectionsAt, sticksAt, targetOf } from './problem.ts';
import { currentCell, currentSubject, lossWidthsOf, sceneOf } from './selectors.ts';
import { sharedEngines } from './sharedEngines.ts';

/** Reads the crystal that the inputs name. */
export const structureJob = job({
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
export const followProblem = (): (() => void) =>
  follow(
    state => [
      state.structure,
      state.inputs.instrument,
      state.inputs.analysis.blur,
      state.inputs.loss,
      state.inputs.loss === 'deGelder' && state.inputs.lossWidth,
      state.inputs.loss === 'gpwdf' && state.inputs.lossAlpha,
      state.inputs.measured.id,
      state.measured,
    ],
    ([structure, own, blur, loss]) => {
      if (!structure) return;
      // The last problem stays while a measured target is being prepared.
      const measured = measuredFor(own);
      if (measured === undefined) return;
      const instrument = blurred(own, blur);
      const { target, peaks, sticks } = targetOf(structure, instrument);
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
        lossWidths: lossWidthsOf(store.getState().inputs),
        ...(measured ? { target: measured.pattern, excluded: measured.excluded } : { target, sticks }),
      };
      store.setState({ problem, targetPeaks: peaks, failure: null });
    },
  );

type Asked = Pick<CurrentCrystal, 'of' | 'problem' | 'cell' | 'sites'>;

/**
 * Pattern and reflections of the current crystal: in the event that moves it, so that all panels follow in the same frame, or
 * for large crystals on the thread that follows the pointer. Where its cell is on screen already, only whose it is now changes.
 */
export const currentJob = job({
  coalesce: true,
  select: state => [
    state.problem,
    state.inputs.focus,
    state.inputs.slice,
    state.hover,
    state.play.playing,
    state.runs,
    state.continued,
    state.minima,
    state.override,
  ],
  args(state) {
    const scene = sceneOf(state);
    const cell = scene && currentCell(state, scene.slice);
    if (!scene || !cell) return null;
    const { problem } = scene;
    const missing = cellProblem(cell);
    if (missing) {
      store.setState({ missing });
      return null;
    }
    const sites = state.hover ? undefined : state.override?.sites;
    const of = currentSubject(state);
    const shown = state.current;
    if (shown?.problem === problem && shown.sites === sites && sameCell(shown.cell, cell)) {
      store.setState({ current: shown.of === of ? shown : { ...shown, of }, missing: null });
      return null;
    }
    const asked: Asked = { of, problem, cell, ...(sites ? { sites } : {}) };
    return asked;
  },
  async run(asked) {
    const { problem, cell, sites } = asked;
    const simulated = sites ? { ...problem, sites } : problem;
    const { cpu } = sharedEngines();
    const peaks = reflectionsAt(simulated, problem.instrument, cell);
    const pattern =
      patternOnPage(simulated, cell, peaks, () => cpu.patternTree(simulated, peaks.twoTheta.length)) ??
      (await cpu.patterns(simulated, Float64Array.from(cell)));
    if (store.getState().problem !== problem) return;
    const sticks = problem.sticks && sticksAt(simulated, problem.instrument, cell);
    const loss = lossOfPattern(problem, pattern, sticks);
    store.setState({ current: { ...asked, loss, pattern, peaks }, missing: null });
  },
  failed: text => notify({ id: 'current', tone: 'error', text }),
});
