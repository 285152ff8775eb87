import type { DensityGrid } from '../densityGrid.ts';
import type { Isosurface } from '../isosurface.ts';
import { isosurface } from '../isosurface.ts';
import type { StructureFactors } from '../structureFactors.ts';
import type { SectionPicture } from './sectionPicture.ts';
import { type SectionRequest, sectionPicture } from './sectionPicture.ts';

export interface DensityMap {
  readonly section: SectionPicture;
  readonly surface: Isosurface | null;
  /** Of the isosurface, electrons per cubic angstrom. */
  readonly level: number;
  /** Over the cell, electrons per cubic angstrom. */
  readonly highest: number;
  readonly lowest: number;
}

export function extremes(values: Float64Array): { highest: number; lowest: number } {
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > highest) highest = values[i]!;
    if (values[i]! < lowest) lowest = values[i]!;
  }
  return { highest, lowest };
}

/** A map as it is shown: section with contours every `spacing`, and the surface at `level` unless that is null. */
export function densityMap(
  grid: DensityGrid,
  factors: StructureFactors,
  section: SectionRequest,
  spacing: number,
  level: number | null,
): DensityMap {
  return {
    section: sectionPicture(factors, section, spacing),
    surface: level === null ? null : isosurface(grid, level),
    level: level ?? Number.NaN,
    ...extremes(grid.values),
  };
}
