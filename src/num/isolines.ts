/** One isoline in grid units: x along the rows (0 … nu − 1), y across them (0 … nv − 1), flat x, y pairs. */
export interface Isoline {
  readonly points: Float64Array;
  /** The last point joins the first. */
  readonly closed: boolean;
}

/**
 * Lines value = level of a grid [j * nu + i], by marching squares (Maple, Proc. Int. Conf. Geometric Modeling and
 * Graphics, 2003): the crossings of each square's edges are joined, and at a saddle the mean of the four corners says
 * which. A square with a corner that is not finite has none. An edge is numbered 2 · point for the one along x from a
 * point, 2 · point + 1 for the one along y.
 */
export function isolines(values: Float64Array, nu: number, nv: number, level: number): Isoline[] {
  if (values.length !== nu * nv) throw new Error(`${values.length} values on a ${nu} × ${nv} grid`);
  // An edge borders two squares and has one segment in each at most; kept are the ends plus one, 0 where there is none.
  const next = new Int32Array(4 * nu * nv);
  const crossed: number[] = [];
  const link = (from: number, to: number): void => {
    if (next[2 * from]) next[2 * from + 1] = to + 1;
    else {
      next[2 * from] = to + 1;
      crossed.push(from);
    }
  };
  for (let j = 0; j + 1 < nv; j++) {
    // Bits of the corners that are high: 1 and 8 on the left of a square, 2 and 4 on its right, the left of the next.
    let right = 0;
    for (let i = -1; i + 1 < nu; i++) {
      const at = j * nu + i;
      const left = (right & 2 ? 1 : 0) | (right & 4 ? 8 : 0);
      right = (values[at + 1]! >= level ? 2 : 0) | (values[at + nu + 1]! >= level ? 4 : 0);
      const high = left | right;
      if (i < 0 || high === 0 || high === 15) continue;
      const sum = values[at]! + values[at + 1]! + values[at + nu + 1]! + values[at + nu]!;
      if (!Number.isFinite(sum)) continue;
      const edge = (side: number): number =>
        side === 0 ? 2 * at : side === 1 ? 2 * at + 3 : side === 2 ? 2 * (at + nu) : 2 * at + 1;
      const join = (p: number, q: number): void => {
        link(edge(p), edge(q));
        link(edge(q), edge(p));
      };
      // Side s lies between corners s and s + 1; two are crossed, or all four at a saddle.
      const sides = high ^ ((high >> 1) | ((high & 1) << 3));
      if (sides !== 15) join(31 - Math.clz32(sides & -sides), 31 - Math.clz32(sides));
      else if ((high === 5) === sum / 4 >= level) {
        // A centre like corner 0 joins corners 0 and 2, so the lines go around corners 1 and 3.
        join(0, 1);
        join(2, 3);
      } else {
        join(3, 0);
        join(1, 2);
      }
    }
  }
  const used = new Uint8Array(2 * nu * nv);
  const lines: Isoline[] = [];
  const trace = (start: number): void => {
    const points: number[] = [];
    let at = start;
    for (let last = -1; at >= 0; ) {
      used[at] = 1;
      last = at;
      const [i, j] = [(at >> 1) % nu, Math.floor((at >> 1) / nu)];
      const from = values[at >> 1]!;
      const t = (level - from) / (values[(at >> 1) + (at & 1 ? nu : 1)]! - from);
      if (at & 1) points.push(i, j + t);
      else points.push(i + t, j);
      const [p, q] = [next[2 * at]! - 1, next[2 * at + 1]! - 1];
      at = p >= 0 && !used[p] ? p : q >= 0 && !used[q] ? q : -1;
      if (at < 0)
        lines.push({
          points: Float64Array.from(points),
          closed: points.length > 4 && (next[2 * last] === start + 1 || next[2 * last + 1] === start + 1),
        });
    }
  };
  // Open lines first, from an end on the border; what is left are rings.
  for (const edge of crossed) if (!next[2 * edge + 1] && !used[edge]) trace(edge);
  for (const edge of crossed) if (!used[edge]) trace(edge);
  return lines;
}

/** The smallest of 1, 2, 5 times a power of ten that is not below a positive number. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return Number(
    (power * ([1, 2, 5, 10].find(factor => factor * power >= 0.999 * least) ?? 10)).toPrecision(3),
  );
}
