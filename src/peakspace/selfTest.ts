import type { Cell } from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import { type Instrument, reflectionWindow } from '../diffraction/instrument.ts';
import { peaksAt, scatteringModel } from '../diffraction/pattern.ts';
import type { Loss } from '../losses/loss.ts';
import { type CellObjective, denseObjective } from './denseObjective.ts';

/** Largest error that passes for exact: of the loss (relative above 1), and of the gradient in units of its largest component. */
export const LOSS_TOLERANCE = 1e-7;
export const GRADIENT_TOLERANCE = 1e-5;

/** Dense losses and gradients at cells that try everything the fast objective does. */
export interface SelfTest {
  readonly cells: readonly Float64Array[];
  readonly losses: readonly number[];
  readonly gradients: readonly Float64Array[];
}

/** About as many reflections in the window as the built-in structures have; dense evaluation takes ~3 ms a cell. */
const REFLECTIONS = 150;

/** Shapes of unit volume, about: cubic, triclinic twice, hexagonal and out of true. */
const SHAPES: readonly Cell[] = [
  [1, 1, 1, 90, 90, 90],
  [0.9, 1.02, 1.13, 84, 97, 103],
  [1.25, 0.8, 1.06, 76, 91, 112],
  [1.08, 1.07, 1.01, 90, 90.4, 119],
];

/**
 * @param sites their own cell does not matter: the test cells have the volume that fills the window with reflections,
 * so that a crystal of any size is tested alike, and the verdict depends on no cell that happens to be asked first
 */
export function selfTest(
  sites: readonly Site[],
  instrument: Instrument,
  loss: Loss,
  target: Float64Array,
): SelfTest {
  const { lower, upper } = reflectionWindow(instrument);
  const radius = (angle: number): number => (2 * Math.sin((angle * Math.PI) / 360)) / instrument.wavelength;
  const shell = ((2 * Math.PI) / 3) * (radius(upper) ** 3 - radius(lower) ** 3);
  const edge = Math.cbrt(REFLECTIONS / shell);
  const cells: Float64Array[] = SHAPES.map(shape =>
    Float64Array.from(shape, (x, i) => (i < 3 ? x * edge : x)),
  );
  cells.push(strongAt(upper - 0.02, cells[1]!, sites, instrument));
  if (lower > 0) cells.push(strongAt(lower + 0.02, cells[2]!, sites, instrument));
  const dense = denseObjective(sites, instrument, loss, target);
  const gradients = cells.map(() => new Float64Array(6));
  return { cells, losses: cells.map((cell, i) => dense(cell, gradients[i]!)), gradients };
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

/** Whether an objective agrees with the dense one at every test cell that has a loss, and there is such a cell. */
export function passes({ cells, losses, gradients }: SelfTest, objective: CellObjective): boolean {
  const gradient = new Float64Array(6);
  let tested = 0;
  for (const [i, cell] of cells.entries()) {
    const expected = losses[i]!;
    const value = objective(cell, gradient);
    if (Number.isNaN(expected) && Number.isNaN(value)) continue;
    const tolerance = LOSS_TOLERANCE * Math.max(1, Math.abs(expected));
    if (!(Math.abs(value - expected) <= tolerance)) return false;
    if (!(Math.abs(objective(cell, null) - expected) <= tolerance)) return false;
    const largest = Math.max(...gradients[i]!.map(Math.abs));
    const off = gradient.map((g, p) => Math.abs(g - gradients[i]![p]!));
    if (!(Math.max(...off) <= GRADIENT_TOLERANCE * largest)) return false;
    tested++;
  }
  return tested > 0;
}
