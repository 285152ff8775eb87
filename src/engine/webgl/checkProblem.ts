import type { Cell } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../diffraction/pattern.ts';
import type { Problem } from '../engine.ts';

const site = (element: string, x: number, y: number, z: number): Site => ({
  label: element,
  element,
  fract: [x, y, z],
  occupancy: 1,
});
const SITES = [site('Sr', 0, 0, 0), site('Ti', 0.48, 0.53, 0.51), site('O', 0.1, 0.42, 0.6)];
const TRUTH: Cell = [3.9, 4.2, 4.6, 86, 95, 103];

/** The crystal of the self-check: small, triclinic, three elements; no reflection is extinct. */
export const checkProblem = (): Problem => ({
  kind: 'loss',
  sites: SITES,
  instrument: PAPER_INSTRUMENT,
  loss: 'cosine',
  target: simulatePattern(scatteringModel(SITES, PAPER_INSTRUMENT, TRUTH), TRUTH),
});

/** Cells of the check: the true one, then distorted ones, flat [8 * 6]. */
export const checkCells = (): Float64Array =>
  Float64Array.from({ length: 48 }, (_, at) => {
    const [row, i] = [Math.floor(at / 6), at % 6];
    const sway = row === 0 ? 0 : Math.sin(1 + 2.3 * row + 1.7 * i);
    return TRUTH[i % 6]! * (1 + (i < 3 ? 0.06 : 0.04) * sway);
  });
