import { angularDeterminant, type Cell } from '../../src/crystal/cell.ts';
import { seededRng } from '../../src/num/rng.ts';
import { fc } from './seeded.ts';

const between = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

/** Any triclinic cell that is not nearly flat: lengths 2–12 Å, angles 40°–140°. */
export const anyCell: fc.Arbitrary<Cell> = fc
  .tuple(between(2, 12), between(2, 12), between(2, 12), between(40, 140), between(40, 140), between(40, 140))
  .filter(([, , , alpha, beta, gamma]) => angularDeterminant(alpha, beta, gamma) > 0.02);

/** A cell with every parameter off by up to `share` of its value, the same for the same seed. */
export function distorted(cell: Cell, seed: number, share: number): Cell {
  const rng = seededRng(seed);
  return cell.map(value => value * (1 + share * (2 * rng.uniform() - 1))) as unknown as Cell;
}
