import { latticeMatrix } from '../crystal/cell.ts';
import type { Structure } from '../crystal/structure.ts';
import type { Alignment } from './alignment.ts';
import type { DensityGrid } from './densityGrid.ts';
import { type Fract, periodicDistance, samePosition } from './positions.ts';

export interface DensityPeak {
  /** Unit fractions in [0, 1). */
  readonly fract: Fract;
  /** Electrons per cubic angstrom, of the parabolas through the neighbours. */
  readonly height: number;
}

/**
 * Maxima of a periodic map, highest first, at most `count`. A maximum is a point above its 26 neighbours (of equal
 * ones the first counts); position and height come from the parabola through it along each axis.
 */
export function densityPeaks({ shape, values }: DensityGrid, count: number): DensityPeak[] {
  const [nx, ny, nz] = shape;
  const wrapped = (i: number, j: number, k: number): number =>
    (((i + nx) % nx) * ny + ((j + ny) % ny)) * nz + ((k + nz) % nz);
  const isMaximum = (i: number, j: number, k: number): boolean => {
    const here = (i * ny + j) * nz + k;
    for (let a = -1; a <= 1; a++)
      for (let b = -1; b <= 1; b++)
        for (let c = -1; c <= 1; c++) {
          const there = wrapped(i + a, j + b, k + c);
          if (values[there]! > values[here]! || (values[there] === values[here] && there < here))
            return false;
        }
    return true;
  };
  const peaks: DensityPeak[] = [];
  for (let i = 0; i < nx; i++)
    for (let j = 0; j < ny; j++)
      for (let k = 0; k < nz; k++) {
        if (!isMaximum(i, j, k)) continue;
        const here = values[(i * ny + j) * nz + k]!;
        let height = here;
        const along = (index: number, n: number, before: number, after: number): number => {
          const bend = before - 2 * here + after;
          const offset = bend < 0 ? (0.5 * (before - after)) / bend : 0;
          height -= 0.25 * (before - after) * offset;
          const fraction = (index + offset) / n;
          return fraction - Math.floor(fraction);
        };
        const fract: Fract = [
          along(i, nx, values[wrapped(i - 1, j, k)]!, values[wrapped(i + 1, j, k)]!),
          along(j, ny, values[wrapped(i, j - 1, k)]!, values[wrapped(i, j + 1, k)]!),
          along(k, nz, values[wrapped(i, j, k - 1)]!, values[wrapped(i, j, k + 1)]!),
        ];
        peaks.push({ fract, height });
      }
  return peaks.sort((p, q) => q.height - p.height).slice(0, count);
}

/** Fate of one position of the true crystal. */
export interface AtomMatch {
  /** The first site at this position. */
  readonly site: number;
  /** Index of the nearest peak and how far it is, angstrom. */
  readonly peak: number;
  readonly distance: number;
}

/** The nearest peak to every atomic position once origin and hand are those of `alignment`; no peaks, no matches. */
export function matchAtoms(
  { cell, sites }: Pick<Structure, 'cell' | 'sites'>,
  peaks: readonly DensityPeak[],
  { shift, inverted }: Pick<Alignment, 'shift' | 'inverted'>,
): AtomMatch[] {
  const lattice = latticeMatrix(cell);
  const sign = inverted ? -1 : 1;
  return sites.flatMap(({ fract }, site): AtomMatch[] => {
    if (peaks.length === 0) return [];
    if (sites.findIndex(other => samePosition(other.fract, fract)) < site) return [];
    const placed = fract.map((value, axis) => sign * value + shift[axis]!) as unknown as Fract;
    const distances = peaks.map(peak => periodicDistance(lattice, placed, peak.fract));
    const distance = Math.min(...distances);
    return [{ site, peak: distances.indexOf(distance), distance }];
  });
}
