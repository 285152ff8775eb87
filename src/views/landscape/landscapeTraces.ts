import type { GridField } from '../../landscape/minima.ts';
import { type ColourMapId, colourScale } from '../../ui/colourMaps.ts';

/** A field to plotly traces: heat, relief, isolines. Pure; tested without a browser. */

export interface TraceOptions {
  readonly heat: boolean;
  readonly relief: boolean;
  readonly lines: boolean;
  readonly colourMap: ColourMapId;
  readonly colourRange: readonly [number, number];
}

export interface FieldTrace {
  readonly type: 'heatmap' | 'contour';
  readonly [option: string]: unknown;
}

/** Rows of a flat field; what cannot be computed becomes a gap, never a number. */
const rows = (values: Float64Array, nx: number): (number | null)[][] =>
  Array.from({ length: values.length / nx }, (_, iy) =>
    Array.from(values.subarray(iy * nx, (iy + 1) * nx), value => (Number.isFinite(value) ? value : null)),
  );

export function landscapeTraces(field: GridField, options: TraceOptions): FieldTrace[] {
  const { heat, lines, colourMap, colourRange } = options;
  const z = rows(field.values, field.xs.length);
  const grid = { x: Array.from(field.xs), y: Array.from(field.ys), hoverinfo: 'skip', showscale: false };
  const traces: FieldTrace[] = [];
  if (heat)
    traces.push({
      type: 'heatmap',
      ...grid,
      z,
      colorscale: colourScale(colourMap),
      zmin: colourRange[0],
      zmax: colourRange[1],
      zsmooth: false,
    });
  if (showsRelief(field, options))
    traces.push({
      type: 'heatmap',
      ...grid,
      z: rows(hillshade(field, colourRange), field.xs.length),
      colorscale: RELIEF,
      zmin: -1,
      zmax: 1,
      zsmooth: false,
    });
  if (lines) traces.push(...isolines(colourRange, { ...grid, z }, heat));
  return traces;
}

/** Brightness is moved by at most so much. */
export const SHADE = 0.16;
const RELIEF = [
  [0, `rgba(0,0,0,${SHADE})`],
  [0.5, 'rgba(128,128,128,0)'],
  [1, `rgba(255,255,255,${SHADE})`],
];
/** Coarser fields have no relief. */
const RELIEF_FROM = 30;

export const showsRelief = (
  { xs }: GridField,
  { heat, relief }: Pick<TraceOptions, 'heat' | 'relief'>,
): boolean => heat && relief && xs.length > RELIEF_FROM;

/** Shade of the slope towards the light at the upper left, −1 to 1, in units of a tenth of the range per 8 % of width. */
export function hillshade(
  { xs, ys, values }: GridField,
  [low, high]: readonly [number, number],
): Float64Array {
  const nx = xs.length;
  const ny = ys.length;
  const out = new Float64Array(values.length);
  const scale = high > low ? 0.8 / (high - low) : 0;
  for (let iy = 0; iy < ny; iy++)
    for (let ix = 0; ix < nx; ix++) {
      const at = iy * nx + ix;
      const dx = values[iy * nx + Math.min(nx - 1, ix + 1)]! - values[iy * nx + Math.max(0, ix - 1)]!;
      const dy = values[Math.min(ny - 1, iy + 1) * nx + ix]! - values[Math.max(0, iy - 1) * nx + ix]!;
      const slope = (dx * (nx - 1) - dy * (ny - 1)) / 2;
      out[at] = Math.max(-1, Math.min(1, scale * slope * 0.2));
    }
  return out;
}

/** Isoline step: 0.05 over a cosine map, and as many lines over any other range. */
export function isolineStep([low, high]: readonly [number, number]): number {
  const raw = (high - low) / 18;
  if (!(raw > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 5, 10].find(factor => factor * power >= raw * 0.999) ?? 10);
}

/** White on the darker half of the map, black on the lighter; every second line twice as strong. */
function isolines(
  range: readonly [number, number],
  grid: Readonly<Record<string, unknown>>,
  onHeat: boolean,
): FieldTrace[] {
  const step = isolineStep(range);
  const middle = Math.round((0.5 * (range[0] + range[1])) / step) * step;
  const first = Math.ceil(range[0] / step) * step;
  const family = (from: number, to: number, every: number, colour: string): FieldTrace => ({
    type: 'contour',
    ...grid,
    autocontour: false,
    contours: { start: from, end: to, size: every, coloring: 'none', showlabels: false },
    line: { color: colour, width: 0.75, smoothing: 0.6 },
  });
  if (!onHeat) return [family(first, range[1], step, 'rgba(128,128,128,0.8)')];
  const strongFrom = Math.ceil(range[0] / (2 * step)) * 2 * step;
  const strongMiddle = Math.round(middle / (2 * step)) * 2 * step;
  return [
    family(first, middle - step / 2, step, 'rgba(255,255,255,0.2)'),
    family(strongFrom, middle - step / 2, 2 * step, 'rgba(255,255,255,0.2)'),
    family(middle, range[1], step, 'rgba(0,0,0,0.16)'),
    family(strongMiddle, range[1], 2 * step, 'rgba(0,0,0,0.16)'),
  ];
}
