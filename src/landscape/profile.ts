import { type Slice, slicePoint, strideOf } from './slice.ts';
import { symmetryLines } from './symmetryLines.ts';

/** A line on a slice: x, y of one end, x, y of the other. */
export type ProfileLine = readonly [number, number, number, number];

/** Points at equal steps along a line, both ends included, flat [n * (6 + m)]. */
export function profilePoints(slice: Slice, [x0, y0, x1, y1]: ProfileLine, n: number): Float64Array {
  const stride = strideOf(slice);
  const out = new Float64Array(stride * n);
  for (let i = 0; i < n; i++) {
    const t = i / (n - 1);
    out.set(slicePoint(slice, x0 + t * (x1 - x0), y0 + t * (y1 - y0)), stride * i);
  }
  return out;
}

/** Lines worth a profile: the symmetry axes of the slice, and the two through the truth along its axes. */
export function axisLines(
  slice: Slice,
  truth: readonly [number, number],
): { label: string; line: ProfileLine }[] {
  const [x, y] = truth;
  const { xRange, yRange } = slice;
  const symmetry = symmetryLines(slice).map(({ label, from, to }) => ({
    label,
    line: [...from, ...to] as unknown as ProfileLine,
  }));
  return [
    ...symmetry,
    { label: 'along x', line: [xRange[0], y, xRange[1], y] },
    { label: 'along y', line: [x, yRange[0], x, yRange[1]] },
  ];
}
