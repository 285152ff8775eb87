import { readCheckpoint } from './checkpoint.ts';
import { CheckpointError } from './checkpointError.ts';
import { type Potential, tensorNet } from './potential.ts';
import { radialFunctions } from './radialFunctions.ts';
import { buildRadialTable } from './radialTable.ts';
import { type SelfCheck, selfTest, selfTestProblem } from './selfTest.ts';
import { tensorNetWeights } from './weights.ts';

export interface LoadedModel {
  readonly potential: Potential;
  readonly checks: readonly SelfCheck[];
}

/**
 * From the bytes of the file to a potential that passed its self-test, pausing while the table is built.
 * @param tested it passed elsewhere, and is not tested again
 * @throws CheckpointError with a sentence for the user
 */
export function* loadModel(bytes: Uint8Array, tested = false): Generator<number, LoadedModel> {
  const weights = tensorNetWeights(readCheckpoint(bytes));
  const table = yield* buildRadialTable(radialFunctions(weights));
  const potential = tensorNet(weights, table);
  if (tested) return { potential, checks: [] };
  const checks = selfTest(potential, tensorNet(weights, null));
  const problem = selfTestProblem(checks);
  if (problem) throw new CheckpointError(problem);
  return { potential, checks };
}
