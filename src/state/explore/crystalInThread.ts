import { type Cell, sameCell } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import type { CrystalPattern } from '../../diffraction/crystalPattern.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import type { Drawn } from '../../engine/methods/evaluate.ts';
import { sharedEngines } from './sharedEngines.ts';

/** The crystal last asked about, by which a thread knows its reflections again, and its first pattern: the true one. */
let last: { readonly drawn: Drawn; first?: { readonly cell: Cell; readonly shown: CrystalPattern } } | null =
  null;

/** Everything that is drawn of a crystal at a cell, by a thread. */
export async function crystalInThread(
  sites: readonly Site[],
  instrument: Instrument,
  cell: Cell,
  signal?: AbortSignal,
): Promise<CrystalPattern> {
  if (last?.drawn.sites !== sites || last.drawn.instrument !== instrument)
    last = { drawn: { sites, instrument } };
  const known = last;
  if (known.first && sameCell(known.first.cell, cell)) return known.first.shown;
  const shown = await sharedEngines().cpu.crystal(known.drawn, cell, signal);
  known.first ??= { cell, shown };
  return shown;
}
