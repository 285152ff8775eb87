/** One contour line in grid units: x along the rows (0 … nu − 1), y across them (0 … nv − 1), flat x, y pairs. */
export interface ContourLine {
  readonly points: Float64Array;
  /** The last point joins the first. */
  readonly closed: boolean;
}

/**
 * Lines value = level of a section [j * nu + i], by marching squares (Maple, Proc. Int. Conf. Geometric Modeling and
 * Graphics, 2003): the crossings of each square's edges are joined, and at a saddle the mean of the four corners says
 * which. An edge is numbered 2 · point for the one along x from a point, 2 · point + 1 for the one along y.
 */
export function contourLines(values: Float64Array, nu: number, nv: number, level: number): ContourLine[] {
  if (values.length !== nu * nv) throw new Error(`${values.length} values on a ${nu} × ${nv} section`);
  // An edge borders two squares and has one segment in each at most.
  const links = new Map<number, number[]>();
  const link = (from: number, to: number): void => {
    const known = links.get(from);
    if (known) known.push(to);
    else links.set(from, [to]);
  };
  for (let j = 0; j + 1 < nv; j++)
    for (let i = 0; i + 1 < nu; i++)
      for (const [p, q] of segments(values, nu, j * nu + i, level)) {
        link(p, q);
        link(q, p);
      }
  const point = (edge: number): [number, number] => {
    const at = edge >> 1;
    const [i, j] = [at % nu, Math.floor(at / nu)];
    const alongX = (edge & 1) === 0;
    const from = values[at]!;
    const t = (level - from) / (values[at + (alongX ? 1 : nu)]! - from);
    return alongX ? [i + t, j] : [i, j + t];
  };
  const lines: ContourLine[] = [];
  const used = new Set<number>();
  const trace = (start: number): void => {
    const edges: number[] = [];
    let at: number | undefined = start;
    while (at !== undefined) {
      used.add(at);
      edges.push(at);
      at = links.get(at)!.find(next => !used.has(next));
    }
    const closed = edges.length > 2 && links.get(edges.at(-1)!)!.includes(start);
    lines.push({ points: Float64Array.from(edges.flatMap(point)), closed });
  };
  // Open lines first, from an end on the border; what is left are rings.
  for (const [edge, ends] of links) if (ends.length === 1 && !used.has(edge)) trace(edge);
  for (const edge of links.keys()) if (!used.has(edge)) trace(edge);
  return lines;
}

/** Pairs of crossed edges of the square whose lowest corner is point `at`. */
function segments(values: Float64Array, nu: number, at: number, level: number): [number, number][] {
  const corners = [at, at + 1, at + nu + 1, at + nu];
  const edges = [2 * at, 2 * (at + 1) + 1, 2 * (at + nu), 2 * at + 1];
  const high = corners.map(corner => values[corner]! >= level);
  const crossed = [0, 1, 2, 3].filter(e => high[e] !== high[(e + 1) % 4]).map(e => edges[e]!);
  if (crossed.length === 2) return [[crossed[0]!, crossed[1]!]];
  if (crossed.length === 0) return [];
  const mean = corners.reduce((sum, corner) => sum + values[corner]!, 0) / 4;
  // A centre like corner 0 joins corners 0 and 2, so the lines go around corners 1 and 3.
  return high[0] === mean >= level
    ? [
        [edges[0]!, edges[1]!],
        [edges[2]!, edges[3]!],
      ]
    : [
        [edges[3]!, edges[0]!],
        [edges[1]!, edges[2]!],
      ];
}
