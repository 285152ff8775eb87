import type { Structure } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { symmetricRows, symmetriser } from '../../model/freeCoordinates.ts';
import { fixedSites, modelParameters } from '../../model/modelParameters.ts';
import type { ModelParameter, Symmetriser } from '../../model/parameter.ts';
import { analyseSymmetry, type SymmetryReport } from '../../symmetry/analyseSymmetry.ts';
import type { Moyo } from '../../symmetry/moyo.ts';
import { operatorsOf } from '../../symmetry/operatorsOf.ts';
import { type CellChoice, crystalInCell } from '../../symmetry/standardCells.ts';

/** Tolerances in angstrom. */
export const METHODS = {
  analyse: async (
    _: null,
    { structure, tolerance }: { structure: Structure; tolerance: number },
  ): Promise<SymmetryReport> => analyseSymmetry(await loadMoyo(), structure, tolerance),
  parameters: async (
    _: null,
    { structure, instrument }: { structure: Structure; instrument: Instrument },
  ): Promise<FoundParameters> => parametersOf(await loadMoyo(), structure, instrument),
  inCell: async (
    _: null,
    { structure, tolerance, choice }: { structure: Structure; tolerance: number; choice: CellChoice },
  ): Promise<Structure> => crystalInCell(await loadMoyo(), structure, choice, tolerance),
};

/** Everything that can be moved of a crystal, and what its symmetry makes of its atoms. */
export interface FoundParameters {
  readonly list: readonly ModelParameter[];
  /** Why some sites have none, a sentence each. */
  readonly fixed: readonly string[];
  /** Of the parameters of atoms alone, in the order of the list. */
  readonly symmetric: Symmetriser;
}

function parametersOf(moyo: Moyo, structure: Structure, instrument: Instrument): FoundParameters {
  const { sites } = structure;
  const operators = operatorsOf(moyo, structure);
  const list = modelParameters(structure, operators, instrument);
  const atoms = list.filter(({ group }) => group === 'atom');
  return {
    list,
    fixed: fixedSites(structure, operators).map(({ reason }) => `${reason}.`),
    symmetric: symmetricRows(symmetriser(operators, structure), sites, atoms),
  };
}

let loading: Promise<Moyo> | null = null;

/**
 * Loads @spglib/moyo-wasm (275 kB gzipped) on first use, from the own origin; the page's policy has to allow
 * 'wasm-unsafe-eval'. Rejects with a sentence, and is tried anew on the next call.
 */
function loadMoyo(): Promise<Moyo> {
  loading ??= (async (): Promise<Moyo> => {
    const [module, { default: url }] = await Promise.all([
      import('@spglib/moyo-wasm'),
      import('@spglib/moyo-wasm/moyo_wasm_bg.wasm?url'),
    ]);
    await module.default({ module_or_path: url });
    return module;
  })().catch((error: unknown) => {
    loading = null;
    throw new Error(
      `The symmetry finder could not be loaded: ${error instanceof Error ? error.message : error}`,
    );
  });
  return loading;
}
