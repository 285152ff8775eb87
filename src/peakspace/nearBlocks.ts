import { fwhm } from '../diffraction/caglioti.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { type AxisCells, interval } from './axisCells.ts';
import { chebyshevNodes, nodalToMonomial } from './chebyshev.ts';
import type { LeafOrder } from './leafOrder.ts';
import { overlap } from './overlapKernel.ts';

/**
 * Near field without pairs, for patterns of many peaks: where leaves are hardly wider than a peak the overlap is smooth
 * even between neighbours and within a leaf, and its interpolant B (as in farBlocks.ts, of higher order) serves there
 * too, self terms included. The cost is that of the leaves plus that of the peaks.
 */
export interface NearBlocks {
  /** Of every leaf with itself, then with the next one: [leaves * 2 * NEAR_ORDER * NEAR_ORDER], rows n, columns m. */
  readonly blocks: Float64Array;
  /** Scratch [leaves * NEAR_ORDER]; nothing in it outlives a call. */
  readonly moments: Float64Array;
  readonly potential: Float64Array;
}

/** Sixteen terms err by 2e-9 of a loss in leaves 1.12 least widths wide, fourteen by 1e-8. */
export const NEAR_ORDER = 16;
/** Widest leaf, least FWHM. */
export const NEAR_LEAF = 1.12;

/** ~0.2 s for the 256 leaves of the paper's instrument. */
export function nearBlocks(instrument: Instrument, axis: AxisCells): NearBlocks {
  const n = NEAR_ORDER;
  const nodes = chebyshevNodes(n);
  const matrix = nodalToMonomial(n);
  const positions = Array.from({ length: axis.leaves }, (_, c) => {
    const [a, b] = interval(axis, 0, c);
    return nodes.map(x => 0.5 * (a + b) + 0.5 * (b - a) * x);
  });
  const widths = positions.map(t => t.map(at => fwhm(instrument, at)));
  const blocks = new Float64Array(axis.leaves * 2 * n * n);
  const values = new Float64Array(n * n);
  const half = new Float64Array(n * n);
  for (let c = 0; c < axis.leaves; c++)
    for (let next = 0; next < 2 && c + next < axis.leaves; next++) {
      const [p, q] = [positions[c]!, positions[c + next]!];
      const [hp, hq] = [widths[c]!, widths[c + next]!];
      for (let a = 0; a < n; a++)
        for (let b = 0; b < n; b++)
          values[a * n + b] = overlap(p[a] - q[b], hp[a], hq[b], instrument.eta, instrument.step);
      // C V Cᵀ
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let a = 0; a < n; a++) sum += matrix[i * n + a] * values[a * n + j];
          half[i * n + j] = sum;
        }
      const at = (2 * c + next) * n * n;
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let b = 0; b < n; b++) sum += half[i * n + b] * matrix[j * n + b];
          blocks[at + i * n + j] = sum;
        }
    }
  return {
    blocks,
    moments: new Float64Array(axis.leaves * n),
    potential: new Float64Array(axis.leaves * n),
  };
}

function nearMoments({ leaves }: AxisCells, { start, local, intensity }: LeafOrder, out: Float64Array): void {
  const N: typeof NEAR_ORDER = 16;
  out.fill(0);
  for (let c = 0; c < leaves; c++) {
    const at = c * N;
    for (let i = start[c]; i < start[c + 1]; i++) {
      const x = local[i];
      let w = intensity[i];
      for (let n = 0; n < N; n++) {
        out[at + n] += w;
        w *= x;
      }
    }
  }
}

/** Potentials of every leaf from its own peaks and those of its neighbours. */
function nearPotentials({ blocks, moments, potential }: NearBlocks, leaves: number): void {
  const N: typeof NEAR_ORDER = 16;
  potential.fill(0);
  for (let c = 0; c < leaves; c++) {
    const own = c * N;
    const next = own + N;
    let b = 2 * c * N * N;
    if (moments[own] !== 0)
      for (let n = 0; n < N; n++) {
        let sum = 0;
        for (let m = 0; m < N; m++) sum += blocks[b + n * N + m] * moments[own + m];
        potential[own + n] += sum;
      }
    if (c + 1 === leaves || moments[own] === 0 || moments[next] === 0) continue;
    b += N * N;
    for (let n = 0; n < N; n++) {
      const mine = moments[own + n];
      let sum = 0;
      for (let m = 0; m < N; m++) {
        const block = blocks[b + n * N + m];
        sum += block * moments[next + m];
        potential[next + m] += block * mine;
      }
      potential[own + n] += sum;
    }
  }
}

/** What `nearField` of nearPairs.ts does, through blocks. Overwrites A and T. */
export function nearFieldByBlocks(
  near: NearBlocks,
  axis: AxisCells,
  order: LeafOrder,
  byIntensity: Float64Array,
  byPosition: Float64Array,
): void {
  const N: typeof NEAR_ORDER = 16;
  const { start, local } = order;
  const { potential } = near;
  nearMoments(axis, order, near.moments);
  nearPotentials(near, axis.leaves);
  const perDegree = 2 / axis.leafWidth;
  for (let c = 0; c < axis.leaves; c++) {
    const at = c * N;
    for (let i = start[c]; i < start[c + 1]; i++) {
      const x = local[i];
      let value = potential[at + N - 1];
      let slope = 0;
      for (let n = at + N - 2; n >= at; n--) {
        slope = slope * x + value;
        value = value * x + potential[n];
      }
      byIntensity[i] = value;
      byPosition[i] = perDegree * slope;
    }
  }
}

/** What `nearEnergy` of nearPairs.ts does, through blocks. */
export function nearEnergyByBlocks(near: NearBlocks, axis: AxisCells, order: LeafOrder): number {
  nearMoments(axis, order, near.moments);
  nearPotentials(near, axis.leaves);
  let energy = 0;
  for (let i = 0; i < near.moments.length; i++) energy += near.moments[i] * near.potential[i];
  return energy;
}
