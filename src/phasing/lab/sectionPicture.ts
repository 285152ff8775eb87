import { type Isoline, isolines, roundStep } from '../../num/isolines.ts';
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
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  for (const value of values) {
    if (value > highest) highest = value;
    if (value < lowest) lowest = value;
  }
  const lines: SectionPicture['lines'][number][] = [];
  for (let n = 1; n <= MOST_LEVELS; n++)
    for (const level of [n * spacing, -n * spacing])
      if (level < highest && level > lowest)
        for (const line of isolines(values, plane.nu, plane.nv, level)) lines.push({ ...line, level });
  return { nu: plane.nu, nv: plane.nv, values, lines, spacing, highest, lowest };
}

/** A round number near a sixteenth of the highest point: 1, 2 or 5 times a power of ten. */
export const roundSpacing = (highest: number): number => roundStep(Math.max(highest, 1e-9) / 16);
