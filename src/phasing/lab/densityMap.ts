import { type Isoline, isolines, roundStep } from '../../num/isolines.ts';
import type { DensityGrid } from '../densityGrid.ts';
import { type Isosurface, isosurface } from '../isosurface.ts';
import { type SectionAxis, sectionPlane } from '../sectionPlane.ts';
import type { StructureFactors } from '../structureFactors.ts';
import { densitySection } from '../synthesis.ts';

export interface SectionRequest {
  readonly axis: SectionAxis;
  readonly height: number;
  /** Points along the longer edge. */
  readonly points: number;
}

/** A section with its contour lines, everything that a picture needs. */
export interface SectionPicture {
  readonly nu: number;
  readonly nv: number;
  /** [nv * nu], row j from below. */
  readonly values: Float64Array;
  /** Lines at whole multiples of the spacing, positive and negative, without the zero line; grid units. */
  readonly lines: readonly (Isoline & { readonly level: number })[];
  readonly spacing: number;
  readonly highest: number;
  readonly lowest: number;
}

/** More lines than this on either side of zero merge into black. */
const MOST_LEVELS = 30;

export function sectionPicture(
  factors: StructureFactors,
  { axis, height, points }: SectionRequest,
  spacing: number,
): SectionPicture {
  const plane = sectionPlane(factors.cell, axis, height, points);
  const values = densitySection(factors, plane);
  const { highest, lowest } = extremes(values);
  const lines: SectionPicture['lines'][number][] = [];
  for (let n = 1; n <= MOST_LEVELS; n++)
    for (const level of [n * spacing, -n * spacing])
      if (level < highest && level > lowest)
        for (const line of isolines(values, plane.nu, plane.nv, level)) lines.push({ ...line, level });
  return { nu: plane.nu, nv: plane.nv, values, lines, spacing, highest, lowest };
}

/** A round number near a sixteenth of the highest point: 1, 2 or 5 times a power of ten. */
export const roundSpacing = (highest: number): number => roundStep(Math.max(highest, 1e-9) / 16);

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
