import { useStore as useVanilla } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Cell } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import type { RelaxStop } from '../../energy/relax.ts';
import type { RelaxMode } from '../../energy/relaxPlan.ts';
import type { SelfCheck } from '../../energy/selfTest.ts';
import type { DescentRun } from '../descentRun.ts';
import type { EnergyMap } from './energyMap.ts';
import type { PrecomputedMaps } from './precomputed.ts';

export interface WeightsState {
  readonly status: 'none' | 'looking' | 'fetching' | 'checking' | 'ready';
  /** Share of the present step that is done, 0 to 1. */
  readonly share: number;
  /** Why the last file or fetch was refused; the weights in use stay. */
  readonly refused: string | null;
  readonly name: string | null;
  readonly sha256: string | null;
  readonly checks: readonly SelfCheck[];
  /** Whether the browser keeps them for the next visit. */
  readonly kept: boolean;
}

export interface EnergyJob {
  readonly status: 'idle' | 'computing' | 'done' | 'cancelled' | 'failed';
  readonly done: number;
  readonly total: number;
  readonly remaining: number | null;
  readonly elapsed: number | null;
  readonly message: string | null;
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
  readonly status: 'running' | 'done' | 'cancelled' | 'failed';
  readonly stop: RelaxStop | null;
  readonly message: string | null;
}

export interface EnergyState {
  readonly weights: WeightsState;
  readonly map: EnergyMap | null;
  readonly job: EnergyJob;
  readonly precomputed: PrecomputedMaps | null;
  readonly relaxation: RelaxRun | null;
  /** Step of the relaxation that the panes show; null: none. */
  readonly shownStep: number | null;
  readonly playing: boolean;
  /** Descents on the blend. */
  readonly blends: readonly DescentRun[];
}

export const IDLE_ENERGY_JOB: EnergyJob = {
  status: 'idle',
  done: 0,
  total: 0,
  remaining: null,
  elapsed: null,
  message: null,
};

export const energyStore = createStore<EnergyState>(() => ({
  weights: { status: 'none', share: 0, refused: null, name: null, sha256: null, checks: [], kept: false },
  map: null,
  job: IDLE_ENERGY_JOB,
  precomputed: null,
  relaxation: null,
  shownStep: null,
  playing: false,
  blends: [],
}));

export const useEnergy = <T>(select: (state: EnergyState) => T): T => useVanilla(energyStore, select);

export const patchWeights = (change: Partial<WeightsState>): void =>
  energyStore.setState(state => ({ weights: { ...state.weights, ...change } }));
