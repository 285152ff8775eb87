import { type Cell, cellExists } from '../../src/crystal/cell.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import type { Instrument } from '../../src/diffraction/instrument.ts';
import { type PeakList, peaksAt, scatteringModel } from '../../src/diffraction/pattern.ts';
import { type Rng, seededRng } from '../../src/num/rng.ts';

/** Difficulty of a cell. */
export type Trait = 'random' | 'peak at the edge' | 'peaks that nearly coincide' | 'one single peak';
export interface ConformanceCell {
  readonly trait: Trait;
  readonly cell: Float64Array;
}

/**
 * Random cells of a crystal for holding an engine against the dense reference: of every ten, seven distorted by up to
 * 10 % and 6°, one with its strongest outer reflection within 0.3° of the window's end on either side, one so close to
 * a cell of the crystal's own symmetry that peaks lie 1e-8 to 1e-2 of a degree apart, and one so small that a single peak is left.
 */
export function conformanceCells(
  { cell, sites }: Structure,
  instrument: Instrument,
  count: number,
  seed: number,
): ConformanceCell[] {
  const rng = seededRng(seed);
  const peaks = (at: Float64Array): PeakList =>
    peaksAt(scatteringModel(sites, instrument, Array.from(at) as unknown as Cell), at);
  return Array.from({ length: count }, (_, n): ConformanceCell => {
    const distorted = distort(cell, [0.01, 0.03, 0.1][n % 3]!, rng);
    if (n % 10 === 7) return { trait: 'peak at the edge', cell: atEdge(distorted, instrument, peaks, rng) };
    if (n % 10 === 8)
      return {
        trait: 'peaks that nearly coincide',
        cell: distort(enlarged(cell, 1 + 0.03 * rng.uniform()), 10 ** (-9 + 6 * rng.uniform()), rng),
      };
    if (n % 10 === 9)
      return { trait: 'one single peak', cell: singlePeak(distorted, instrument, peaks, rng) };
    return { trait: 'random', cell: distorted };
  });
}

const enlarged = (cell: Cell, factor: number): number[] => cell.map((x, i) => (i < 3 ? x * factor : x));

/** Lengths by up to ±share, angles by up to ±60° · share. */
function distort(cell: ArrayLike<number>, share: number, rng: Rng): Float64Array {
  for (;;) {
    const out = Float64Array.from(cell, (x, i) => {
      const draw = 2 * rng.uniform() - 1;
      return i < 3 ? x * (1 + share * draw) : x + 60 * share * draw;
    });
    if (cellExists(out)) return out;
  }
}

const scaled = (cell: Float64Array, factor: number): Float64Array =>
  cell.map((x, i) => (i < 3 ? x * factor : x));
const sine = (twoTheta: number): number => Math.sin((twoTheta * Math.PI) / 360);

function atEdge(
  cell: Float64Array,
  { twoThetaMax }: Instrument,
  peaks: (cell: Float64Array) => PeakList,
  rng: Rng,
): Float64Array {
  const { count, twoTheta, intensity } = peaks(cell);
  let best = -1;
  for (let k = 0; k < count; k++)
    if (twoTheta[k]! > twoThetaMax - 10 && (best < 0 || intensity[k]! > intensity[best]!)) best = k;
  if (best < 0) return cell;
  const offset = (rng.uniform() < 0.5 ? -1 : 1) * 10 ** (-4 + 3.5 * rng.uniform());
  return scaled(cell, sine(twoTheta[best]!) / sine(twoThetaMax + offset));
}

/** Shrunk until one reflection is left, somewhere between 60° and the end. */
function singlePeak(
  cell: Float64Array,
  { twoThetaMax }: Instrument,
  peaks: (cell: Float64Array) => PeakList,
  rng: Rng,
): Float64Array {
  const { count, twoTheta } = peaks(cell);
  const inner = Math.min(...twoTheta.subarray(0, count));
  const first = 60 + (twoThetaMax - 61) * rng.uniform();
  for (let at = first; at < twoThetaMax; at += 0.25 * (twoThetaMax - at) + 1e-3) {
    const small = scaled(cell, sine(inner) / sine(at));
    if (peaks(small).count === 1) return small;
  }
  return scaled(cell, sine(inner) / sine(twoThetaMax - 1e-3));
}
