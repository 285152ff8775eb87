import type { Cell } from '../../src/crystal/cell.ts';
import type { Site } from '../../src/crystal/structure.ts';
import fixtures from '../fixtures/patterns.json' with { type: 'json' };

/** The losses that the fixtures hold. */
export type PaperLossId = 'cosine' | 'mse' | 'entropy';

interface LossCase {
  readonly loss: number;
  readonly grad: readonly number[];
}
interface CoordinateCase {
  readonly loss: number;
  readonly grad: readonly (readonly number[])[];
}
export interface PatternFixture {
  readonly structure: {
    readonly cell: readonly number[];
    readonly sites: readonly { element: string; fract: readonly number[] }[];
  };
  readonly losses: {
    readonly target_pattern_every_100: readonly number[];
    readonly target_sum: number;
    readonly strongest: readonly {
      hkl: readonly number[];
      two_theta: number;
      intensity_of_hkl_and_friedel_mate: number;
    }[];
    readonly trials: readonly ({ cell: readonly number[]; noise: number } & Record<PaperLossId, LossCase>)[];
  };
  readonly coordinates: readonly ({ fract: readonly (readonly number[])[] } & Record<
    PaperLossId,
    CoordinateCase | undefined
  >)[];
  readonly pymatgen_peaks: readonly { two_theta: number; intensity: number; d: number }[];
}

/** The ten structures with the reference values of independent programs. */
export const FIXTURES = fixtures as unknown as Readonly<Record<string, PatternFixture>>;

export const sitesOf = (fixture: PatternFixture, fract?: readonly (readonly number[])[]): Site[] =>
  fixture.structure.sites.map((site, i) => ({
    label: `${site.element}${i + 1}`,
    element: site.element,
    fract: (fract?.[i] ?? site.fract) as unknown as [number, number, number],
    occupancy: 1,
  }));

export const cellOf = (numbers: readonly number[]): Cell => numbers as unknown as Cell;
