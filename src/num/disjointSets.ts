/** Sets of points that only ever join, by parent links and path halving (Tarjan & van Leeuwen, J. ACM 31, 245, 1984). */
export interface DisjointSets {
  /** Parent of each point, its own for a root, −1 for a point that is in no set yet. */
  readonly parent: Int32Array;
  /** The root of the set of a point that is in one. */
  root(point: number): number;
}

export function disjointSets(size: number): DisjointSets {
  const parent = new Int32Array(size).fill(-1);
  return {
    parent,
    root(point) {
      let at = point;
      while (parent[at] !== at) {
        parent[at] = parent[parent[at]!]!;
        at = parent[at]!;
      }
      return at;
    },
  };
}
