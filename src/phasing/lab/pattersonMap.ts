import type { Structure } from '../../crystal/structure.ts';
import { gridShape } from '../densityGrid.ts';
import { interatomicVectors } from '../interatomicVectors.ts';
import { pattersonFactors } from '../patterson.ts';
import { structureFactors } from '../structureFactors.ts';
import { densityAt, synthesise } from '../synthesis.ts';
import type { DensityMap, SectionRequest } from './densityMap.ts';
import { densityMap, extremes, roundSpacing } from './densityMap.ts';

export interface PattersonArgs {
  readonly crystal: Structure;
  readonly dMin: number;
  readonly sharpen: boolean;
  readonly removeOrigin: boolean;
  readonly damping: number;
  readonly section: SectionRequest;
  readonly level: number | null;
}

export interface PattersonMap {
  readonly map: DensityMap;
  readonly spacing: number;
  readonly reflections: number;
  /** Interatomic vectors, heaviest first, with the map at their ends. */
  readonly vectors: readonly {
    readonly vector: readonly [number, number, number];
    readonly weight: number;
    readonly pairs: number;
    readonly elements: string;
    readonly length: number;
    readonly height: number;
  }[];
  readonly vectorCount: number;
  /** At u = 0. */
  readonly origin: number;
}

/** Vectors whose place in the map is looked up and listed; a large cell has thousands. */
const LISTED = 200;

/** The Patterson map of |F|², and what the vectors between the true atoms find there. */
export function pattersonOf(args: PattersonArgs): PattersonMap {
  const { crystal, dMin, sharpen, removeOrigin, damping, section, level } = args;
  const factors = structureFactors(crystal, dMin);
  if (factors.re.length === 0)
    throw new Error(`no reflection of this crystal has a spacing of ${dMin} Å or more`);
  const options = { sharpen, removeOrigin, damping: sharpen ? damping : 0 };
  const patterson = pattersonFactors(factors, crystal, options);
  const grid = synthesise(patterson, gridShape(crystal.cell, dMin));
  const found = interatomicVectors(crystal);
  const vectors = found.slice(0, LISTED).map(({ vector, weight, pairs, length }) => ({
    vector,
    weight,
    pairs: pairs.length,
    elements: elementsOf(pairs, crystal.sites),
    length,
    height: densityAt(patterson, vector),
  }));
  const { highest } = extremes(grid.values);
  // The origin peak towers over the rest: lines count from the highest vector.
  const off = Math.max(...vectors.map(({ height }) => height), 0);
  const spacing = roundSpacing(off > 0 ? off : highest);
  return {
    map: densityMap(grid, patterson, section, spacing, level === null ? null : level * highest),
    spacing,
    reflections: factors.re.length,
    vectors,
    vectorCount: found.length,
    origin: densityAt(patterson, [0, 0, 0]),
  };
}

/** "Ti–O, O–O": kinds of pairs that share a vector. */
function elementsOf(
  pairs: readonly (readonly [number, number])[],
  sites: PattersonArgs['crystal']['sites'],
): string {
  const kinds = pairs.map(([i, j]) => [sites[i]!.element, sites[j]!.element].sort().join('–'));
  return [...new Set(kinds)].join(', ');
}
