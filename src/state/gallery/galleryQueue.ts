import type { Instrument } from '../../diffraction/instrument.ts';
import { isAbort, type LossProblem } from '../../engine/engine.ts';
import { pagePool } from '../../engine/pool.ts';
import { recoveryEngine } from '../../engine/recoveryEngine.ts';
import { reasonOf } from '../../num/reasonOf.ts';
import { store } from '../core/store.ts';
import { isLatticeSlice } from '../explore/modelChoice.ts';
import { targetOf } from '../explore/problem.ts';
import { sharedEngines } from '../explore/sharedEngines.ts';
import { loadStructure } from '../files/loadStructure.ts';
import { computeFigure, type FigureEngines, type FigureProblem, modelOfFigure } from './figureJob.ts';
import type { PresetId } from './gallerySettings.ts';
import { type CardState, cardOf, gallery } from './gallerySlice.ts';
import type { Preset } from './preset.ts';
import { presetOf } from './presets.ts';

/**
 * Queue of the pictures that are computed, one at a time: those that came into view last go first; one that leaves the view before
 * it is done gives up its place, keeping what it shows.
 */
let queue: readonly PresetId[] = [];
let running: { readonly id: PresetId; readonly stop: AbortController } | null = null;
/** Crystals with their target patterns, by crystal and instrument, so that workers and engines know the problem again. */
const problems = new Map<string, FigureProblem>();

const card = (id: PresetId): CardState => cardOf(store.getState(), id);
const setCard = (id: PresetId, change: Partial<CardState>): void =>
  gallery.set({ [id]: { ...card(id), ...change } });

/** Asks for pictures, in this order, before all that were asked for earlier. */
export function want(ids: readonly PresetId[]): void {
  const fresh = ids.filter(id => {
    // One whose engine has not yet noticed that it was taken back waits for its next turn.
    const runs = running?.id === id && !running.stop.signal.aborted;
    return !['done', 'failed', 'cancelled'].includes(card(id).status) && !runs;
  });
  queue = [...fresh, ...queue.filter(id => !fresh.includes(id))];
  for (const id of fresh) setCard(id, { status: 'idle', waiting: true });
  if (!running) void next();
}

/** Takes pictures back that are not done. */
export function unwant(ids: readonly PresetId[]): void {
  queue = queue.filter(id => !ids.includes(id));
  for (const id of ids) {
    if (card(id).waiting) setCard(id, { waiting: false });
    if (running?.id === id) running.stop.abort();
  }
}

/** Stops everything until pictures are asked for one by one. */
export function stopAll(): void {
  const stopped = running ? [running.id, ...queue] : queue;
  unwant(stopped);
  for (const id of stopped) setCard(id, { status: 'cancelled' });
}

/** Computes pictures that were stopped or failed after all. */
export function resume(ids: readonly PresetId[]): void {
  for (const id of ids) setCard(id, { status: 'idle', message: null });
  want(ids);
}

async function next(): Promise<void> {
  const [id, ...rest] = queue;
  if (id === undefined) return;
  queue = rest;
  const stop = new AbortController();
  running = { id, stop };
  setCard(id, { status: 'computing', waiting: false, done: 0 });
  try {
    const preset = presetOf(id);
    const given = await problemOf(preset, stop.signal);
    await computeFigure(preset, given, engines(), stop.signal, (figure, done) =>
      setCard(id, { figure, done }),
    );
    setCard(id, { status: 'done', done: 1 });
  } catch (error) {
    if (stop.signal.aborted || isAbort(error)) {
      if (card(id).status === 'computing') setCard(id, { status: 'idle' });
    } else setCard(id, { status: 'failed', message: reasonOf(error) });
  }
  running = null;
  void next();
}

const engines = (): FigureEngines => ({
  cpu: sharedEngines().cpu,
  get recovery() {
    return recoveryEngine();
  },
  mapEngine: () => sharedEngines().choose(store.getState().inputs.engine).engine,
});

async function problemOf({ inputs }: Preset, signal: AbortSignal): Promise<FigureProblem> {
  const { x, y } = inputs.slice;
  const axes = isLatticeSlice(inputs) ? null : [x, y];
  const key = JSON.stringify([inputs.structureId, inputs.instrument, axes]);
  const known = problems.get(key);
  if (known) return known;
  const structure = await loadStructure(inputs.structureId, signal);
  const instrument: Instrument = inputs.instrument;
  const { target, peaks } = targetOf(structure, instrument);
  const model = isLatticeSlice(inputs)
    ? null
    : modelOfFigure(
        inputs,
        structure,
        await pagePool().call('symmetry', 'parameters', null, { structure, instrument }, { signal }),
      );
  const problem: LossProblem = {
    kind: 'loss',
    sites: structure.sites,
    instrument,
    loss: inputs.loss,
    target,
    ...(model ? { model: { moved: model.moved, cellMoves: model.cellMoves } } : {}),
  };
  const found = { structure, problem, targetPeaks: peaks, model };
  problems.set(key, found);
  return found;
}
