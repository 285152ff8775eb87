import type { SymmetryOperator } from '../crystal/symmetry.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { type Placed, symmetricRows, symmetriser } from './freeCoordinates.ts';
import { fixedSites, modelParameters } from './modelParameters.ts';
import type { ModelParameter, Symmetriser } from './parameter.ts';

/** Everything that can be moved of a crystal, and what its symmetry makes of its atoms. Plain data. */
export interface FoundParameters {
  readonly list: readonly ModelParameter[];
  /** Why some sites have none, a sentence each. */
  readonly fixed: readonly string[];
  /** Of the parameters of atoms alone, in the order of the list. */
  readonly symmetric: Symmetriser;
  /** Of the cell as given. */
  readonly operators: readonly SymmetryOperator[];
}

export function parametersOf(
  structure: Placed,
  operators: readonly SymmetryOperator[],
  instrument: Instrument,
): FoundParameters {
  const list = modelParameters(structure, operators, instrument);
  const atoms = list.filter(({ group }) => group === 'atom');
  return {
    list,
    fixed: fixedSites(structure, operators).map(({ reason }) => `${reason}.`),
    symmetric: symmetricRows(symmetriser(operators, structure), structure.sites, atoms),
    operators,
  };
}
