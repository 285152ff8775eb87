import type { Cell } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import type { RelaxStop } from '../../energy/relax.ts';
import type { RelaxMode } from '../../energy/relaxPlan.ts';
import type { SelfCheck } from '../../energy/selfTest.ts';
import { IDLE, type Progress } from '../core/progress.ts';
import { registerSlice } from '../core/store.ts';
import type { DescentRun } from '../explore/descentRun.ts';
import type { EnergyMap, PrecomputedMaps } from './precomputed.ts';

export interface WeightsState {
  readonly status: 'none' | 'looking' | 'fetching' | 'checking' | 'ready';
  /** Share of the present step that is done, 0 to 1. */
  readonly share: number;
  /** Why the last file or fetch was refused; the weights in use stay. */
  readonly refused: string | null;
  readonly name: string | null;
  readonly sha256: string | null;
  readonly checks: readonly SelfCheck[];
  /** True where the browser keeps them for the next visit. */
  readonly kept: boolean;
}

/** A relaxation under way or finished, with all of its steps. */
export interface RelaxRun {
  readonly mode: RelaxMode;
  readonly sites: readonly Site[];
  readonly truth: Cell;
  readonly count: number;
  /** [count * 6], [count * 3 * sites], [count], [count] */
  readonly cells: Float64Array;
  readonly fracts: Float64Array;
  readonly energies: Float64Array;
  readonly forces: Float64Array;
  readonly status: Progress['status'];
  readonly stop: RelaxStop | null;
  readonly message: string | null;
}

export interface EnergyState {
  readonly weights: WeightsState;
  readonly map: EnergyMap | null;
  readonly job: Progress;
  readonly precomputed: PrecomputedMaps | null;
  readonly relaxation: RelaxRun | null;
  /** Step of the relaxation that the panes show; null: none. */
  readonly shownStep: number | null;
  readonly playing: boolean;
  /** Descents on the blend. */
  readonly blends: readonly DescentRun[];
}

declare module '../core/store.ts' {
  interface Slices {
    readonly energy: EnergyState;
  }
}

export const energy = registerSlice('energy', {
  weights: { status: 'none', share: 0, refused: null, name: null, sha256: null, checks: [], kept: false },
  map: null,
  job: IDLE,
  precomputed: null,
  relaxation: null,
  shownStep: null,
  playing: false,
  blends: [],
});

export const patchWeights = (change: Partial<WeightsState>): void =>
  energy.set(({ weights }) => ({ weights: { ...weights, ...change } }));
