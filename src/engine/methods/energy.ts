import type { Cell } from '../../crystal/cell.ts';
import { cellExists } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import { atomsOf } from '../../energy/atoms.ts';
import { type BlendScales, blendedObjective, cellEnergy } from '../../energy/blend.ts';
import { atomsInCell, primitiveAtoms } from '../../energy/centring.ts';
import { CLOSEST, closestPair } from '../../energy/graph.ts';
import { type LoadedModel, loadModel } from '../../energy/model.ts';
import type { Potential } from '../../energy/potential.ts';
import {
  type RelaxState,
  type RelaxStop,
  relaxedCell,
  startRelaxation,
  stepRelaxation,
} from '../../energy/relax.ts';
import type { RelaxPlan } from '../../energy/relaxPlan.ts';
import type { SelfCheck } from '../../energy/selfTest.ts';
import type { DescentPlan } from '../../optimise/descent.ts';
import { objectiveFor } from '../../peakspace/objective.ts';
import { type LossProblem, problemLoss } from '../engine.ts';
import type { CallContext } from '../protocol.ts';
import { type DescentChunk, type DescentEnd, streamDescent } from '../walker.ts';

/** The file of the potential; a worker keeps it with the radial table that it makes of it, 25 MB. */
export interface Weights {
  readonly bytes: Uint8Array;
  /** Another worker has run the self-test on them. */
  readonly tested: boolean;
}

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

export interface BlendArgs {
  readonly problem: LossProblem;
  /** Weight of the XRD term, 0 to 1. */
  readonly weight: number;
  readonly scales: BlendScales;
  readonly plan: DescentPlan;
}

/** Models as far as they are made; calls that wait for one drive it on together, so that any of them may be cancelled. */
const models = new WeakMap<Weights, { steps: Generator<number, LoadedModel>; made: LoadedModel | null }>();

async function modelOf(weights: Weights, { progress, breathe }: CallContext<number>): Promise<LoadedModel> {
  const model = models.get(weights) ?? { steps: loadModel(weights.bytes, weights.tested), made: null };
  models.set(weights, model);
  while (!model.made) {
    const { done, value } = model.steps.next();
    if (done) model.made = value;
    else {
      progress(value);
      await breathe();
    }
  }
  return model.made;
}

const potentialOf = async (weights: Weights, breathe: () => Promise<void>): Promise<Potential> =>
  (await modelOf(weights, { progress: () => {}, breathe })).potential;

export const METHODS = {
  /** Reads the weights and runs the self-test; progress is the share done. */
  load: async (weights: Weights, _: null, context: CallContext<number>): Promise<readonly SelfCheck[]> =>
    (await modelOf(weights, context)).checks,

  /** eV per cell at fixed fractional coordinates [n]; NaN where atoms are closer than 0.7 Å or there is no cell. */
  async energies(
    weights: Weights,
    { sites, cells }: { sites: readonly Site[]; cells: Float64Array },
    { progress, breathe }: CallContext<number>,
  ): Promise<Float64Array> {
    const model = await potentialOf(weights, breathe);
    const atoms = primitiveAtoms(sites);
    const n = cells.length / 6;
    const out = new Float64Array(n).fill(Number.NaN);
    for (let k = 0; k < n; k++) {
      const cell = Array.from(cells.subarray(6 * k, 6 * k + 6)) as unknown as Cell;
      if (cellExists(cell)) {
        const placed = atomsInCell(atoms, cell);
        if (closestPair(placed) >= CLOSEST) out[k] = model.energy(placed) * atoms.multiplicity;
      }
      progress(k + 1);
      await breathe();
    }
    return out;
  },

  async relax(
    weights: Weights,
    { sites, cell, plan }: { sites: readonly Site[]; cell: Cell; plan: RelaxPlan },
    { progress, breathe }: CallContext<RelaxChunk>,
  ): Promise<RelaxEnd> {
    const model = await potentialOf(weights, breathe);
    let state = startRelaxation(model, atomsOf(sites, cell), plan);
    const send = ({ atoms, energy, largestForce }: RelaxState): void =>
      progress({
        cells: Float64Array.from(relaxedCell({ atoms })),
        fracts: Float64Array.from(atoms.fract),
        energies: Float64Array.of(energy),
        forces: Float64Array.of(largestForce),
      });
    send(state);
    while (!state.stopped) {
      await breathe();
      state = stepRelaxation(model, state);
      if (state.stopped !== 'collapsed') send(state);
    }
    return { stop: state.stopped, steps: state.steps };
  },

  /** A descent on w · XRD + (1 − w) · energy. */
  async blend(
    weights: Weights,
    { problem, weight, scales, plan }: BlendArgs,
    context: CallContext<DescentChunk>,
  ): Promise<DescentEnd> {
    const model = await potentialOf(weights, context.breathe);
    const { sites, instrument, target, excluded, sticks } = problem;
    const objective = blendedObjective(
      weight,
      scales,
      objectiveFor(sites, instrument, problemLoss(problem), target, excluded, null, sticks),
      cellEnergy(model, primitiveAtoms(sites)),
    );
    return streamDescent(plan, objective, context);
  },
};
