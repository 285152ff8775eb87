import { fwhm } from '../../diffraction/caglioti.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import type { AxisCells } from '../tree/axisCells.ts';
import { type CellPair, farBlocks } from '../tree/farBlocks.ts';
import { overlap } from './overlapKernel.ts';

/** Sixteen terms err by 2e-9 of a loss in leaves 1.12 least widths wide, fourteen by 1e-8. */
export const NEAR_ORDER = 16;
/** Widest leaf, least FWHM. */
export const NEAR_LEAF = 1.12;

/**
 * Near field without pairs, for patterns of many peaks: where leaves are hardly wider than a peak the overlap is smooth
 * even between neighbours and within a leaf, and its interpolant (as in farBlocks.ts, of higher order) serves there
 * too, self terms included. The cost is that of the leaves plus that of the peaks. ~0.2 s for the 256 leaves of the
 * paper's instrument.
 * @returns blocks of every leaf with itself, then with the next one: [leaves * 2 * NEAR_ORDER * NEAR_ORDER], rows n,
 * columns m
 */
export function nearBlocks(instrument: Instrument, axis: AxisCells): Float64Array {
  const last = axis.leaves - 1;
  const pairs = Array.from(
    { length: 2 * axis.leaves },
    (_, i): CellPair => [0, i >> 1, Math.min(last, (i + 1) >> 1)],
  );
  return farBlocks(
    axis,
    NEAR_ORDER,
    pairs,
    t => fwhm(instrument, t),
    (x, t, hx, ht) => overlap(x - t, hx, ht, instrument.eta, instrument.step),
  ).blocks;
}
