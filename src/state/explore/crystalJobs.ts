import { cellProblem } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import type { CrystalPattern } from '../../diffraction/crystalPattern.ts';
import { blurred, type Instrument } from '../../diffraction/instrument.ts';
import { type LossProblem, lossOfPattern } from '../../engine/engine.ts';
import { cellAt } from '../../landscape/slice.ts';
import type { Point } from '../../model/parameter.ts';
import { sitesAt } from '../../model/point.ts';
import { type Job, job } from '../core/job.ts';
import { dismiss, notify } from '../core/notices.ts';
import { store } from '../core/store.ts';
import {
  acceptCost,
  BEARABLE,
  costSentence,
  type Estimate,
  estimate,
  isCheap,
  isQuick,
  tooDear,
} from '../files/cost.ts';
import { loadStructure } from '../files/loadStructure.ts';
import { measuredFor } from '../files/measuredJob.ts';
import { setInstrument } from './actions.ts';
import { crystalInThread } from './crystalInThread.ts';
import type { CurrentCrystal } from './exploreState.ts';
import { patternOnPage } from './patternOnPage.ts';
import { reflectionsAt, sticksAt, targetOf } from './problem.ts';
import { currentPoint, currentSubject, lossWidthsOf, modelOf, sceneOf, waitsForModel } from './selectors.ts';
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

/** A run that takes longer gives way to a newer one, ms. */
const PATIENT = 500;

/** The target pattern: one dense float64 simulation of the true crystal, by a thread where it would hold up the page. */
export const problemJob: Job = job({
  coalesce: PATIENT,
  select: state => [
    state.structure,
    state.inputs.instrument,
    state.inputs.analysis.blur,
    state.inputs.loss,
    state.inputs.loss === 'deGelder' && state.inputs.lossWidth,
    state.inputs.loss === 'gpwdf' && state.inputs.lossAlpha,
    state.inputs.measured.id,
    state.measured,
    modelOf(state),
    waitsForModel(state),
  ],
  args(state) {
    const { structure, structureId, inputs } = state;
    // The last problem stays while a measured target is being prepared.
    const measured = measuredFor(inputs.instrument);
    if (!structure || !structureId || measured === undefined || waitsForModel(state)) return null;
    const instrument = blurred(inputs.instrument, inputs.analysis.blur);
    return {
      ...{ structure, structureId, instrument, measured, loss: inputs.loss },
      widths: lossWidthsOf(inputs),
      model: modelOf(state),
    };
  },
  async run({ structure, structureId, instrument, measured, loss, widths, model }, { signal }) {
    const quick = isQuick(structure, instrument);
    // Meanwhile that of another crystal would be taken for one of this.
    if (!quick)
      store.setState(({ problem }) => (problem?.sites === structure.sites ? {} : { problem: null }));
    if (!isCheap(structure, instrument)) {
      const found = await estimate(structure, instrument, structureId);
      signal.throwIfAborted();
      if (!found.bearable) return askAbout(found, structureId);
      if (found.cost.first > BEARABLE)
        notify({
          id: 'cost',
          tone: 'info',
          text: `The first pattern is being computed. ${costSentence(found.cost)}`,
          actions: [{ label: 'Stop', run: stopProblem }],
        });
    }
    const { target, peaks, sticks } = quick
      ? targetOf(structure, instrument)
      : await threadTarget(structure, instrument, signal);
    dismiss('cost');
    if (store.getState().structure !== structure) return;
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
      lossWidths: widths,
      ...(model ? { model: { moved: model.moved, cellMoves: model.cellMoves } } : {}),
      ...(measured ? { target: measured.pattern, excluded: measured.excluded } : { target, sticks }),
    };
    store.setState({ problem, targetPeaks: peaks, failure: null });
  },
  failed(message) {
    dismiss('cost');
    store.setState({ problem: null, failure: message });
  },
});

function stopProblem(): void {
  problemJob.cancel();
  dismiss('cost');
}

async function threadTarget(structure: Structure, instrument: Instrument, signal: AbortSignal) {
  const { pattern, ...rest } = await crystalInThread(structure.sites, instrument, structure.cell, signal);
  return { target: pattern, ...rest };
}

/** Has the user say what to do with a pattern that takes too long; until then there is none. */
function askAbout({ cost, end, wavelength }: Estimate, structureId: string): void {
  const failure = costSentence(cost);
  const actions = [
    ...(end === null
      ? []
      : [{ label: `Only up to ${end}°`, run: () => void setInstrument({ twoThetaMax: end }) }]),
    ...(wavelength === null
      ? []
      : [
          {
            label: `With ${wavelength} Å`,
            run: () => void setInstrument({ wavelength, secondWavelength: undefined }),
          },
        ]),
    ...(Number.isFinite(cost.first)
      ? [
          {
            label: 'Compute it',
            run() {
              acceptCost(structureId, cost.first);
              void problemJob.start();
            },
          },
        ]
      : []),
  ];
  store.setState({ problem: null, failure });
  notify({ id: 'cost', tone: 'warning', text: failure, actions });
}

type Asked = Pick<CurrentCrystal, 'of' | 'problem' | 'point' | 'cell' | 'sites'>;

const samePoint = (p: Point, q: Point): boolean =>
  p.length === q.length && p.every((value, i) => value === q[i]);

/**
 * Pattern and reflections of the current crystal: in the event that moves it, so that all panels follow in the same frame, or
 * for large crystals on the thread that follows the pointer. Where its cell is on screen already, only whose it is now changes.
 */
export const currentJob = job({
  coalesce: PATIENT,
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
    const point = scene && currentPoint(state, scene.slice);
    if (!scene || !point) return null;
    const { problem } = scene;
    const missing = cellProblem(point);
    if (missing) {
      store.setState({ missing });
      return null;
    }
    const override = state.hover ? undefined : state.override?.sites;
    const sites = override ?? (problem.model && sitesAt(problem.sites, problem.model.moved, point));
    const of = currentSubject(state);
    const shown = state.current;
    const sameSites = override === undefined || shown?.sites === override;
    if (shown?.problem === problem && sameSites && samePoint(shown.point, point)) {
      store.setState({ current: shown.of === of ? shown : { ...shown, of }, missing: null });
      return null;
    }
    const asked: Asked = { of, problem, point, cell: cellAt(point), ...(sites ? { sites } : {}) };
    return asked;
  },
  async run(asked, { signal }) {
    const { problem, point, cell, sites } = asked;
    const simulated = sites ? { ...problem, sites } : problem;
    const { instrument } = problem;
    const crystal = { cell, sites: simulated.sites };
    const dear = tooDear(crystal, instrument, store.getState().structureId);
    if (dear) return store.setState({ missing: dear });
    const { cpu } = sharedEngines();
    let shown: CrystalPattern;
    if (problem.model) shown = await cpu.crystalAt(problem, point, signal);
    else if (isQuick(crystal, instrument)) {
      const peaks = reflectionsAt(simulated, instrument, cell);
      const pattern =
        patternOnPage(simulated, cell, peaks, () => cpu.patternTree(simulated, peaks.twoTheta.length)) ??
        (await cpu.patterns(simulated, Float64Array.from(cell)));
      shown = { pattern, peaks, sticks: sticksAt(simulated, instrument, cell) };
    } else shown = await crystalInThread(crystal.sites, instrument, cell, signal);
    const { pattern, peaks, sticks } = shown;
    if (store.getState().problem !== problem) return;
    const loss = lossOfPattern(problem, pattern, problem.sticks && sticks);
    store.setState({ current: { ...asked, loss, pattern, peaks }, missing: null });
  },
  failed: text => notify({ id: 'current', tone: 'error', text }),
});
