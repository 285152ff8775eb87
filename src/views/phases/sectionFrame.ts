import type { Cell } from '../../crystal/cell.ts';
import { latticeMatrix, reciprocalMetric } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import { SECTION_AXES, type SectionAxis } from '../../phasing/sectionPlane.ts';

/** One cell of a section as a parallelogram of pixels. */
export interface SectionFrame {
  readonly width: number;
  readonly height: number;
  /** Pixels of a place along the two axes of the section, unit fractions. */
  point(u: number, v: number): readonly [number, number];
  /** Unit fractions of a pixel. */
  fraction(x: number, y: number): readonly [number, number];
  /** Pixels an angstrom. */
  readonly scale: number;
  readonly letters: readonly [string, string];
}

/** Room for the letters of the axes and rings that stand over the border, pixels. */
const PAD = { left: 26, right: 18, top: 12, bottom: 22 } as const;

export function sectionFrame(cell: Cell, axis: SectionAxis, width: number, height: number): SectionFrame {
  const [normal, right, up] = SECTION_AXES[axis];
  const angle = (cell[3 + normal]! * Math.PI) / 180;
  const [lu, lv] = [cell[right], cell[up]];
  const [dx, dy] = [lv * Math.cos(angle), lv * Math.sin(angle)];
  const span = Math.max(lu, lu + dx, dx) - Math.min(0, dx);
  const scale = Math.max(
    1,
    Math.min((width - PAD.left - PAD.right) / span, (height - PAD.top - PAD.bottom) / dy),
  );
  const left = PAD.left + (width - PAD.left - PAD.right - scale * span) / 2 - scale * Math.min(0, dx);
  const bottom = height - PAD.bottom - (height - PAD.top - PAD.bottom - scale * dy) / 2;
  return {
    width,
    height,
    scale,
    letters: ['abc'[right]!, 'abc'[up]!],
    point: (u, v) => [left + scale * (u * lu + v * dx), bottom - scale * v * dy],
    fraction(x, y) {
      const v = (bottom - y) / (scale * dy);
      return [((x - left) / scale - v * dx) / lu, v];
    },
  };
}

/** An atom close to a section. */
export interface SectionAtom {
  readonly site: number;
  readonly u: number;
  readonly v: number;
  /** From the plane, angstrom, to either side. */
  readonly away: number;
}

/** Atoms nearer than this to the plane are marked, angstrom. */
export const SECTION_REACH = 0.6;
/** Angstrom: what is nearer lies in the section; the rest is drawn faint. */
export const IN_SECTION = 0.25;

/** Atoms within `SECTION_REACH` of a section, images on the borders included. */
export function sectionAtoms(
  sites: readonly Pick<Site, 'fract'>[],
  cell: Cell,
  axis: SectionAxis,
  height: number,
): SectionAtom[] {
  const [normal, right, up] = SECTION_AXES[axis];
  // Distance of planes one cell apart: 1/|reciprocal vector|.
  const spacing = 1 / Math.sqrt(reciprocalMetric(cell)[4 * normal]!);
  return sites.flatMap(({ fract }, site) => {
    const apart = fract[normal]! - height;
    const away = (apart - Math.round(apart)) * spacing;
    if (Math.abs(away) > SECTION_REACH) return [];
    return images(fract[right]!).flatMap(u => images(fract[up]!).map(v => ({ site, u, v, away })));
  });
}

/** Places of a coordinate in [0, 1], both borders where it lies on one. */
function images(value: number): number[] {
  const home = value - Math.floor(value);
  if (home < 1e-3 || home > 1 - 1e-3) return [0, 1];
  return [home];
}

/** Height of a section in angstrom along its normal. */
export const sectionDepth = (cell: Cell, axis: SectionAxis, height: number): number =>
  height / Math.sqrt(reciprocalMetric(cell)[4 * SECTION_AXES[axis][0]]!);

/** Unit fractions of a Cartesian vector, angstrom. The lattice has a along x and b in the xy plane. */
export function fractional(
  cell: Cell,
  [x, y, z]: readonly [number, number, number],
): [number, number, number] {
  const m = latticeMatrix(cell);
  const w = z / m[8]!;
  const v = (y - m[5]! * w) / m[4]!;
  return [(x - m[1]! * v - m[2]! * w) / m[0]!, v, w];
}
