import { type CellKey, cellIndex } from '../crystal/cell.ts';
import { type FamilyId, familyOf } from '../crystal/family.ts';
import type { Point } from '../model/parameter.ts';
import { freeGroups, type SearchSpace } from './modes.ts';

const RAD = Math.PI / 180;
/** The moved lengths of a group of equal ones are strained by these shares of the arc, in their order. */
const STRAINS = [1, -1, 0] as const;

/**
 * A cell pushed off the symmetry of a family by a tilt of `degrees`: fixed angles are opened by it, and lengths that
 * symmetry makes equal are strained apart by the arc of the same tilt, degrees · π/180 of the length, the first up, the
 * second down, a third not at all. Only what moves in the space is pushed. On a symmetry line the gradient across it
 * vanishes, so that without a push a descent leaves the line by rounding at most.
 */
export function jittered(cell: Point, space: SearchSpace, familyId: FamilyId, degrees: number): Point {
  const family = familyOf(familyId);
  const units = freeGroups(space, familyId);
  const out = Array.from(cell);
  for (const equal of family.equal) {
    const members = equal.map(cellIndex);
    const touched = units.filter(unit => unit.some(i => members.includes(i)));
    // Lengths that move as one cannot come apart.
    if (touched.length === 1 && members.every(i => touched[0]!.includes(i))) continue;
    for (const [k, unit] of touched.entries())
      for (const i of unit) out[i]! *= 1 + (STRAINS[k] ?? 0) * degrees * RAD;
  }
  for (const key of Object.keys(family.fixed) as CellKey[])
    if (units.some(unit => unit.includes(cellIndex(key)))) out[cellIndex(key)]! += degrees;
  return out;
}
