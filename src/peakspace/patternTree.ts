import type { Instrument } from '../diffraction/instrument.ts';
import { type PatternAxis, patternAxis } from './patternAxis.ts';
import { type PatternBlocks, patternBlocks } from './patternBlocks.ts';

/** Everything about the pattern on an instrument's bins that depends on no crystal. */
export interface PatternTree {
  readonly axis: PatternAxis;
  readonly far: PatternBlocks;
  readonly eta: number;
}

const KEPT = 8;
const kept = new Map<string, PatternTree>();

/** The tree made for 2^scale reflections, ~15 ms to build; the last few are kept. */
export function patternTree(instrument: Instrument, scale: number): PatternTree {
  const { twoThetaMin, twoThetaMax, step, margin, u, v, w, eta } = instrument;
  const key = [twoThetaMin, twoThetaMax, step, margin, u, v, w, eta, scale].join(' ');
  const found = kept.get(key);
  if (found) return found;
  const axis = patternAxis(instrument, 2 ** scale);
  const tree = { axis, far: patternBlocks(instrument, axis), eta };
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
  kept.set(key, tree);
  return tree;
}
