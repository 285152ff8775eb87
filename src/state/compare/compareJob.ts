import { catalogueEntry } from '../../crystal/catalogue.ts';
import { findPeaks } from '../../diffraction/findPeaks.ts';
import { binCount, type Instrument } from '../../diffraction/instrument.ts';
import { mergePeaks } from '../../diffraction/mergePeaks.ts';
import type { Points } from '../../diffraction/resample.ts';
import { isAbort } from '../../engine/engine.ts';
import { pagePool } from '../../engine/pool.ts';
import { isUserPattern } from '../../formats/userIds.ts';
import type { LossWidths } from '../../losses/loss.ts';
import { reasonOf } from '../../num/reasonOf.ts';
import { job } from '../core/job.ts';
import { IDLE } from '../core/progress.ts';
import type { State } from '../core/store.ts';
import { lossWidthsOf } from '../explore/selectors.ts';
import { costSentence, estimate } from '../files/cost.ts';
import { crystalOf } from '../files/loadStructure.ts';
import { userPattern } from '../files/userFiles.ts';
import { entryCell, entryInstrument, entryKey } from './compareEntry.ts';
import type { CompareEntry } from './compareSettings.ts';
import { type CompareCurve, compare } from './compareSlice.ts';

/** Computed patterns that are kept, so that undo and the sets come back at once. */
const MOST_CACHED = 48;

/** Keeps the patterns and their similarities up to date with the inputs while the page is shown. */
export function startCompare(): () => void {
  const stops = [curvesJob.follow(), similaritiesJob.follow()];
  return () => {
    for (const stop of stops) stop();
  };
}

const put = (key: string, value: CompareCurve | string | null): void =>
  compare.set(({ curves }) => ({ curves: new Map(curves).set(key, value) }));

/** One pattern after the other; a failure is told in its place. */
const curvesJob = job({
  select: state => [state.inputs.compare.entries, state.inputs.instrument],
  args: ({ inputs }) => ({ entries: inputs.compare.entries, instrument: inputs.instrument }),
  async run({ entries, instrument }, { signal }) {
    const wanted = new Map(entries.map(entry => [entryKey(entry, instrument), entry]));
    const { curves } = compare.get();
    const cached = [...curves].filter(([key, value]) => wanted.has(key) || readyCurve(value));
    const old = cached.filter(([key]) => !wanted.has(key)).slice(-(MOST_CACHED - wanted.size));
    compare.set({
      curves: new Map([
        ...old,
        ...[...wanted.keys()].map(key => [key, readyCurve(curves.get(key))] as const),
      ]),
    });
    for (const [key, entry] of wanted) {
      if (compare.get().curves.get(key)) continue;
      let curve: CompareCurve | string;
      try {
        curve = await curveOf(key, entry, instrument, signal);
      } catch (error) {
        if (isAbort(error)) throw error;
        curve = reasonOf(error);
      }
      signal.throwIfAborted();
      put(key, curve);
    }
  },
});

/** Tries again what failed; what is there stays. */
const readyCurve = (value: CompareCurve | string | null | undefined): CompareCurve | null =>
  value && typeof value !== 'string' ? value : null;

async function curveOf(
  key: string,
  entry: CompareEntry,
  base: Instrument,
  signal: AbortSignal,
): Promise<CompareCurve> {
  if (isUserPattern(entry.source)) return measuredCurve(key, entry.source, base);
  const structure = await crystalOf(entry.source);
  const instrument = entryInstrument(entry, base);
  const cell = entryCell(entry, structure.cell);
  const { bearable, cost } = await estimate({ cell, sites: structure.sites }, instrument, entry.source);
  if (!bearable) throw new Error(costSentence(cost));
  const { values, table } = await pagePool().call(
    'compare',
    'simulate',
    null,
    { sites: structure.sites, cell, instrument },
    { signal, urgency: 'pointer' },
  );
  const highest = values.reduce((most, value) => Math.max(most, value), 0);
  if (!(highest > 0))
    throw new Error(
      `no reflection in ${instrument.twoThetaMin}°–${instrument.twoThetaMax}° at ${instrument.wavelength} Å`,
    );
  const { twoThetaMin, step } = instrument;
  return {
    key,
    name: catalogueEntry(entry.source)?.name ?? structure.formula,
    formula: structure.formula,
    spaceGroup: structure.spaceGroup.symbol,
    family: structure.family,
    cell,
    instrument,
    twoTheta: Float64Array.from({ length: binCount(instrument) }, (_, i) => twoThetaMin + i * step),
    values,
    highest,
    table,
    peaks: mergePeaks(table, structure.family),
    measured: false,
  };
}

/** Q = 4π sinθ/λ of every point, inverse angstrom. */
const momentumOf = ({ twoTheta, instrument }: CompareCurve): Float64Array =>
  twoTheta.map(angle => (4 * Math.PI * Math.sin((angle * Math.PI) / 360)) / instrument.wavelength);

const pointsOf = (curve: CompareCurve, over: 'twoTheta' | 'q'): Points => ({
  x: over === 'q' ? momentumOf(curve) : curve.twoTheta,
  y: curve.values,
});

/** Degrees of 2θ, or as much of Q as they are of the whole window. */
function widthsOver(over: 'twoTheta' | 'q', widths: LossWidths, curve: CompareCurve): LossWidths {
  if (over === 'twoTheta') return widths;
  const q = momentumOf(curve);
  const scale = (q.at(-1)! - q[0]!) / (curve.twoTheta.at(-1)! - curve.twoTheta[0]!);
  return { width: scale * widths.width, alpha: scale * widths.alpha };
}

/** The patterns to compare and how; null until all of them are there. */
function askedTables({ inputs, compare: { curves } }: State) {
  const { over, entries } = inputs.compare;
  const ready = entries.map(entry => curves.get(entryKey(entry, inputs.instrument)) ?? null);
  if (ready.some(curve => curve === null)) return null;
  const there = ready.filter(curve => curve !== null && typeof curve !== 'string');
  const widths = lossWidthsOf(inputs);
  return { over, widths, there, keys: there.map(curve => curve.key), of: JSON.stringify([over, widths]) };
}

/** Once all patterns are there: all against all. */
const similaritiesJob = job({
  select(state) {
    const asked = askedTables(state);
    return [asked && `${asked.of} ${asked.keys.join()}`];
  },
  args(state) {
    const asked = askedTables(state);
    const now = state.compare.similarities;
    const known = now?.table && now.of === asked?.of && now.keys.join() === asked.keys.join();
    return known ? null : asked;
  },
  async run({ over, widths, there, keys, of }, { signal, report }) {
    compare.set({ similarities: { ...IDLE, keys, of, table: null } });
    report({ total: keys.length ** 2 });
    if (there.length < 2) return;
    const curves = there.map(curve => pointsOf(curve, over));
    const table = await pagePool().call(
      'compare',
      'similarities',
      null,
      { curves, widths: widthsOver(over, widths, there[0]!) },
      { signal, onProgress: done => report({ done }) },
    );
    signal.throwIfAborted();
    compare.set(({ similarities }) => ({ similarities: similarities && { ...similarities, table } }));
  },
  into: progress =>
    compare.set(({ similarities }) => ({ similarities: similarities && { ...similarities, ...progress } })),
});

/** A measured pattern as it is in its file, its maxima as peaks. */
async function measuredCurve(key: string, id: string, base: Instrument): Promise<CompareCurve> {
  const { name, twoTheta, intensity, wavelength } = await userPattern(id);
  const n = twoTheta.length;
  const highest = intensity.reduce((most, value) => Math.max(most, value), 0);
  if (!(highest > 0)) throw new Error('no intensity above 0');
  return {
    key,
    name,
    formula: name,
    spaceGroup: null,
    family: 'triclinic',
    cell: null,
    instrument: {
      ...base,
      wavelength: wavelength.alpha1,
      twoThetaMin: twoTheta[0]!,
      twoThetaMax: twoTheta[n - 1]!,
      step: (twoTheta[n - 1]! - twoTheta[0]!) / (n - 1),
    },
    twoTheta,
    values: intensity,
    highest,
    table: null,
    peaks: findPeaks(twoTheta, intensity).map(peak => ({ ...peak, rows: [], forms: [] })),
    measured: true,
  };
}
