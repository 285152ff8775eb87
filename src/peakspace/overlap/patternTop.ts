import { fwhm } from '../../diffraction/caglioti.ts';
import { binCount, type Instrument } from '../../diffraction/instrument.ts';
import type { PeaksByLeaf } from '../kernel/peakColumns.ts';
import { type AxisCells, axisCells } from '../tree/axisCells.ts';
import { patternAtBin } from './patternBin.ts';
import { CONVEX_FROM, lorentziansAtBin, mostAtBins, profileCeiling, ROUNDING } from './profileBounds.ts';

/**
 * The largest bin of a pattern from its peaks alone, by branch and bound: bins of which the peaks, each at its nearest,
 * amount to less than a bin already known cannot hold it. A few bins are left, whose values are summed exactly. Among
 * equal ones the first is taken, as in losses/mse.ts.
 */
export interface PatternTop {
  readonly instrument: Instrument;
  /** Leaves of the order of the peaks to a stretch of the axis: bounds are best for stretches of the widest leaf. */
  readonly leavesEach: number;
  /** First bin of every stretch, then the number of bins, [stretches + 1]. */
  readonly firstBin: Int32Array;
  /** Most that a profile reaches so many stretches from its peak's [stretches]. */
  readonly reach: Float64Array;
  /** True where all profiles are convex beyond the stretch next to their peak's. */
  readonly convex: boolean;
  /** Σ I of every stretch [stretches]. */
  readonly sums: Float64Array;
  /** Bins still to search, each entry the first and the one after the last, and the most they may amount to. */
  readonly stack: Int32Array;
  readonly most: Float64Array;
  /** In the stretch searched, most that all but its and its neighbours' peaks amount to: at its first bin, per bin. */
  far: number;
  farSlope: number;
  /** The largest bin and its value, once `findTop` has run. */
  bin: number;
  value: number;
}

/** Halvings of 2³¹ bins, two entries each. */
const STACK = 64;

/** Of the largest bin known: of tails below this a closer bound does not pay. */
const LITTLE = 1e-3;

/** @param axis into whose leaves the peaks are sorted */
export function patternTop(instrument: Instrument, axis: AxisCells): PatternTop {
  const { low, high, leaves: stretches, leafWidth: length } = axisCells(instrument, 0);
  const { twoThetaMin, step, eta } = instrument;
  const bins = binCount(instrument);
  const firstBin = Int32Array.from({ length: stretches + 1 }, (_, c) =>
    Math.min(bins, Math.max(0, Math.ceil((low + c * length - twoThetaMin) / step))),
  );
  // rounding must not leave a bin without a stretch
  firstBin[0] = 0;
  firstBin[stretches] = bins;
  const widest = Math.max(
    ...Array.from({ length: 257 }, (_, i) => fwhm(instrument, low + ((high - low) * i) / 256)),
  );
  return {
    instrument,
    leavesEach: axis.leaves / stretches,
    firstBin,
    reach: Float64Array.from({ length: stretches }, (_, n) => {
      // a bin may lie in the stretch before its own by rounding
      const gap = Math.max(0, (n - 1) * length - 1e-9) / widest;
      return profileCeiling(eta) / (1 + 4 * gap * gap);
    }),
    convex: length > 1.01 * CONVEX_FROM * widest,
    sums: new Float64Array(stretches),
    stack: new Int32Array(2 * STACK),
    most: new Float64Array(STACK),
    far: 0,
    farSlope: 0,
    bin: 0,
    value: 0,
  };
}

/** Finds the largest bin of the pattern of these peaks. */
export function findTop(top: PatternTop, order: PeaksByLeaf): void {
  const { sums, leavesEach } = top;
  const { start, intensity } = order;
  let total = 0;
  let strongest = 0;
  for (let c = 0; c < sums.length; c++) {
    const end = start[(c + 1) * leavesEach];
    let sum = 0;
    for (let i = start[c * leavesEach]; i < end; i++) {
      sum += intensity[i];
      if (intensity[i] > intensity[strongest]) strongest = i;
    }
    sums[c] = sum;
    total += sum;
  }
  startAt(top, order, strongest);
  for (let c = 0; c < sums.length; c++) if (mayHoldTop(top, order, c, total)) search(top, order, c);
}

/** The bin nearest to a peak: a first value for others to exceed. */
function startAt(top: PatternTop, order: PeaksByLeaf, peak: number): void {
  const { instrument, firstBin, sums } = top;
  const nearest = Math.round((order.position[peak] - instrument.twoThetaMin) / instrument.step);
  top.bin = Math.min(firstBin[sums.length] - 1, Math.max(0, nearest));
  top.value = patternAtBin(instrument, order, countOf(order), top.bin);
}

/** True where a stretch may hold the largest bin, the cheapest bounds first; if so, leaves `far` and `farSlope` for its search. */
function mayHoldTop(top: PatternTop, order: PeaksByLeaf, c: number, total: number): boolean {
  const { instrument, firstBin, sums, reach, value } = top;
  const first = firstBin[c];
  const end = firstBin[c + 1];
  if (first === end) return false;
  let near = sums[c];
  if (c > 0) near += sums[c - 1];
  if (c + 1 < sums.length) near += sums[c + 1];
  const far = sums.length > 2 ? reach[2] * (total - near) : 0;
  if (profileCeiling(instrument.eta) * near + far < value) return false;
  near = mostAtBins(instrument, order, before(top, order, c), after(top, order, c), first, end);
  if (near + far < value) return false;
  top.far = mostFromFar(top, c);
  top.farSlope = 0;
  if (near + top.far < value) return false;
  if (!top.convex || top.far < LITTLE * value) return true;
  lineAboveTails(top, order, c);
  return near + Math.max(top.far, top.far + top.farSlope * (end - 1 - first)) >= value;
}

const countOf = ({ start }: PeaksByLeaf): number => start[start.length - 1];
/** The peaks of a stretch and its neighbours: the first, and the one after the last. */
const before = ({ leavesEach }: PatternTop, { start }: PeaksByLeaf, c: number): number =>
  start[Math.max(0, c - 1) * leavesEach];
const after = ({ leavesEach }: PatternTop, { start }: PeaksByLeaf, c: number): number =>
  start[Math.min(start.length - 1, (c + 2) * leavesEach)];

/** Most that the peaks of other stretches than one and its neighbours amount to in it, stretch by stretch. */
function mostFromFar({ sums, reach }: PatternTop, c: number): number {
  let far = 0;
  for (let n = 0; n < c - 1; n++) far += sums[n] * reach[c - n];
  for (let n = c + 2; n < sums.length; n++) far += sums[n] * reach[n - c];
  return far * ROUNDING;
}

/** Sets `far` and `farSlope` to the line through the tails at the two ends of a stretch: being convex they stay below. */
function lineAboveTails(top: PatternTop, order: PeaksByLeaf, c: number): void {
  const first = top.firstBin[c];
  const last = top.firstBin[c + 1] - 1;
  top.far = tails(top, order, c, first);
  if (last > first) top.farSlope = (tails(top, order, c, last) - top.far) / (last - first);
}

/** Bound on what all peaks but those of a stretch and its neighbours amount to at a bin in it, at most. */
function tails(top: PatternTop, order: PeaksByLeaf, c: number, bin: number): number {
  const { instrument } = top;
  const left = lorentziansAtBin(instrument, order, 0, before(top, order, c), bin);
  const right = lorentziansAtBin(instrument, order, after(top, order, c), countOf(order), bin);
  return (left + right) * profileCeiling(instrument.eta);
}

/** Halves the bins of a stretch as long as a half may hold a larger bin than the largest known, the likelier half first. */
function search(top: PatternTop, order: PeaksByLeaf, c: number): void {
  const { stack, most, firstBin } = top;
  push(top, order, c, firstBin[c], firstBin[c + 1], 0);
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
    push(top, order, c, from, middle, held);
    push(top, order, c, middle, to, held + 1);
    if (most[held] > most[held + 1]) swap(top, held);
    held += 2;
  }
}

/** Puts the bins from … to − 1 on the stack. */
function push(top: PatternTop, order: PeaksByLeaf, c: number, from: number, to: number, at: number): void {
  const { instrument, stack, most, firstBin, far, farSlope } = top;
  stack[2 * at] = from;
  stack[2 * at + 1] = to;
  const ahead = (farSlope > 0 ? to - 1 : from) - firstBin[c];
  const near = mostAtBins(instrument, order, before(top, order, c), after(top, order, c), from, to);
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

function visit(top: PatternTop, order: PeaksByLeaf, bin: number): void {
  const value = patternAtBin(top.instrument, order, countOf(order), bin);
  if (!(value > top.value || (value === top.value && bin < top.bin))) return;
  top.value = value;
  top.bin = bin;
}
