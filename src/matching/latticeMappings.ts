import type { Cell } from '../crystal/cell.ts';
import { determinant, type Matrix3 } from '../num/matrix3.ts';
import { cellOfMetric, changedMetric, reciprocalLengths } from './basis.ts';

export interface LatticeTolerances {
  /** Lengths agree when their ratio lies in (1/(1 + ltol), 1 + ltol). */
  readonly ltol: number;
  /** Angles agree when they differ by less, degrees. */
  readonly angleTol: number;
}

/** One way to lay a lattice onto another. */
export interface LatticeMapping {
  /** Integer columns: the vectors that stand for the target's a, b, c, in the basis of the mapped lattice. */
  readonly change: Float64Array;
  /** The mapped lattice in that basis. */
  readonly cell: Cell;
  /** Worst ratio of lengths, the longer over the shorter, minus 1. */
  readonly length: number;
  /** Worst difference of angles, degrees. */
  readonly angle: number;
}

/** A lattice vector: integer coefficients and length in angstrom. */
interface LatticeVector {
  readonly n: readonly [number, number, number];
  readonly length: number;
}

/** Every basis of a lattice (either hand) whose six parameters agree with those of the target. */
export function latticeMappings(
  metric: Matrix3,
  target: Cell,
  { ltol, angleTol }: LatticeTolerances,
): LatticeMapping[] {
  const vectors = vectorsWithin(metric, Math.max(target[0], target[1], target[2]) * (1 + ltol));
  const [as, bs, cs] = ([0, 1, 2] as const).map(i =>
    vectors.filter(({ length }) => length / target[i] < 1 + ltol && length / target[i] > 1 / (1 + ltol)),
  ) as [LatticeVector[], LatticeVector[], LatticeVector[]];
  const agrees = (p: LatticeVector, q: LatticeVector, angle: number): boolean =>
    Math.abs(angleBetween(metric, p, q) - angle) < angleTol;
  const found: LatticeMapping[] = [];
  for (const a of as) {
    const besideA = cs.filter(c => agrees(a, c, target[4]));
    for (const b of bs) {
      if (!agrees(a, b, target[5])) continue;
      for (const c of besideA) {
        const change = Float64Array.of(
          a.n[0],
          b.n[0],
          c.n[0],
          a.n[1],
          b.n[1],
          c.n[1],
          a.n[2],
          b.n[2],
          c.n[2],
        );
        if (Math.abs(determinant(change)) !== 1 || !agrees(b, c, target[3])) continue;
        found.push({ change, ...compared(cellOfMetric(changedMetric(metric, change)), target) });
      }
    }
  }
  return found;
}

/**
 * The mapping that comes closest in units of its tolerances, for lattices that do not agree: tolerances are doubled
 * until one does. Null beyond 4 times (lengths off by 40 %, angles by 20° with the paper's tolerances), where the
 * search takes seconds and what it finds means nothing.
 */
export function nearestMapping(
  metric: Matrix3,
  target: Cell,
  tolerances: LatticeTolerances,
): LatticeMapping | null {
  for (let factor = 2; factor <= 4; factor *= 2) {
    const wider = { ltol: tolerances.ltol * factor, angleTol: tolerances.angleTol * factor };
    const found = latticeMappings(metric, target, wider);
    if (found.length > 0) return found.sort(byMisfit(tolerances))[0]!;
  }
  return null;
}

/** Order by the worse of the two misfits in units of its tolerance. */
export const byMisfit =
  ({ ltol, angleTol }: LatticeTolerances) =>
  (p: LatticeMapping, q: LatticeMapping): number =>
    Math.max(p.length / ltol, p.angle / angleTol) - Math.max(q.length / ltol, q.angle / angleTol);

function compared(cell: Cell, target: Cell): Omit<LatticeMapping, 'change'> {
  let length = 0;
  let angle = 0;
  for (let i = 0; i < 3; i++) {
    length = Math.max(length, cell[i]! / target[i]! - 1, target[i]! / cell[i]! - 1);
    angle = Math.max(angle, Math.abs(cell[3 + i]! - target[3 + i]!));
  }
  return { cell, length, angle };
}

/** Lattice vectors no longer than the radius, the null vector left out. */
function vectorsWithin(metric: Matrix3, radius: number): LatticeVector[] {
  const [na, nb, nc] = reciprocalLengths(metric).map(length => Math.floor(radius * length + 1e-9)) as [
    number,
    number,
    number,
  ];
  const found: LatticeVector[] = [];
  for (let i = -na; i <= na; i++)
    for (let j = -nb; j <= nb; j++)
      for (let k = -nc; k <= nc; k++) {
        const n = [i, j, k] as const;
        const length = Math.sqrt(dot(metric, n, n));
        if (length > 0 && length <= radius) found.push({ n, length });
      }
  return found;
}

const dot = (g: Matrix3, p: readonly number[], q: readonly number[]): number =>
  p[0]! * (g[0]! * q[0]! + g[1]! * q[1]! + g[2]! * q[2]!) +
  p[1]! * (g[3]! * q[0]! + g[4]! * q[1]! + g[5]! * q[2]!) +
  p[2]! * (g[6]! * q[0]! + g[7]! * q[1]! + g[8]! * q[2]!);

function angleBetween(metric: Matrix3, p: LatticeVector, q: LatticeVector): number {
  const cosine = dot(metric, p.n, q.n) / (p.length * q.length);
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}
