import type { PathRun } from '../../state/explore/descentRun.ts';

/** Data coordinates to pixels of the map and back. */
export interface MapFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

/** Room around the plot area: axis labels left and below, the name of the vertical axis above. */
const MARGIN = { left: 58, right: 10, top: 22, bottom: 26 };

/**
 * The plot area inside a pane of width × height pixels, in whole pixels; a centred square where `square` is asked for.
 */
export function frameOf(
  width: number,
  height: number,
  xRange: readonly [number, number],
  yRange: readonly [number, number],
  square: boolean,
): MapFrame {
  const room = {
    width: Math.max(0, Math.floor(width - MARGIN.left - MARGIN.right)),
    height: Math.max(0, Math.floor(height - MARGIN.top - MARGIN.bottom)),
  };
  const side = Math.min(room.width, room.height);
  const used = square ? { width: side, height: side } : room;
  const left = MARGIN.left + Math.floor((room.width - used.width) / 2);
  return { left, top: MARGIN.top, ...used, xRange, yRange };
}

export const insideFrame = (frame: MapFrame, px: number, py: number): boolean =>
  px >= frame.left && px <= frame.left + frame.width && py >= frame.top && py <= frame.top + frame.height;

export const toX = (frame: MapFrame, x: number): number =>
  frame.left + ((x - frame.xRange[0]) / (frame.xRange[1] - frame.xRange[0])) * frame.width;
export const toY = (frame: MapFrame, y: number): number =>
  frame.top + (1 - (y - frame.yRange[0]) / (frame.yRange[1] - frame.yRange[0])) * frame.height;

/** The point under a pixel, kept inside the ranges. */
export function fromPixel(frame: MapFrame, px: number, py: number): { x: number; y: number } {
  const share = (value: number): number => Math.max(0, Math.min(1, value));
  const fx = share((px - frame.left) / frame.width);
  const fy = share(1 - (py - frame.top) / frame.height);
  return {
    x: frame.xRange[0] + fx * (frame.xRange[1] - frame.xRange[0]),
    y: frame.yRange[0] + fy * (frame.yRange[1] - frame.yRange[0]),
  };
}

/** A trajectory in pixels with the steps its points stand for; points closer than a pixel are left out. */
export interface PixelPath {
  readonly steps: readonly number[];
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** @param places of the two axes in an iterate */
export function pixelPath(
  frame: MapFrame,
  { cells, count, stride }: Pick<PathRun, 'cells' | 'count' | 'stride'>,
  [xPlace, yPlace]: readonly [number, number],
): PixelPath {
  const steps: number[] = [];
  const xs: number[] = [];
  const ys: number[] = [];
  for (let i = 0; i < count; i++) {
    const px = toX(frame, cells[stride * i + xPlace]!);
    const py = toY(frame, cells[stride * i + yPlace]!);
    const last = xs.length - 1;
    if (last >= 0 && Math.abs(px - xs[last]!) + Math.abs(py - ys[last]!) < 0.8 && i !== count - 1) continue;
    steps.push(i);
    xs.push(px);
    ys.push(py);
  }
  return { steps, xs, ys };
}

/** SVG path of the part up to a step; the last point is where the step itself is. */
export function pathUpTo(path: PixelPath, step: number, end: readonly [number, number]): string {
  let text = '';
  for (let i = 0; i < path.steps.length && path.steps[i]! <= step; i++)
    text += `${i === 0 ? 'M' : 'L'}${path.xs[i]!.toFixed(1)} ${path.ys[i]!.toFixed(1)}`;
  return text ? `${text}L${end[0].toFixed(1)} ${end[1].toFixed(1)}` : '';
}
