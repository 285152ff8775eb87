import type { Structure } from '../crystal/structure.ts';
import type { SymmetryReport } from '../symmetry/analyseSymmetry.ts';
import type { CellChoice } from '../symmetry/standardCells.ts';
import { pagePool } from './pool.ts';

/** Space group and Wyckoff sites of a crystal. Rejects with a sentence. */
export const findSymmetry = (
  structure: Structure,
  tolerance: number,
  signal?: AbortSignal,
): Promise<SymmetryReport> =>
  pagePool().call('symmetry', 'analyse', null, { structure, tolerance }, { signal, solid: true });

/** The crystal in its conventional, primitive or Niggli cell. Rejects with a sentence. */
export const changeCell = (
  structure: Structure,
  choice: CellChoice,
  tolerance: number,
  signal?: AbortSignal,
): Promise<Structure> =>
  pagePool().call('symmetry', 'inCell', null, { structure, tolerance, choice }, { signal, solid: true });
