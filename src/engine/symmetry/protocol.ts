import type { Structure } from '../../crystal/structure.ts';
import type { SymmetryReport } from '../../symmetry/analyseSymmetry.ts';
import type { CellChoice } from '../../symmetry/standardCells.ts';

/** What the symmetry worker can do. Tolerances in angstrom. */
export interface SymmetryMethods {
  analyse: { args: { structure: Structure; tolerance: number }; progress: never; result: SymmetryReport };
  inCell: {
    args: { structure: Structure; tolerance: number; choice: CellChoice };
    progress: never;
    result: Structure;
  };
}
