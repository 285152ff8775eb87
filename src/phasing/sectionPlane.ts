import type { Cell } from '../crystal/cell.ts';
import type { SectionPlane } from './synthesis.ts';

/** Axes of a section that keeps x, y or z constant: the constant one, the one to the right, the one upwards. */
export const SECTION_AXES = { x: [0, 1, 2], y: [1, 0, 2], z: [2, 0, 1] } as const;
export type SectionAxis = keyof typeof SECTION_AXES;

const unit = (axis: number, value = 1): [number, number, number] => [
  axis === 0 ? value : 0,
  axis === 1 ? value : 0,
  axis === 2 ? value : 0,
];

/** One cell of the section, at most `most` points along its longer edge, squares as nearly as whole numbers allow. */
export function sectionPlane(cell: Cell, axis: SectionAxis, height: number, most: number): SectionPlane {
  const [normal, right, up] = SECTION_AXES[axis];
  const longest = Math.max(cell[right], cell[up]);
  const points = (length: number): number => Math.max(24, Math.round((most * length) / longest));
  return {
    origin: unit(normal, height),
    u: unit(right),
    v: unit(up),
    nu: points(cell[right]),
    nv: points(cell[up]),
  };
}
