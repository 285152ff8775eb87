import { fwhm } from '../diffraction/caglioti.ts';
import { binCount, type Instrument } from '../diffraction/instrument.ts';
import type { AxisCells } from './axisCells.ts';
import type { LeafOrder } from './leafOrder.ts';
import { patternAtBin } from './patternBin.ts';
import { CONVEX_FROM, lorentziansAtBin, mostAtBins, profileCeiling, ROUNDING } from './profileBounds.ts';

/**
 * The largest bin of a pattern from its peaks alone, by branch and bound: bins of which the peaks, each at its nearest,
 * amount to less than a bin already known cannot hold it. A few bins are left, whose values are summed exactly. Among
 * equal ones the first is taken, as in losses/mse.ts.
 */
export interface PatternTop {
  readonly instrument: Instrument;
  readonly axis: AxisCells;
  /** First bin of every leaf, then the number of bins, [leaves + 1]. */
  readonly firstBin: Int32Array;
  /** Most that a profile reaches so many leaves from its peak's [leaves]. */
  readonly reach: Float64Array;
  /** Whether all profiles are convex beyond the leaf next to their peak's. */
  readonly convex: boolean;
  /** Σ I of every leaf [leaves]. */
  readonly sums: Float64Array;
  /** Bins still to search, each entry the first and the one after the last, and the most they may amount to. */
  readonly stack: Int32Array;
  readonly most: Float64Array;
  /** In the leaf being searched, most that all but its and its neighbours' peaks amount to: at its first bin, per bin. */
  far: number;
  farSlope: number;
  /** The largest bin and its value, once `findTop` has run. */
  bin: number;
  value: number;
}

/** Halvings of 2³¹ bins, two entries each. */
const STACK = 64;

/** @param axis into whose leaves the peaks are sorted */
export function patternTop(instrument: Instrument, axis: AxisCells): PatternTop {
  const { low, high, leaves, leafWidth } = axis;
  const { twoThetaMin, step, eta } = instrument;
  const bins = binCount(instrument);
  const firstBin = Int32Array.from({ length: leaves + 1 }, (_, c) =>
    Math.min(bins, Math.max(0, Math.ceil((low + c * leafWidth - twoThetaMin) / step))),
  );
  // rounding must not leave a bin without a leaf
  firstBin[0] = 0;
  firstBin[leaves] = bins;
  const widest = Math.max(
    ...Array.from({ length: 257 }, (_, i) => fwhm(instrument, low + ((high - low) * i) / 256)),
  );
  return {
    instrument,
    axis,
    firstBin,
    reach: Float64Array.from({ length: leaves }, (_, n) => {
      // a bin may lie in the leaf before its own by rounding
      const gap = Math.max(0, (n - 1) * leafWidth - 1e-9) / widest;
      return profileCeiling(eta) / (1 + 4 * gap * gap);
    }),
    convex: leafWidth > 1.01 * CONVEX_FROM * widest,
    sums: new Float64Array(leaves),
    stack: new Int32Array(2 * STACK),
    most: new Float64Array(STACK),
    far: 0,
    farSlope: 0,
    bin: 0,
    value: 0,
  };
}

/** Finds the largest bin of the pattern of these peaks. */
export function findTop(top: PatternTop, order: LeafOrder): void {
  const { sums } = top;
  const { start, intensity } = order;
  let total = 0;
  let strongest = 0;
  for (let c = 0; c < sums.length; c++) {
    let sum = 0;
    for (let i = start[c]; i < start[c + 1]; i++) {
      sum += intensity[i];
      if (intensity[i] > intensity[strongest]) strongest = i;
    }
    sums[c] = sum;
    total += sum;
  }
  startAt(top, order, strongest);
  for (let c = 0; c < sums.length; c++) if (mayHoldTop(top, order, c, total)) searchLeaf(top, order, c);
}

/** The bin nearest to a peak: a first value for others to exceed. */
function startAt(top: PatternTop, order: LeafOrder, peak: number): void {
  const { instrument, firstBin, axis } = top;
  const nearest = Math.round((order.position[peak] - instrument.twoThetaMin) / instrument.step);
  top.bin = Math.min(firstBin[axis.leaves] - 1, Math.max(0, nearest));
  top.value = patternAtBin(instrument, order, order.start[axis.leaves], top.bin);
}

/** Whether a leaf may hold the largest bin, the cheapest bounds first; if so, leaves `far` and `farSlope` for its search. */
function mayHoldTop(top: PatternTop, order: LeafOrder, leaf: number, total: number): boolean {
  const { instrument, firstBin, sums, reach, value } = top;
  const first = firstBin[leaf];
  const end = firstBin[leaf + 1];
  if (first === end) return false;
  let near = sums[leaf];
  if (leaf > 0) near += sums[leaf - 1];
  if (leaf + 1 < sums.length) near += sums[leaf + 1];
  const far = sums.length > 2 ? reach[2] * (total - near) : 0;
  if (profileCeiling(instrument.eta) * near + far < value) return false;
  near = mostAtBins(instrument, order, before(order, leaf), after(order, leaf), first, end);
  if (near + far < value) return false;
  boundFar(top, order, leaf);
  return near + Math.max(top.far, top.far + top.farSlope * (end - 1 - first)) >= value;
}

/** The peaks of a leaf and its neighbours: the first, and the one after the last. */
const before = ({ start }: LeafOrder, leaf: number): number => start[Math.max(0, leaf - 1)];
const after = ({ start }: LeafOrder, leaf: number): number => start[Math.min(start.length - 1, leaf + 2)];

/** Convex tails stay below the line through their values at the two ends of a leaf. */
function boundFar(top: PatternTop, order: LeafOrder, leaf: number): void {
  const { sums, reach, value } = top;
  let far = 0;
  for (let c = 0; c < leaf - 1; c++) far += sums[c] * reach[leaf - c];
  for (let c = leaf + 2; c < sums.length; c++) far += sums[c] * reach[c - leaf];
  top.far = far * ROUNDING;
  top.farSlope = 0;
  if (!top.convex || far < 1e-3 * value) return;
  const first = top.firstBin[leaf];
  const last = top.firstBin[leaf + 1] - 1;
  top.far = tails(top, order, leaf, first);
  if (last > first) top.farSlope = (tails(top, order, leaf, last) - top.far) / (last - first);
}

/** What all peaks but those of a leaf and its neighbours amount to at a bin of the leaf, at most. */
function tails({ instrument, axis }: PatternTop, order: LeafOrder, leaf: number, bin: number): number {
  const left = lorentziansAtBin(instrument, order, 0, before(order, leaf), bin);
  const right = lorentziansAtBin(instrument, order, after(order, leaf), order.start[axis.leaves], bin);
  return (left + right) * profileCeiling(instrument.eta);
}

/** Halves the leaf's bins as long as a half may hold a larger bin than the largest known, the likelier half first. */
function searchLeaf(top: PatternTop, order: LeafOrder, leaf: number): void {
  const { stack, most, firstBin } = top;
  push(top, order, leaf, firstBin[leaf], firstBin[leaf + 1], 0);
  let held = 1;
  while (held > 0) {
    held--;
    if (most[held] < top.value) continue;
    const from = stack[2 * held];
    const to = stack[2 * held + 1];
    if (to - from === 1) {
      visit(top, order, from);
      continue;
    }
    const middle = (from + to) >> 1;
    push(top, order, leaf, from, middle, held);
    push(top, order, leaf, middle, to, held + 1);
    if (most[held] > most[held + 1]) swap(top, held);
    held += 2;
  }
}

/** Puts the bins from … to − 1 on the stack. */
function push(top: PatternTop, order: LeafOrder, leaf: number, from: number, to: number, at: number): void {
  const { instrument, stack, most, firstBin, far, farSlope } = top;
  stack[2 * at] = from;
  stack[2 * at + 1] = to;
  const ahead = (farSlope > 0 ? to - 1 : from) - firstBin[leaf];
  const near = mostAtBins(instrument, order, before(order, leaf), after(order, leaf), from, to);
  most[at] = near + far + farSlope * ahead;
}

function swap({ stack, most }: PatternTop, at: number): void {
  const from = stack[2 * at];
  const to = stack[2 * at + 1];
  const bound = most[at];
  stack[2 * at] = stack[2 * at + 2];
  stack[2 * at + 1] = stack[2 * at + 3];
  most[at] = most[at + 1];
  stack[2 * at + 2] = from;
  stack[2 * at + 3] = to;
  most[at + 1] = bound;
}

function visit(top: PatternTop, order: LeafOrder, bin: number): void {
  const value = patternAtBin(top.instrument, order, order.start[top.axis.leaves], bin);
  if (!(value > top.value || (value === top.value && bin < top.bin))) return;
  top.value = value;
  top.bin = bin;
}
