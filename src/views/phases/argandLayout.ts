import type { Contribution } from '../../phasing/contributions.ts';
import { niceTicks } from '../../ui/ticks.ts';

/** One arrow of the chain, from the end of the one before; electrons. */
export interface Arrow {
  readonly site: number;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** The contributions laid end to end, short ones first. */
export function arrowChain(contributions: readonly Contribution[]): Arrow[] {
  let at: readonly [number, number] = [0, 0];
  return [...contributions]
    .sort((p, q) => p.amplitude - q.amplitude || p.site - q.site)
    .map(({ site, re, im }) => {
      const to = [at[0] + re, at[1] + im] as const;
      const arrow = { site, from: at, to };
      at = to;
      return arrow;
    });
}

/** Electrons to pixels, one scale for both axes. */
export interface ArgandFrame {
  readonly width: number;
  readonly height: number;
  readonly perPixel: number;
  readonly x: (re: number) => number;
  readonly y: (im: number) => number;
  readonly ticksX: readonly number[];
  readonly ticksY: readonly number[];
  readonly decimals: number;
}

/** Room around the picture for labels, pixels. */
const PAD = 26;

/**
 * A frame that holds all points and the circle |F|. It grows in steps of a fifth, so that it does not breathe while an
 * atom is dragged.
 */
export function argandFrame(
  width: number,
  height: number,
  points: readonly (readonly [number, number])[],
  radius: number,
): ArgandFrame {
  const all = [...points, [0, 0] as const, [radius, radius] as const, [-radius, -radius] as const];
  const range = (i: 0 | 1): [number, number] => {
    const values = all.map(point => point[i]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [x0, x1] = range(0);
  const [y0, y1] = range(1);
  const need = Math.max(
    (x1 - x0) / Math.max(10, width - 2 * PAD),
    (y1 - y0) / Math.max(10, height - 2 * PAD),
    1e-6,
  );
  const perPixel = 1.2 ** Math.ceil(Math.log(need) / Math.log(1.2));
  const centreX = (x0 + x1) / 2;
  const centreY = (y0 + y1) / 2;
  const half = [(width / 2) * perPixel, (height / 2) * perPixel] as const;
  // One step for both axes: squares stay squares.
  let count = Math.max(2, width / 70);
  let longest = niceTicks(-half[0], half[0], count);
  // A round step may be longer than the half axis: then a shorter one.
  while (longest.values.length < 3 && count < 64) {
    count *= 1.5;
    longest = niceTicks(-half[0], half[0], count);
  }
  const step = longest.values.length > 1 ? longest.values[1]! - longest.values[0]! : 2 * half[0];
  const ticks = (low: number, high: number): number[] => {
    const first = Math.ceil(low / step);
    return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, i) =>
      Number(((first + i) * step).toPrecision(10)),
    ).filter(value => value !== 0);
  };
  return {
    width,
    height,
    perPixel,
    x: re => width / 2 + (re - centreX) / perPixel,
    y: im => height / 2 - (im - centreY) / perPixel,
    ticksX: ticks(centreX - half[0], centreX + half[0]),
    ticksY: ticks(centreY - half[1], centreY + half[1]),
    decimals: longest.decimals,
  };
}

/** An arrow head at the end of a line, as the points of a polygon. Pixels. */
export function arrowHead(
  from: readonly [number, number],
  to: readonly [number, number],
  size: number,
): string {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length < 1) return '';
  const s = Math.min(size, length);
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const corner = (side: number): string =>
    `${(to[0] - s * ux - side * 0.42 * s * uy).toFixed(1)},${(to[1] - s * uy + side * 0.42 * s * ux).toFixed(1)}`;
  return `${to[0].toFixed(1)},${to[1].toFixed(1)} ${corner(1)} ${corner(-1)}`;
}
