/**
 * A grid from coarse to fine. Every level adds the points between those of the last, and the points known at a level
 * form a regular grid of their own, so that it can be drawn as one.
 */
export interface Level {
  /** Columns and rows of the level's grid, as indices of the full grid; both ends included. */
  readonly ix: Int32Array;
  readonly iy: Int32Array;
  /** Points that no earlier level has, as iy * nx + ix. */
  readonly indices: Int32Array;
}

/** Columns of the coarsest level, at most, where nothing else is asked for. */
export const COARSE = 17;

/** @param coarse columns and rows of the coarsest level, at most */
export function refinementLevels(nx: number, ny: number, coarse = COARSE): Level[] {
  const columns = nested(nx, coarse);
  const rows = nested(ny, coarse);
  const count = Math.max(columns.length, rows.length);
  const seen = new Uint8Array(nx * ny);
  return Array.from({ length: count }, (_, level) => {
    const ix = columns[Math.min(columns.length - 1, Math.max(0, level - (count - columns.length)))]!;
    const iy = rows[Math.min(rows.length - 1, Math.max(0, level - (count - rows.length)))]!;
    const indices: number[] = [];
    for (const y of iy)
      for (const x of ix) {
        const index = y * nx + x;
        if (seen[index]) continue;
        seen[index] = 1;
        indices.push(index);
      }
    return { ix, iy, indices: Int32Array.from(indices) };
  });
}

/** Nested subsets of 0 … n − 1 with both ends, from at most `coarse` to all: every second index of the next. */
function nested(n: number, coarse: number): Int32Array[] {
  let current = Int32Array.from({ length: n }, (_, i) => i);
  const levels = [current];
  while (current.length > coarse) {
    const last = current.length - 1;
    current = current.filter((_, i) => i % 2 === 0 || i === last);
    levels.unshift(current);
  }
  return levels;
}
