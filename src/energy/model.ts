import { readCheckpoint } from './checkpoint.ts';
import { CheckpointError } from './checkpointError.ts';
import { type Potential, tensorNet } from './potential.ts';
import { radialFunctions } from './radialFunctions.ts';
import { buildRadialTable } from './radialTable.ts';
import { type SelfCheck, selfTest, selfTestProblem } from './selfTest.ts';
import { tensorNetWeights } from './weights.ts';

/** The published file: where it is pinned, and what its bytes hash to. */
export const PUBLISHED = {
  name: 'TensorNet-MatPES-PBE-v2025.1-PES',
  file: 'state.pt',
  sha256: 'd2dfa51a65d23a47fd935eb0628177d2a1088584562091ef3350ce3a002fce6a',
  bytes: 3_403_519,
  commit: 'e9cde229',
  licence: 'BSD-3-Clause, Copyright 2022 Materials Virtual Lab',
} as const;

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
