/** First index whose position is ≥ x in an ascending array. */
export function lowerBound(positions: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positions[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the point at or after a place, the last where there is none. */
export const pointAt = (positions: ArrayLike<number>, x: number): number =>
  Math.min(positions.length - 1, lowerBound(positions, x));

/** The bins of a range with one more on either side, so that the line reaches its edges: [from, to). */
export const binsWithin = (positions: ArrayLike<number>, low: number, high: number): [number, number] => [
  Math.max(0, lowerBound(positions, low) - 1),
  Math.min(positions.length, lowerBound(positions, high) + 1),
];

export function largestWithin(values: ArrayLike<number>, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) if (values[i]! > largest) largest = values[i]!;
  return largest;
}

/**
 * Points of a line in pixels, x and y in turn; NaN, NaN where it breaks. Bins that share a half pixel column are
 * drawn by their first, lowest, highest and last, which covers the same pixels as all of them.
 */
export function linePoints(
  from: number,
  to: number,
  x: (bin: number) => number,
  y: (bin: number) => number,
): number[] {
  const points: number[] = [];
  let column = Number.NaN;
  // Bins of the open column: its first, its last, and where it is lowest and highest, with their heights.
  let [first, last, low, high] = [-1, -1, -1, -1];
  let [start, end, lowest, highest] = [0, 0, 0, 0];
  const flush = (): void => {
    if (first < 0) return;
    points.push(x(first), start);
    const rising = low < high;
    const [one, other] = rising ? [low, high] : [high, low];
    if (one !== first) points.push(x(one), rising ? lowest : highest);
    if (other !== one && other !== first) points.push(x(other), rising ? highest : lowest);
    if (last !== other && last !== first) points.push(x(last), end);
    first = -1;
  };
  for (let bin = from; bin < to; bin++) {
    const height = y(bin);
    if (!Number.isFinite(height)) {
      flush();
      if (points.length > 0 && !Number.isNaN(points.at(-1)!)) points.push(Number.NaN, Number.NaN);
      continue;
    }
    const next = Math.floor(2 * x(bin));
    if (next !== column || first < 0) {
      flush();
      column = next;
      first = low = high = bin;
      start = lowest = highest = height;
    } else if (height < lowest) [low, lowest] = [bin, height];
    else if (height > highest) [high, highest] = [bin, height];
    last = bin;
    end = height;
  }
  flush();
  return points;
}
