import type { Cell } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import type { BlendScales } from '../../energy/blend.ts';
import type { RelaxStop } from '../../energy/relax.ts';
import type { RelaxPlan } from '../../energy/relaxPlan.ts';
import type { SelfCheck } from '../../energy/selfTest.ts';
import type { DescentPlan } from '../../optimise/descent.ts';
import type { LossProblem } from '../engine.ts';
import type { DescentChunk, DescentEnd } from '../worker/protocol.ts';

/** Steps of a relaxation since the last chunk; the first begins with step 0. */
export interface RelaxChunk {
  /** [n * 6] */
  readonly cells: Float64Array;
  /** Fractional coordinates [n * 3 * sites]. */
  readonly fracts: Float64Array;
  /** eV per cell, and the largest force, eV per angstrom [n]. */
  readonly energies: Float64Array;
  readonly forces: Float64Array;
}

export interface RelaxEnd {
  readonly stop: RelaxStop;
  readonly steps: number;
}

/** What the worker of the interatomic potential can do. */
export interface EnergyMethods {
  /** Reads the weights and runs the self-test; progress is the share done. */
  load: { args: { bytes: Uint8Array }; progress: number; result: { checks: readonly SelfCheck[] } };
  /** eV per cell at fixed fractional coordinates [n]; NaN where atoms are closer than 0.7 Å or there is no cell. */
  energies: {
    args: { sites: readonly Site[]; cells: Float64Array };
    progress: number;
    result: Float64Array;
  };
  relax: {
    args: { sites: readonly Site[]; cell: Cell; plan: RelaxPlan };
    progress: RelaxChunk;
    result: RelaxEnd;
  };
  /** A descent on w · XRD + (1 − w) · energy. */
  blend: { args: BlendArgs; progress: DescentChunk; result: DescentEnd };
}

export interface BlendArgs {
  readonly problem: LossProblem;
  /** Weight of the XRD term, 0 to 1. */
  readonly weight: number;
  readonly scales: BlendScales;
  readonly plan: DescentPlan;
}
