import { type Isoline, isolines, roundStep } from '../num/isolines.ts';
import type { Field, PlotArea } from './heatmapPixels.ts';

/** Isolines that look alike, as one SVG path in the pixels of the plot area. */
export interface IsolinePath {
  readonly d: string;
  readonly stroke: string;
}

export const ISOLINE_WIDTH = 0.75;

/** Isoline step: 0.05 over a cosine map, and as many lines over any other range. */
export const isolineStep = ([low, high]: readonly [number, number]): number =>
  high > low ? roundStep((high - low) / 18) : 1;

/**
 * The isolines of a field at whole multiples of a step inside a range: on colours white on the darker half and black on
 * the lighter, every second one twice as strong; grey where there are none.
 */
export function isolinePaths(
  field: Field,
  area: PlotArea,
  range: readonly [number, number],
  { onColours = true, step = isolineStep(range) }: { onColours?: boolean; step?: number } = {},
): IsolinePath[] {
  const [nx, ny] = [field.xs.length, field.ys.length];
  const middle = Math.round((0.5 * (range[0] + range[1])) / step);
  const strokeOf = (n: number): string => {
    if (!onColours) return 'rgba(128,128,128,0.8)';
    const strong = n % 2 === 0;
    return n < middle ? `rgba(255,255,255,${strong ? 0.36 : 0.2})` : `rgba(0,0,0,${strong ? 0.294 : 0.16})`;
  };
  const toPixel =
    (axis: Float64Array, [low, high]: readonly [number, number], length: number) =>
    (at: number): number => {
      const i = Math.min(axis.length - 2, Math.floor(at));
      return ((axis[i]! + (at - i) * (axis[i + 1]! - axis[i]!) - low) / (high - low)) * length;
    };
  const [x, y] = [toPixel(field.xs, area.xRange, area.width), toPixel(field.ys, area.yRange, area.height)];
  const paths = new Map<string, string>();
  for (let n = Math.ceil(range[0] / step); n * step <= range[1]; n++)
    for (const line of isolines(field.values, nx, ny, n * step)) {
      const pixels = line.points.map((at, i) => (i % 2 ? area.height - y(at) : x(at)));
      paths.set(
        strokeOf(n),
        (paths.get(strokeOf(n)) ?? '') + isolinePath({ ...line, points: pixels }, SMOOTHING),
      );
    }
  return Array.from(paths, ([stroke, d]) => ({ stroke, d }));
}

/** Of the tangents that a Catmull-Rom spline would have. */
const SMOOTHING = 0.6;

const rounded = (value: number): number => Math.round(100 * value) / 100;

/**
 * SVG path of a line of pixels: straight pieces, or with smoothing above 0 cubic ones along the tangents of a centripetal
 * Catmull-Rom spline (Yuksel, Schaefer & Keyser, Comput. Aided Des. 43, 747, 2011), as plotly draws its contours.
 */
export function isolinePath({ points, closed }: Isoline, smoothing = 0): string {
  const count = points.length / 2;
  const [x, y] = [(i: number): number => points[2 * i]!, (i: number): number => points[2 * i + 1]!];
  let text = `M${rounded(x(0))} ${rounded(y(0))}`;
  for (let i = 1; i < count + (closed ? 1 : 0); i++) {
    const to = i % count;
    const end = `${rounded(x(to))} ${rounded(y(to))}`;
    text += smoothing > 0 ? `C${control(i - 1, 1)} ${control(to, -1)} ${end}` : `L${end}`;
  }
  return closed ? `${text}Z` : text;

  /** The control point after (1) or before (−1) a point; the point itself at the ends of an open line. */
  function control(i: number, side: 1 | -1): string {
    const [before, after] = closed ? [(i + count - 1) % count, (i + 1) % count] : [i - 1, i + 1];
    if (before < 0 || after >= count) return `${rounded(x(i))} ${rounded(y(i))}`;
    const [ax, ay] = [x(before) - x(i), y(before) - y(i)];
    const [bx, by] = [x(after) - x(i), y(after) - y(i)];
    const [a, b] = [Math.hypot(ax, ay), Math.hypot(bx, by)];
    const along = 3 * Math.sqrt(side > 0 ? a : b) * (Math.sqrt(a) + Math.sqrt(b));
    const factor = along > 0 ? (-side * smoothing) / along : 0;
    return `${rounded(x(i) + factor * (b * ax - a * bx))} ${rounded(y(i) + factor * (b * ay - a * by))}`;
  }
}
