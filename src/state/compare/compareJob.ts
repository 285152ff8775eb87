import { catalogueEntry } from '../../crystal/catalogue.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { binCount } from '../../diffraction/instrument.ts';
import { mergePeaks } from '../../diffraction/mergePeaks.ts';
import type { Points } from '../../diffraction/resample.ts';
import { isAbort } from '../../engine/engine.ts';
import { pagePool } from '../../engine/pool.ts';
import { follow } from '../core/follow.ts';
import { Latest } from '../core/latest.ts';
import { crystalOf } from '../crystals.ts';
import { isOwnPattern } from '../own/sourceIds.ts';
import { store } from '../store.ts';
import { entryCell, entryInstrument, entryKey } from './compareEntry.ts';
import type { CompareEntry } from './compareSettings.ts';
import { type CompareCurve, compareStore } from './compareStore.ts';
import { measuredCurve } from './measuredCurve.ts';

/** Computed patterns that are kept, so that undo and the sets come back at once. */
const KEPT = 48;

/** Keeps the patterns and their similarities up to date with the inputs while the page is shown. */
export function startCompare(): () => void {
  const latest = new Latest();
  const stopCurves = follow(
    state => [state.inputs.compare.entries, state.inputs.instrument],
    ([entries, instrument]) => {
      void refresh(entries, instrument, latest.next());
    },
  );
  const table = new Latest();
  const update = (): void => updateSimilarities(table);
  const stopTable = compareStore.subscribe((now, before) => {
    if (now.curves !== before.curves) update();
  });
  const stopOver = follow(
    state => [state.inputs.compare.over, state.inputs.lossWidth],
    () => update(),
  );
  return () => {
    stopCurves();
    stopTable();
    stopOver();
    latest.cancel();
    table.cancel();
  };
}

const put = (key: string, value: CompareCurve | string | null): void => {
  const curves = new Map(compareStore.getState().curves);
  curves.set(key, value);
  compareStore.setState({ curves });
};

async function refresh(
  entries: readonly CompareEntry[],
  instrument: Instrument,
  signal: AbortSignal,
): Promise<void> {
  const wanted = new Map(entries.map(entry => [entryKey(entry, instrument), entry]));
  const { curves } = compareStore.getState();
  const kept = [...curves].filter(([key, value]) => wanted.has(key) || (value && typeof value !== 'string'));
  const old = kept.filter(([key]) => !wanted.has(key)).slice(-(KEPT - wanted.size));
  compareStore.setState({
    curves: new Map([...old, ...[...wanted.keys()].map(key => [key, readyCurve(curves.get(key))] as const)]),
  });
  for (const [key, entry] of wanted) {
    if (signal.aborted) return;
    if (compareStore.getState().curves.get(key)) continue;
    try {
      const curve = await curveOf(key, entry, instrument, signal);
      if (!signal.aborted) put(key, curve);
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      put(key, (error as Error).message);
    }
  }
}

/** What failed is tried again; what is there stays. */
const readyCurve = (value: CompareCurve | string | null | undefined): CompareCurve | null =>
  value && typeof value !== 'string' ? value : null;

async function curveOf(
  key: string,
  entry: CompareEntry,
  base: Instrument,
  signal: AbortSignal,
): Promise<CompareCurve> {
  if (isOwnPattern(entry.source)) return measuredCurve(key, entry.source, base);
  const structure = await crystalOf(entry.source);
  const instrument = entryInstrument(entry, base);
  const cell = entryCell(entry, structure.cell);
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
function widthOver(over: 'twoTheta' | 'q', width: number, curve: CompareCurve): number {
  if (over === 'twoTheta') return width;
  const q = momentumOf(curve);
  return (width * (q.at(-1)! - q[0]!)) / (curve.twoTheta.at(-1)! - curve.twoTheta[0]!);
}

/** Once all patterns are there: all against all. */
function updateSimilarities(latest: Latest): void {
  const { inputs } = store.getState();
  const { over, entries } = inputs.compare;
  const { lossWidth } = inputs;
  const keys = entries.map(entry => entryKey(entry, inputs.instrument));
  const { curves, similarities } = compareStore.getState();
  const ready = keys.map(key => curves.get(key) ?? null);
  if (ready.some(curve => curve === null)) return;
  const there = ready.filter(curve => curve !== null && typeof curve !== 'string');
  const names = there.map(curve => curve.key);
  if (
    similarities?.over === over &&
    similarities.lossWidth === lossWidth &&
    similarities.keys.join() === names.join()
  )
    return;
  const signal = latest.next();
  const start = { keys: names, over, lossWidth, table: null, done: 0, failure: null };
  compareStore.setState({ similarities: start });
  if (there.length < 2) return;
  pagePool()
    .call(
      'compare',
      'similarities',
      null,
      { curves: there.map(curve => pointsOf(curve, over)), width: widthOver(over, lossWidth, there[0]!) },
      {
        signal,
        onProgress: done => {
          if (!signal.aborted) compareStore.setState({ similarities: { ...start, done } });
        },
      },
    )
    .then(
      table => {
        if (!signal.aborted)
          compareStore.setState({ similarities: { ...start, table, done: names.length ** 2 } });
      },
      error => {
        if (signal.aborted || isAbort(error)) return;
        compareStore.setState({ similarities: { ...start, failure: (error as Error).message } });
      },
    );
}
