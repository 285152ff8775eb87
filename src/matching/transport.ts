/** Shares below this count as used up: rounding of weights that sum to one. */
const SPENT = 1e-13;

/**
 * The Earth Mover's Distance: the least cost of carrying one distribution into another (Rubner, Tomasi & Guibas,
 * Int. J. Comput. Vis. 40, 99, 2000), exact, as a minimum-cost flow by successive shortest paths.
 * @param supply shares of the first distribution, summing to one [n]
 * @param demand shares of the second, summing to one [m]
 * @param cost of carrying the unit from row to column, n × m row-major, not negative
 */
export function earthMoversDistance(
  supply: ArrayLike<number>,
  demand: ArrayLike<number>,
  cost: ArrayLike<number>,
): number {
  const [n, m] = [supply.length, demand.length];
  const left = Float64Array.from(supply);
  const open = Float64Array.from(demand);
  const flow = new Float64Array(n * m);
  const potential = new Float64Array(n + m);
  for (;;) {
    const path = shortestPath({ n, m, left, open, flow, cost, potential });
    if (!path) break;
    let amount = Math.min(left[path[0]!]!, open[path.at(-1)! - n]!);
    for (let i = 1; i + 1 < path.length; i += 2)
      amount = Math.min(amount, flow[path[i + 1]! * m + path[i]! - n]!);
    left[path[0]!]! -= amount;
    open[path.at(-1)! - n]! -= amount;
    for (let i = 0; i + 1 < path.length; i++) {
      const forward = i % 2 === 0;
      const [row, column] = forward ? [path[i]!, path[i + 1]! - n] : [path[i + 1]!, path[i]! - n];
      const at = row * m + column;
      flow[at] = forward ? flow[at]! + amount : Math.max(0, flow[at]! - amount);
    }
  }
  return flow.reduce((sum, share, i) => sum + share * cost[i]!, 0);
}

/** Rows are nodes 0 … n − 1, columns nodes n … n + m − 1. */
interface Network {
  readonly n: number;
  readonly m: number;
  readonly left: Float64Array;
  readonly open: Float64Array;
  readonly flow: Float64Array;
  readonly cost: ArrayLike<number>;
  readonly potential: Float64Array;
}

/**
 * Dijkstra over reduced costs from all rows with something left to the nearest column with room; updates the
 * potentials. The path alternates rows and columns; null when everything is carried.
 */
function shortestPath({ n, m, left, open, flow, cost, potential }: Network): number[] | null {
  const distance = new Float64Array(n + m).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(n + m).fill(-1);
  const settled = new Uint8Array(n + m);
  for (let row = 0; row < n; row++) if (left[row]! > SPENT) distance[row] = 0;
  for (;;) {
    let node = -1;
    for (let i = 0; i < n + m; i++)
      if (!settled[i] && distance[i]! < (node < 0 ? Number.POSITIVE_INFINITY : distance[node]!)) node = i;
    if (node < 0) return null;
    settled[node] = 1;
    if (node >= n && open[node - n]! > SPENT) {
      const reached = distance[node]!;
      for (let i = 0; i < n + m; i++) potential[i]! += Math.min(distance[i]!, reached);
      return trace(from, node);
    }
    const relax = (next: number, price: number): void => {
      const through = distance[node]! + Math.max(0, price + potential[node]! - potential[next]!);
      if (settled[next] || through >= distance[next]!) return;
      distance[next] = through;
      from[next] = node;
    };
    if (node < n) for (let column = 0; column < m; column++) relax(n + column, cost[node * m + column]!);
    else
      for (let row = 0; row < n; row++) {
        const at = row * m + node - n;
        if (flow[at]! > SPENT) relax(row, -cost[at]!);
      }
  }
}

function trace(from: Int32Array, end: number): number[] {
  const path = [end];
  while (from[path[0]!]! >= 0) path.unshift(from[path[0]!]!);
  return path;
}
