import type { Structure } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { type FoundParameters, parametersOf } from '../../model/foundParameters.ts';
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
  ): Promise<FoundParameters> =>
    parametersOf(structure, operatorsOf(await loadMoyo(), structure), instrument),
  inCell: async (
    _: null,
    { structure, tolerance, choice }: { structure: Structure; tolerance: number; choice: CellChoice },
  ): Promise<Structure> => crystalInCell(await loadMoyo(), structure, choice, tolerance),
};

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
