import { type DrawnAtom, toCartesian } from './cellAtoms.ts';
import { type Projection, project } from './projection.ts';

export interface AxisLabel {
  readonly axis: 'a' | 'b' | 'c';
  readonly x: number;
  readonly y: number;
}

/** Pixels between an edge and its letter, between a sphere and a letter, and the shortest edge that is labelled. */
const GAP = 14;
const CLEAR = 9;
const SHORTEST = 14;

/**
 * A letter beside the outermost of the four edges along each vector, low and left ones first, clear of the atoms;
 * none where the vector points at the viewer.
 */
export function axisLabels(
  view: Projection,
  lattice: ArrayLike<number>,
  repeat: number,
  atoms: readonly DrawnAtom[],
): AxisLabel[] {
  const at = (fract: readonly [number, number, number]) => project(view, toCartesian(lattice, fract));
  const centre = at([repeat / 2, repeat / 2, repeat / 2]);
  const discs = atoms.map(atom => {
    const { x, y, zoom } = at(atom.fract);
    return { x, y, radius: atom.radius * view.scale * zoom };
  });
  return (['a', 'b', 'c'] as const).flatMap((axis, i) => {
    const edges = [0, 1, 2, 3].map(k => {
      const from: [number, number, number] = [0, 0, 0];
      from[(i + 1) % 3] = repeat * (k & 1);
      from[(i + 2) % 3] = repeat * (k >> 1);
      const to: [number, number, number] = [...from];
      to[i] = repeat;
      const [p, q] = [at(from), at(to)];
      const length = Math.hypot(q.x - p.x, q.y - p.y);
      // In the middle of a cell, where no corner atom is in the way.
      const share = (Math.floor((repeat - 1) / 2) + 0.5) / repeat;
      const middle = { x: p.x + share * (q.x - p.x), y: p.y + share * (q.y - p.y) };
      // Unit normal of the edge on screen, pointing away from the centre.
      const normal = { x: (q.y - p.y) / length, y: (p.x - q.x) / length };
      const distance = normal.x * (middle.x - centre.x) + normal.y * (middle.y - centre.y);
      const sign = distance < 0 ? -1 : 1;
      return {
        length,
        middle,
        distance: Math.abs(distance),
        away: { x: sign * normal.x, y: sign * normal.y },
      };
    });
    if (edges[0]!.length < SHORTEST) return [];
    const rank = (edge: (typeof edges)[number]): number =>
      edge.distance + 0.2 * (edge.middle.y - centre.y) - 0.1 * (edge.middle.x - centre.x);
    const best = edges.reduce((p, q) => (rank(q) > rank(p) + 1e-6 ? q : p));
    const place = (gap: number): AxisLabel => ({
      axis,
      x: best.middle.x + gap * best.away.x,
      y: best.middle.y + gap * best.away.y,
    });
    const free = ({ x, y }: AxisLabel): boolean =>
      discs.every(disc => Math.hypot(disc.x - x, disc.y - y) > disc.radius + CLEAR);
    const gap = [0, 4, 8, 12, 16, 20, 24].map(more => GAP + more).find(distance => free(place(distance)));
    return [place(gap ?? GAP)];
  });
}
