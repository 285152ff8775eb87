import type { DescentMode } from '../../src/optimise/modes.ts';
import { DEFAULT_INPUTS, type Inputs } from '../../src/state/core/inputs.ts';
import { type State, store } from '../../src/state/core/store.ts';
import type { DescentRun } from '../../src/state/explore/descentRun.ts';
import { libraryStructure } from './library.ts';
import { PLAN } from './plans.ts';

const FRESH = store.getState();

/** The store as the page starts with, showing U2Ti, with changes. */
export function resetStore(change: Partial<State> = {}): void {
  store.setState({
    ...FRESH,
    inputs: DEFAULT_INPUTS,
    structure: libraryStructure('U2Ti'),
    structureId: 'U2Ti',
    ...change,
  });
}

export const inputsNow = (): Inputs => store.getState().inputs;

/** A descent on screen with `count` iterates: a moves from 5 by 0.001 a step. */
export const runOf = (
  start: number,
  mode: DescentMode,
  count: number,
  change: Partial<DescentRun> = {},
): DescentRun => ({
  start,
  mode,
  plan: { ...PLAN },
  stride: 6,
  count,
  cells: Float64Array.from({ length: 6 * count }, (_, i) =>
    i % 6 === 0 ? 5 + i / 6000 : i % 6 < 3 ? 5 : 90,
  ),
  losses: Float64Array.from({ length: count }, (_, k) => -k),
  status: 'done',
  end: null,
  message: null,
  ...change,
});
