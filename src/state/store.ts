import { useStore as useVanilla } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Cell } from '../crystal/cell.ts';
import type { Site, Structure } from '../crystal/structure.ts';
import type { LossProblem } from '../engine/engine.ts';
import type { Minimum } from '../landscape/minima.ts';
import type { Slice } from '../landscape/slice.ts';
import type { DescentMode } from '../optimise/modes.ts';
import type { DescentRun } from './descentRun.ts';
import { DEFAULT_INPUTS, type Focus, type Inputs } from './inputs.ts';
import type { MeasuredTarget } from './measured/measuredTarget.ts';
import type { ReflectionRows } from './problem.ts';

/** A sentence for the user that stays until dismissed or replaced by a newer one of the same id. */
export interface Notice {
  readonly id: string;
  readonly tone: 'info' | 'warning' | 'error';
  readonly text: string;
  /** A way on besides dismissing it. */
  readonly action?: { readonly label: string; run(): void };
}

export interface EngineStatus {
  readonly active: 'webgl' | 'worker';
  readonly reason: string;
  readonly probing: boolean;
  readonly webglAvailable: boolean;
  /** Where many descents whose ends alone count run, and why; null without a problem. */
  readonly walkers: string | null;
}

/** The map as far as it is computed. `values` is replaced, never written to. */
export interface MapState {
  /** What it is a map of; another problem in the state means that it is being replaced. */
  readonly problem: LossProblem;
  readonly slice: Slice;
  /** Regular grid of the finest finished level, values [iy * xs.length + ix]; NaN cannot be computed. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly values: Float64Array;
  readonly final: boolean;
}

export interface MapJob {
  readonly status: 'idle' | 'computing' | 'done' | 'cancelled' | 'failed';
  readonly done: number;
  readonly total: number;
  /** Forecast of the remaining time, ms; null before it means anything. */
  readonly remaining: number | null;
  /** Wall time of the finished map, ms. */
  readonly elapsed: number | null;
  readonly engine: 'webgl' | 'worker' | null;
  readonly message: string | null;
}

/** Whose cell a crystal is: a place on the slice, the step of a descent as it stood, or another pane's guest. */
export type Subject = Focus | { readonly kind: 'pointer' } | { readonly kind: 'guest' };

/** The crystal that every panel shows. */
export interface CurrentCrystal {
  /** Whose cell this is. The inputs may already ask for another one, whose pattern is not there yet. */
  readonly of: Subject;
  readonly problem: LossProblem;
  readonly cell: Cell;
  readonly loss: number;
  readonly pattern: Float64Array;
  readonly peaks: ReflectionRows;
  /** The atoms where a guest has moved them. */
  readonly sites?: readonly Site[];
}

/** Another cell with the atoms of the crystal in other places. */
export interface Guest {
  readonly cell: Cell;
  readonly sites: readonly Site[];
}

export interface Play {
  readonly playing: boolean;
  readonly speed: number;
  /** Global step: every descent is drawn up to it (or to its end). Infinity follows running descents. */
  readonly step: number;
  readonly follow: DescentMode;
  readonly start: number;
}

export interface State {
  readonly inputs: Inputs;
  readonly past: readonly Inputs[];
  readonly future: readonly Inputs[];
  readonly notices: readonly Notice[];
  /** The crystal on screen; stays while another is being read. */
  readonly structure: Structure | null;
  readonly structureId: string | null;
  readonly loading: string | null;
  readonly failure: string | null;
  readonly engine: EngineStatus;
  readonly problem: LossProblem | null;
  /** The measured pattern that is the target; null while it is simulated or being prepared. */
  readonly measured: MeasuredTarget | null;
  readonly targetPeaks: ReflectionRows | null;
  readonly map: MapState | null;
  readonly job: MapJob;
  readonly minima: readonly Minimum[];
  readonly runs: readonly DescentRun[];
  readonly play: Play;
  /** Slice point under the pointer: the current crystal while the pointer is on the map, in no link. */
  readonly hover: { readonly x: number; readonly y: number } | null;
  readonly current: CurrentCrystal | null;
  /** A crystal that another pane shows in place of the current one, e.g. a step of a relaxation; in no link. */
  readonly guest: Guest | null;
  /** Largest learning rate that is stable at the truth; null while unknown or where the loss has no minimum there. */
  readonly stableRate: number | null;
  /** Why there is no current crystal: the cell under the cursor does not exist. */
  readonly missing: string | null;
}

export const IDLE_JOB: MapJob = {
  status: 'idle',
  done: 0,
  total: 0,
  remaining: null,
  elapsed: null,
  engine: null,
  message: null,
};

export const store = createStore<State>(() => ({
  inputs: DEFAULT_INPUTS,
  past: [],
  future: [],
  notices: [],
  structure: null,
  structureId: null,
  loading: null,
  failure: null,
  engine: {
    active: 'worker',
    reason: 'The engines are starting.',
    probing: true,
    webglAvailable: false,
    walkers: null,
  },
  problem: null,
  measured: null,
  targetPeaks: null,
  map: null,
  job: IDLE_JOB,
  minima: [],
  runs: [],
  play: { playing: false, speed: 1, step: 0, follow: 'unconstrained', start: 0 },
  hover: null,
  current: null,
  guest: null,
  stableRate: null,
  missing: null,
}));

/** The store as a React hook: components select single values. */
export const useBraggscape = <T>(select: (state: State) => T): T => useVanilla(store, select);

/** Adds a notice or replaces the one of the same id. */
export const notify = (notice: Notice): void =>
  store.setState(state => ({ notices: [...state.notices.filter(other => other.id !== notice.id), notice] }));

export const dismiss = (id: string): void =>
  store.setState(state => ({ notices: state.notices.filter(notice => notice.id !== id) }));
