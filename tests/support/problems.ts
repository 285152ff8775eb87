import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { LossProblem } from '../../src/engine/engine.ts';
import type { LossId } from '../../src/losses/loss.ts';
import { COARSE } from './instruments.ts';
import { libraryStructure } from './library.ts';

/** A crystal of the library on the coarse grid, against its own pattern. */
export function libraryProblem(id: string, loss: LossId = 'cosine'): LossProblem {
  const { sites, cell } = libraryStructure(id);
  const target = simulatePattern(scatteringModel(sites, COARSE, cell), cell);
  return { kind: 'loss', sites, instrument: COARSE, loss, target };
}
