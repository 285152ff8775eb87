import { type Cell, sameCell } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import { type CellReflections, reflectionsOf } from '../../diffraction/crystalPattern.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import {
  covers,
  peaksAt,
  type ScatteringModel,
  scatteringModel,
  simulatePattern,
  sticksOf,
} from '../../diffraction/pattern.ts';
import type { Sticks } from '../../losses/loss.ts';
import { sameInstrument } from '../../peakspace/verdict.ts';

/** Stretch that a cell may have before the reflection list is drawn up again; 1.3 covers most slices of ±10 %. */
const STRETCH = 1.3;

/** The crystal as the forward model sees it. */
type Sites = Pick<Structure, 'sites'>;

interface Cached extends Sites {
  readonly model: ScatteringModel;
  /** The dense pattern made of it last. */
  dense: { readonly cell: Cell; readonly pattern: Float64Array } | null;
}
let cached: Cached | null = null;

/** Peaks of other widths are the same reflections. */
const sameReflections = (p: Instrument, q: Instrument): boolean =>
  sameInstrument({ ...p, u: q.u, v: q.v, w: q.w }, q);

function modelAt({ sites }: Sites, instrument: Instrument, cell: Cell): Cached {
  const last = cached?.sites === sites && covers(cached.model, cell) ? cached.model : null;
  if (cached && last?.instrument === instrument) return cached;
  const model =
    last && sameReflections(last.instrument, instrument)
      ? { ...last, instrument }
      : scatteringModel(sites, instrument, cell, STRETCH);
  cached = { sites, model, dense: null };
  return cached;
}

/** Reflections inside the window at a cell. */
export function reflectionsAt(crystal: Sites, instrument: Instrument, cell: Cell): CellReflections {
  const { model } = modelAt(crystal, instrument, cell);
  return reflectionsOf(model, peaksAt(model, cell));
}

/** Peaks inside the window at a cell, of every line of the radiation. */
export function sticksAt(crystal: Sites, instrument: Instrument, cell: Cell): Sticks {
  return sticksOf(peaksAt(modelAt(crystal, instrument, cell).model, cell));
}

/** The pattern at a cell by the dense reference [binCount]; the last one is kept, since the target is the true crystal's. */
export function densePatternAt(crystal: Sites, instrument: Instrument, cell: Cell): Float64Array {
  const known = modelAt(crystal, instrument, cell);
  if (!known.dense || !sameCell(known.dense.cell, cell))
    known.dense = { cell, pattern: simulatePattern(known.model, cell) };
  return known.dense.pattern;
}

/** Pattern and reflections of the true crystal, float64. */
export function targetOf(
  structure: Structure,
  instrument: Instrument,
): { target: Float64Array; peaks: CellReflections; sticks: Sticks } {
  return {
    target: densePatternAt(structure, instrument, structure.cell),
    peaks: reflectionsAt(structure, instrument, structure.cell),
    sticks: sticksAt(structure, instrument, structure.cell),
  };
}
