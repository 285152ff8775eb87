import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { LossProblem } from '../../src/engine/engine.ts';
import { RecoveryEngine } from '../../src/engine/recoveryEngine.ts';
import { WorkerEngine } from '../../src/engine/workerEngine.ts';
import { reflectionsAt } from '../../src/state/explore/problem.ts';
import { computeFigure } from '../../src/state/gallery/figureJob.ts';
import type { PresetId } from '../../src/state/gallery/gallerySettings.ts';
import type { Figure } from '../../src/state/gallery/gallerySlice.ts';
import type { Preset } from '../../src/state/gallery/preset.ts';
import { presetOf } from '../../src/state/gallery/presets.ts';
import { libraryStructure } from '../support/library.ts';
import { memoryPool } from '../support/memoryWorker.ts';

/** One engine without threads for all figures of a test file. */
const { pool } = memoryPool(2);
export const engine = new WorkerEngine(pool);
const recovery = new RecoveryEngine(pool);

/** A picture of the gallery as the page computes it, on a coarse map: what is said of descents does not rest on it. */
export async function figureOf(id: PresetId, change: Partial<Preset> = {}): Promise<Figure> {
  const preset = { ...presetOf(id), resolution: 11, ...change };
  const structure = libraryStructure(preset.inputs.structureId);
  const { instrument, loss } = preset.inputs;
  const target = simulatePattern(
    scatteringModel(structure.sites, instrument, structure.cell),
    structure.cell,
  );
  const problem: LossProblem = { kind: 'loss', sites: structure.sites, instrument, loss, target };
  const targetPeaks = reflectionsAt(structure, instrument, structure.cell);
  let last: Figure | null = null;
  await computeFigure(
    preset,
    { structure, problem, targetPeaks },
    { cpu: engine, recovery, mapEngine: () => engine },
    new AbortController().signal,
    figure => {
      last = figure;
    },
  );
  return last!;
}
