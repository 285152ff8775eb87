import type { Cell } from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import { type Instrument, reflectionWindow } from '../diffraction/instrument.ts';
import { peaksAt, scatteringModel } from '../diffraction/pattern.ts';
import type { CellObjective } from './denseObjective.ts';

/** Largest error that passes for exact: of the loss (relative above 1). */
export const LOSS_TOLERANCE = 1e-7;

/** Dense losses and gradients at the cells of a self-test. Plain data. */
export interface Reference {
  readonly cells: readonly Float64Array[];
  /** NaN where a cell shows no reflection. */
  readonly losses: readonly number[];
  readonly gradients: readonly Float64Array[];
}

/** Reflections in the window of a probe cell: enough for near and distant pairs all over it; dense losses cost as many. */
const REFLECTIONS = 60;

/** Shapes of unit volume, about: cubic, triclinic twice, hexagonal and out of true. */
const SHAPES: readonly Cell[] = [
  [1, 1, 1, 90, 90, 90],
  [0.9, 1.02, 1.13, 84, 97, 103],
  [1.25, 0.8, 1.06, 76, 91, 112],
  [1.08, 1.07, 1.01, 90, 90.4, 119],
];

/** The first of the probe cells: their shapes, with the volume that fills the window with reflections. */
export function shapedCells(instrument: Instrument): Float64Array[] {
  const { lower, upper } = reflectionWindow(instrument);
  const radius = (angle: number): number => (2 * Math.sin((angle * Math.PI) / 360)) / instrument.wavelength;
  const shell = ((2 * Math.PI) / 3) * (radius(upper) ** 3 - radius(lower) ** 3);
  const edge = Math.cbrt(REFLECTIONS / shell);
  return SHAPES.map(shape => Float64Array.from(shape, (x, i) => (i < 3 ? x * edge : x)));
}

/**
 * Cells that try all that a fast way does. The crystal's own cell does not matter: these have the volume that fills the
 * window with reflections, so that crystals of any size are tested alike, and the verdict depends on no cell that happens
 * to be asked for first. The last one or two have a strong reflection at an end of the window.
 */
export function probeCells(sites: readonly Site[], instrument: Instrument): Float64Array[] {
  const { lower, upper } = reflectionWindow(instrument);
  const cells = shapedCells(instrument);
  cells.push(strongAt(upper - 0.02, cells[1]!, sites, instrument));
  if (lower > 0) cells.push(strongAt(lower + 0.02, cells[2]!, sites, instrument));
  return cells;
}

/** The cell scaled so that its strongest reflection within 10° of an end of the window comes to lie at it. */
function strongAt(
  end: number,
  cell: Float64Array,
  sites: readonly Site[],
  instrument: Instrument,
): Float64Array {
  const peaks = peaksAt(scatteringModel(sites, instrument, Array.from(cell) as unknown as Cell), cell);
  let best = -1;
  for (let k = 0; k < peaks.count; k++)
    if (Math.abs(peaks.twoTheta[k] - end) < 10 && (best < 0 || peaks.intensity[k] > peaks.intensity[best]))
      best = k;
  if (best < 0) return cell;
  const scale = Math.sin((peaks.twoTheta[best] * Math.PI) / 360) / Math.sin((end * Math.PI) / 360);
  return cell.map((x, i) => (i < 3 ? x * scale : x));
}

/** Losses and gradients of an objective at cells. */
export function referenceAt(cells: readonly Float64Array[], objective: CellObjective): Reference {
  const gradients = cells.map(() => new Float64Array(6));
  return { cells, losses: cells.map((cell, i) => objective(cell, gradients[i]!)), gradients };
}

/**
 * Largest error of an objective, with and without the gradient, in units of what passes: up to 1 it agrees at every cell
 * that has a loss. Infinite where none has, or where just one of the two has.
 * @param gradientTolerance in units of the gradient's largest component
 */
export function worstError(
  { cells, losses, gradients }: Reference,
  objective: CellObjective,
  gradientTolerance: number,
): number {
  const gradient = new Float64Array(6);
  let worst = Number.POSITIVE_INFINITY;
  for (const [i, cell] of cells.entries()) {
    const expected = losses[i]!;
    const value = objective(cell, gradient);
    if (Number.isNaN(expected) && Number.isNaN(value)) continue;
    const lossScale = LOSS_TOLERANCE * Math.max(1, Math.abs(expected));
    const gradientScale = gradientTolerance * Math.max(...gradients[i]!.map(Math.abs));
    const errors = [
      Math.abs(value - expected) / lossScale,
      Math.abs(objective(cell, null) - expected) / lossScale,
      ...gradient.map((g, p) => Math.abs(g - gradients[i]![p]!) / gradientScale),
    ];
    const largest = Math.max(...errors);
    if (!(largest <= 1)) return Number.POSITIVE_INFINITY;
    worst = worst === Number.POSITIVE_INFINITY ? largest : Math.max(worst, largest);
  }
  return worst;
}
