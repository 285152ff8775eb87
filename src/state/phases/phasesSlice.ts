import type { Structure } from '../../crystal/structure.ts';
import type { HomometricCheck } from '../../engine/methods/checkPair.ts';
import type { FlipEnd, FlipFrame } from '../../engine/methods/flip.ts';
import type { HomometricSearch } from '../../phasing/homometric.ts';
import type { Maps } from '../../phasing/lab/maps.ts';
import type { PattersonMap } from '../../phasing/lab/pattersonMap.ts';
import type { PhasedPattern } from '../../phasing/lab/phasedPattern.ts';
import type { PowderLoss } from '../../phasing/lab/powderLoss.ts';
import type { Waves } from '../../phasing/lab/waves.ts';
import { IDLE, type Progress } from '../core/progress.ts';
import { registerSlice } from '../core/store.ts';

/** A result that follows the settings. The last value stays while the next is computed. */
export interface Live<T> extends Progress {
  readonly value: T | null;
}

/** A run of charge flipping as far as it is. Arrays grow by replacement. */
export interface FlipRun {
  readonly status: Progress['status'];
  readonly frame: FlipFrame | null;
  /** By cycle, from 1 [cycle]. */
  readonly rValues: Float64Array;
  readonly phaseErrors: Float64Array;
  readonly end: FlipEnd | null;
  readonly message: string | null;
}

/** A finished run, for the table of seeds. */
export interface FlipOutcome {
  /** Settings but the seed: outcomes of other settings are not compared. */
  readonly settings: string;
  readonly seed: number;
  readonly rValue: number;
  readonly phaseError: number;
  readonly found: number;
  readonly atoms: number;
}

/** Results of the phase-problem laboratory; none of them is in a link. */
export interface PhasesState {
  readonly donor: { readonly id: string; readonly structure: Structure } | null;
  readonly waves: Live<Waves>;
  readonly pattern: Live<PhasedPattern>;
  readonly maps: Live<Maps>;
  readonly patterson: Live<PattersonMap>;
  readonly search: Live<HomometricSearch>;
  readonly pair: Live<HomometricCheck>;
  readonly powder: Live<PowderLoss>;
  readonly flip: FlipRun;
  readonly outcomes: readonly FlipOutcome[];
}

const NOTHING: Live<never> = { ...IDLE, value: null };

export const NO_RUN: FlipRun = {
  status: 'idle',
  frame: null,
  rValues: new Float64Array(0),
  phaseErrors: new Float64Array(0),
  end: null,
  message: null,
};

declare module '../core/store.ts' {
  interface Slices {
    readonly phases: PhasesState;
  }
}

export const lab = registerSlice('phases', {
  donor: null,
  waves: NOTHING,
  pattern: NOTHING,
  maps: NOTHING,
  patterson: NOTHING,
  search: NOTHING,
  pair: NOTHING,
  powder: NOTHING,
  flip: NO_RUN,
  outcomes: [],
});
