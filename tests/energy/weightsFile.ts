import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Atoms } from '../../src/energy/atoms.ts';
import { elementRow } from '../../src/energy/atoms.ts';
import { readCheckpoint } from '../../src/energy/checkpoint.ts';
import { type Potential, tensorNet } from '../../src/energy/potential.ts';
import { radialFunctions } from '../../src/energy/radialFunctions.ts';
import { buildRadialTable, finish } from '../../src/energy/radialTable.ts';
import { type TensorNetWeights, tensorNetWeights } from '../../src/energy/weights.ts';

/** The weights and their reference values lie beside the repository; they are never part of it. */
const FOLDER = join(import.meta.dirname, '../../../shared/mlip');
export const WEIGHTS_FILE = join(FOLDER, 'TensorNet-MatPES-PBE-v2025.1-PES.state.pt');
export const HAVE_WEIGHTS = existsSync(WEIGHTS_FILE);
/** Words in the title of a skipped test. */
export const NEEDS = '(needs the weights in ../shared/mlip)';

export const weightsBytes = (): Uint8Array => new Uint8Array(readFileSync(WEIGHTS_FILE));

export interface FixtureCase {
  readonly name: string;
  readonly lattice: readonly (readonly number[])[];
  readonly species: readonly string[];
  readonly frac: readonly (readonly number[])[];
  readonly energy: number;
  readonly forces: readonly (readonly number[])[];
  readonly stress_GPa: readonly (readonly number[])[];
  readonly edges: number;
}
export interface Fixtures {
  readonly cases: readonly FixtureCase[];
  readonly u2ti_grid: {
    readonly b_tied_to_a: {
      readonly a: readonly number[];
      readonly c: readonly number[];
      readonly energy: readonly (readonly number[])[];
    };
  };
  readonly intermediates: {
    readonly basis: {
      readonly r: readonly number[];
      readonly rbf: readonly (readonly number[])[];
      readonly cos_cutoff: readonly number[];
    };
    readonly case: string;
  } & Readonly<
    Record<
      | 'embed_norm_first4'
      | 'X_embed_norm_first4'
      | 'X_embed_trace_first4'
      | 'X_layer0_norm_first4'
      | 'X_layer1_norm_first4'
      | 'readout_in_first4',
      readonly (readonly number[])[]
    >
  > & { readonly atom_energy_raw: readonly number[] };
}

export const fixtures = (): Fixtures =>
  JSON.parse(readFileSync(join(FOLDER, 'tensornet-fixtures.json'), 'utf8')) as Fixtures;

/** A case of the fixtures, whose lattice is given by rows. */
export const atomsOfCase = ({ lattice: [a, b, c], species, frac }: FixtureCase): Atoms => ({
  lattice: Float64Array.of(a![0]!, b![0]!, c![0]!, a![1]!, b![1]!, c![1]!, a![2]!, b![2]!, c![2]!),
  elements: Int32Array.from(species, elementRow),
  fract: Float64Array.from(frac.flat()),
});

export interface Model {
  readonly weights: TensorNetWeights;
  readonly exact: Potential;
  readonly tabled: Potential;
}

let model: Model | undefined;
/** The model of the published file, read once. */
export function publishedModel(): Model {
  if (!model) {
    const weights = tensorNetWeights(readCheckpoint(weightsBytes()));
    const table = finish(buildRadialTable(radialFunctions(weights)));
    model = { weights, exact: tensorNet(weights, null), tabled: tensorNet(weights, table) };
  }
  return model;
}
