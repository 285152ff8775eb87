/**
 * The linear assignment problem: each row gets one column of its own so that the sum of costs is least. Shortest
 * augmenting paths with potentials (Jonker & Volgenant, Computing 38, 325, 1987), O(n³).
 * @param cost n × n row-major
 * @returns column of each row [n]
 */
export function linearAssignment(cost: ArrayLike<number>, n: number): Int32Array {
  const rowPotential = new Float64Array(n);
  const columnPotential = new Float64Array(n);
  const rowOf = new Int32Array(n).fill(-1);
  const cameFrom = new Int32Array(n);
  const distance = new Float64Array(n);
  const settled = new Uint8Array(n);
  for (let start = 0; start < n; start++) {
    // Dijkstra over reduced costs from the free row to the nearest free column
    distance.fill(Number.POSITIVE_INFINITY);
    settled.fill(0);
    let row = start;
    let last = -1;
    let reached = 0;
    let end = -1;
    const path: number[] = [];
    while (end < 0) {
      let next = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let column = 0; column < n; column++) {
        if (settled[column]) continue;
        const through = reached + cost[row * n + column]! - rowPotential[row]! - columnPotential[column]!;
        if (through < distance[column]!) {
          distance[column] = through;
          cameFrom[column] = last;
        }
        if (distance[column]! < least) {
          least = distance[column]!;
          next = column;
        }
      }
      reached = least;
      settled[next] = 1;
      if (rowOf[next]! < 0) end = next;
      else {
        path.push(next);
        last = next;
        row = rowOf[next]!;
      }
    }
    // potentials keep reduced costs at or above zero
    rowPotential[start]! += reached;
    for (const column of path) {
      rowPotential[rowOf[column]!]! += reached - distance[column]!;
      columnPotential[column]! -= reached - distance[column]!;
    }
    // every row along the path moves one column on
    for (let column = end; column >= 0; column = cameFrom[column]!)
      rowOf[column] = cameFrom[column]! < 0 ? start : rowOf[cameFrom[column]!]!;
  }
  const columnOf = new Int32Array(n);
  for (let column = 0; column < n; column++) columnOf[rowOf[column]!] = column;
  return columnOf;
}
