import type { Oblique } from '../../diffraction/mergedReflections.ts';
import type { Batch } from './batch.ts';
import type { Device } from './device.ts';
import type { ListTextures } from './listTextures.ts';
import { BatchSize } from './pace.ts';
import type { ProblemTextures } from './problemTextures.ts';

const paces = new Map<string, BatchSize>();
function paceOf(kind: string): BatchSize {
  const pace = paces.get(kind) ?? new BatchSize();
  paces.set(kind, pace);
  return pace;
}

/** Wall time of some work, ms. */
function timed<R>(work: () => R): { readonly value: R; readonly ms: number } {
  const start = performance.now();
  const value = work();
  return { value, ms: performance.now() - start };
}

/** Contents of a drawing, and its way. */
export interface Drawing<R> {
  /** Batches of a kind share their programs and their pace. */
  readonly kind: string;
  /** Overlaps of pairs of peaks may stand in for the pattern. */
  readonly drawsLosses: boolean;
  readonly draw: (batch: Batch) => R;
}

/** Place of the drawing of some cells. */
interface Place {
  readonly gpu: Device;
  readonly textures: ProblemTextures;
  readonly oblique: Oblique;
  readonly widest: number;
  /** Cells at once; left out, as many as the pace allows. */
  readonly batch?: number | undefined;
  /** The last batch of a list is no larger than its cells need, to a power of two. */
  readonly fitted?: boolean;
}

/** Draws some cells, list by list and batch by batch; `report` gets each result and the positions of its cells. */
export async function drawAll<R>(
  { kind, drawsLosses, draw }: Drawing<R>,
  { gpu, textures, oblique, widest, batch: fixed, fitted }: Place,
  cells: readonly Float64Array[],
  breathe: () => Promise<void>,
  report: (result: R, members: readonly number[], list: ListTextures) => void,
): Promise<void> {
  for (const { list, members } of textures.listsFor(cells)) {
    const merged = textures.mergedFor(list, oblique);
    const pairs = drawsLosses ? textures.pairUnits(merged) : null;
    const units = pairs ?? merged.rows.count * textures.bins;
    const pace = paceOf(`${kind} by ${pairs ? 'pairs' : 'pattern'}`);
    const most = Math.floor(
      widest / Math.max(textures.quarters.fold, list.rows.layout.fold, merged.rows.layout.fold),
    );
    const batchOf = (chosen: readonly Float64Array[], rows: number): Batch => ({
      device: gpu,
      textures,
      list,
      merged,
      byPairs: pairs !== null,
      cells: chosen,
      rows,
    });
    if (!pace.knowsOverhead) {
      // Without cells: once to compile, once to know what a batch costs besides its draws.
      gpu.within(() => draw(batchOf([], 1)));
      pace.setOverhead(timed(() => gpu.within(() => draw(batchOf([], 1)))).ms);
    }
    for (let first = 0; first < members.length; ) {
      const paced = Math.min(fixed ?? pace.next(units, most), most);
      const left = members.length - first;
      const rows = fitted ? Math.min(paced, 2 ** Math.ceil(Math.log2(left))) : paced;
      const chosen = members.slice(first, first + rows);
      first += chosen.length;
      const batch = batchOf(
        chosen.map(i => cells[i]!),
        rows,
      );
      const { value, ms } = timed(() => gpu.within(() => draw(batch)));
      report(value, chosen, list);
      if (chosen.length === paced) pace.learn(rows, units, ms);
      await breathe();
    }
  }
}
