import { catalogueEntry } from '../../src/crystal/catalogue.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { LossProblem } from '../../src/engine/engine.ts';
import { RecoveryEngine } from '../../src/engine/recoveryEngine.ts';
import { WorkerEngine } from '../../src/engine/workerEngine.ts';
import { crystalJson } from '../../src/hosting/builtInCrystals.ts';
import { parametersOf } from '../../src/model/foundParameters.ts';
import { isLatticeSlice } from '../../src/state/explore/modelChoice.ts';
import { reflectionsAt } from '../../src/state/explore/problem.ts';
import { computeFigure, modelOfFigure } from '../../src/state/gallery/figureJob.ts';
import type { PresetId } from '../../src/state/gallery/gallerySettings.ts';
import type { Figure } from '../../src/state/gallery/gallerySlice.ts';
import type { Preset } from '../../src/state/gallery/preset.ts';
import { presetOf } from '../../src/state/gallery/presets.ts';
import { operatorsOf } from '../../src/symmetry/operatorsOf.ts';
import { libraryStructure } from '../support/library.ts';
import { memoryPool } from '../support/memoryWorker.ts';
import { moyoInNode } from '../support/moyo.ts';

/** One engine without threads for all figures of a test file. */
const { pool } = memoryPool(2);
export const engine = new WorkerEngine(pool);
const recovery = new RecoveryEngine(pool);

const moyo = moyoInNode();

/** The crystal of a picture. */
export const structureOf = ({ inputs }: Preset): Structure => {
  const teaching = catalogueEntry(inputs.structureId)?.json.startsWith('teaching/');
  return teaching
    ? (JSON.parse(crystalJson(`teaching/${inputs.structureId}.cif`)) as Structure)
    : libraryStructure(inputs.structureId);
};

/** What the slice of a picture moves, as the page finds it. */
export const modelFor = ({ inputs }: Preset, structure: Structure) =>
  isLatticeSlice(inputs)
    ? null
    : modelOfFigure(
        inputs,
        structure,
        parametersOf(structure, operatorsOf(moyo, structure), inputs.instrument),
      );

/** A picture of the gallery as the page computes it, on a coarse map: what is said of descents does not rest on it. */
export async function figureOf(id: PresetId, change: Partial<Preset> = {}): Promise<Figure> {
  const preset = { ...presetOf(id), resolution: 11, ...change };
  const structure = structureOf(preset);
  const { instrument, loss } = preset.inputs;
  const target = simulatePattern(
    scatteringModel(structure.sites, instrument, structure.cell),
    structure.cell,
  );
  const model = modelFor(preset, structure);
  const problem: LossProblem = {
    ...{ kind: 'loss' as const, sites: structure.sites, instrument, loss, target },
    ...(model ? { model: { moved: model.moved, cellMoves: model.cellMoves } } : {}),
  };
  const targetPeaks = reflectionsAt(structure, instrument, structure.cell);
  let last: Figure | null = null;
  await computeFigure(
    preset,
    { structure, problem, targetPeaks, model },
    { cpu: engine, recovery, mapEngine: () => engine },
    new AbortController().signal,
    figure => {
      last = figure;
    },
  );
  return last!;
}
