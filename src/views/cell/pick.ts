import { type DrawnAtom, toCartesian } from './cellAtoms.ts';
import { type Projection, project } from './projection.ts';

/** Index of the front-most atom under a pixel, or null. */
export function pickAtom(
  view: Projection,
  lattice: ArrayLike<number>,
  atoms: readonly DrawnAtom[],
  px: number,
  py: number,
): number | null {
  let best: number | null = null;
  let nearest = Number.NEGATIVE_INFINITY;
  atoms.forEach((atom, i) => {
    const at = project(view, toCartesian(lattice, atom.fract));
    // Small atoms can still be hit: at least 6 pixels.
    const radius = Math.max(6, atom.radius * view.scale * at.zoom);
    if ((at.x - px) ** 2 + (at.y - py) ** 2 > radius * radius || at.depth <= nearest) return;
    nearest = at.depth;
    best = i;
  });
  return best;
}

type Fract = readonly [number, number, number];

const between = (lattice: ArrayLike<number>, p: Fract, q: Fract): [number, number, number] =>
  toCartesian(lattice, [q[0] - p[0], q[1] - p[1], q[2] - p[2]]);

/** Distance of two fractional positions, angstrom; no periodic images. */
export const distanceBetween = (lattice: ArrayLike<number>, p: Fract, q: Fract): number =>
  Math.hypot(...between(lattice, p, q));

/** Angle at `vertex`, degrees. */
export function angleAt(lattice: ArrayLike<number>, p: Fract, vertex: Fract, q: Fract): number {
  const [u, v] = [between(lattice, vertex, p), between(lattice, vertex, q)];
  const cosine = (u[0] * v[0] + u[1] * v[1] + u[2] * v[2]) / (Math.hypot(...u) * Math.hypot(...v));
  return (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;
}
