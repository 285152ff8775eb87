import type { Structure } from '../../crystal/structure.ts';
import { reflectionConditions } from '../reflectionConditions.ts';
import { shiftOrigin, structureFactors, structureFactorsAt } from '../structureFactors.ts';
import type { PhasedReflections } from './reflectionTable.ts';
import { reflectionTable } from './reflectionTable.ts';

export interface WavesArgs {
  readonly crystal: Structure;
  /** The same sites, some of them elsewhere. */
  readonly moved: Structure['sites'];
  readonly origin: readonly [number, number, number];
  readonly dMin: number;
}

export interface Waves {
  readonly reflections: PhasedReflections;
  /** Conditions that the loaded crystal obeys, with the number of reflections that each forbids. */
  readonly conditions: readonly {
    readonly zone: string;
    readonly condition: string;
    readonly cause: string;
    readonly count: number;
    readonly example: readonly [number, number, number];
  }[];
}

/** Structure factors of a crystal and of the same one with moved atoms and another origin. */
export function wavesOf({ crystal, moved, origin, dMin }: WavesArgs): Waves {
  const factors = structureFactors(crystal, dMin);
  const other = shiftOrigin(structureFactorsAt({ cell: crystal.cell, sites: moved }, factors.hkl), origin);
  const reflections = reflectionTable(factors, other, crystal.sites);
  const conditions = reflectionConditions(factors.hkl, reflections.absent).map(
    ({ zone, condition, cause, forbidden }) => {
      const row = 3 * forbidden[0]!;
      const example = [factors.hkl[row]!, factors.hkl[row + 1]!, factors.hkl[row + 2]!] as const;
      return { zone, condition, cause, count: forbidden.length, example };
    },
  );
  return { reflections, conditions };
}
