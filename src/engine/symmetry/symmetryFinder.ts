import type { Structure } from '../../crystal/structure.ts';
import type { SymmetryReport } from '../../symmetry/analyseSymmetry.ts';
import type { CellChoice } from '../../symmetry/standardCells.ts';
import { WorkerBridge, type WorkerPort } from '../worker/bridge.ts';
import type { SymmetryMethods } from './protocol.ts';

let bridge: WorkerBridge<SymmetryMethods, null> | null = null;

const finder = (): WorkerBridge<SymmetryMethods, null> =>
  (bridge ??= new WorkerBridge<SymmetryMethods, null>(
    () =>
      new Worker(new URL('./symmetry.worker.ts', import.meta.url), { type: 'module' }) as WorkerPort<
        SymmetryMethods,
        null
      >,
  ));

/** Space group and Wyckoff sites of a crystal, found in a worker that starts on first use. Rejects with a sentence. */
export const findSymmetry = (
  structure: Structure,
  tolerance: number,
  signal?: AbortSignal,
): Promise<SymmetryReport> => finder().call('analyse', 0, null, { structure, tolerance }, { signal });

/** The crystal in its conventional, primitive or Niggli cell. Rejects with a sentence. */
export const changeCell = (
  structure: Structure,
  choice: CellChoice,
  tolerance: number,
  signal?: AbortSignal,
): Promise<Structure> => finder().call('inCell', 0, null, { structure, choice, tolerance }, { signal });
