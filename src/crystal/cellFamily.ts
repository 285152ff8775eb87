import type { Cell } from './cell.ts';
import { FAMILIES, type FamilyId, familyOf, familyOfSpaceGroup, projectCell } from './family.ts';

/** The family that a cell has by its numbers alone. Tolerances in angstrom and degrees. */
export function familyOfCell(cell: Cell, length = 1e-3, angle = 1e-3): FamilyId {
  return FAMILIES.find(family => fits(family.id, cell, length, angle))!.id;
}

/** True where the projector of the family leaves the cell as it is. */
const fits = (id: FamilyId, cell: Cell, length: number, angle: number): boolean => {
  const projected = projectCell(familyOf(id), cell);
  return projected.every((value, i) => Math.abs(value - cell[i]!) < (i < 3 ? length : angle));
};

/**
 * The family whose projector suits a group in the axes of this cell. Projectors are for conventional cells: a cell in
 * rhombohedral axes, or a monoclinic one with another unique axis than b, would be torn by its own family's, so it gets
 * the most symmetric family that leaves it alone, and `turned` says so.
 */
export function familyInTheseAxes(number: number, cell: Cell): { family: FamilyId; turned: boolean } {
  const family = familyOfSpaceGroup(number);
  // Files round: 0.02 Å and 0.1° are less than any projector is worth.
  if (fits(family, cell, 0.02, 0.1)) return { family, turned: false };
  return { family: familyOfCell(cell), turned: true };
}
