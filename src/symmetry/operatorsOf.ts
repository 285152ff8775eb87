import type { Structure } from '../crystal/structure.ts';
import type { SymmetryOperator } from '../crystal/symmetry.ts';
import { transpose } from '../num/matrix3.ts';
import { DEFAULT_TOLERANCE, datasetOf, moyoInput } from './analyseSymmetry.ts';
import type { Moyo } from './moyo.ts';

/**
 * The symmetry operators of a crystal in the cell as it is given, centring translations included, to within the tolerance
 * (angstrom). Throws Error with a sentence, see datasetOf.
 */
export const operatorsOf = (
  moyo: Moyo,
  structure: Structure,
  tolerance = DEFAULT_TOLERANCE,
): SymmetryOperator[] =>
  datasetOf(moyo, moyoInput(structure), tolerance).operations.map(({ rotation, translation }) => ({
    // moyo writes them column by column
    rotation: Array.from(transpose(rotation)),
    translation,
  }));
