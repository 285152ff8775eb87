import type { Structure } from '../crystal/structure.ts';
import { simulatedTarget } from '../diffraction/pattern.ts';
import type { LossId } from '../losses/loss.ts';
import { lossOf } from '../losses/registry.ts';
import {
  averageMinimumDistances,
  type PointwiseDistances,
  pointwiseDistances,
} from '../matching/invariants.ts';
import { type ReducedCrystal, reduceCrystal } from '../matching/matcher.ts';
import type { Crystal } from '../matching/periodicSet.ts';
import type { NoiseKind } from '../noise/noise.ts';
import type { Objective } from '../optimise/descent.ts';
import type { VectorObjective } from '../optimise/vectorDescent.ts';
import { coordinateObjective } from '../peakspace/coordinates/coordinateObjective.ts';
import { objectiveFor } from '../peakspace/objective.ts';
import { type PreparedAtoms, prepareAtoms } from '../recovery/atomStages.ts';
import { SettingsOf } from '../recovery/basins.ts';
import { type PreparedRecovery, prepareRecovery } from '../recovery/ladder.ts';
import { descentInstrument, descentScale } from './descentLoss.ts';
import { distortedCell } from './distortedStart.ts';
import type { Conditions } from './plan.ts';

/** A true crystal with everything that its trials share, prepared once. */
export interface TrialSubject {
  readonly structure: Structure;
  /** In the cell that is distorted: as given for lattice noise, primitive where coordinates are distorted unless asked otherwise. */
  readonly crystal: Crystal;
  readonly reduced: ReducedCrystal;
  readonly distances: PointwiseDistances;
  readonly amd: Float64Array;
  /** Loss over the cell, coordinates fixed. */
  readonly overCell: (loss: LossId) => Objective;
  /** Loss over the coordinates [3n], cell fixed. */
  readonly overCoordinates: (loss: LossId) => VectorObjective;
  /** Searches beyond the paper by the cosine: over the cell, and over the atoms or both. */
  readonly continuation: () => PreparedRecovery;
  readonly atoms: () => PreparedAtoms;
  readonly settings: () => SettingsOf;
}

export function subjectOf(structure: Structure, noise: NoiseKind, conditions: Conditions): TrialSubject {
  const crystal = distortedCell({ noise }, structure, conditions);
  const distances = pointwiseDistances(crystal);
  const setting = (id: LossId) => {
    const instrument = descentInstrument(id, conditions);
    const simulated = simulatedTarget(crystal.sites, instrument, crystal.cell);
    return { loss: lossOf(id), instrument, ...simulated, scale: descentScale(id, simulated.target) };
  };
  const { sites } = crystal;
  return {
    structure,
    crystal,
    reduced: reduceCrystal(crystal),
    distances,
    amd: averageMinimumDistances(distances),
    overCell: once((id: LossId) => {
      const { loss, instrument, target, sticks, scale } = setting(id);
      return scaled(objectiveFor(crystal.sites, instrument, loss, target, null, null, sticks), scale);
    }),
    overCoordinates: once((id: LossId) => {
      const { loss, instrument, target, sticks, scale } = setting(id);
      const { sites, cell } = crystal;
      return scaled(coordinateObjective(sites, cell, instrument, loss, target, null, sticks), scale);
    }),
    continuation: once<void, PreparedRecovery>(() => {
      const { instrument, target } = setting('cosine');
      const { family } = structure;
      const pattern = { pattern: target, excluded: null };
      return prepareRecovery({ sites, family, instrument, target: pattern, background: true });
    }),
    atoms: once<void, PreparedAtoms>(() => {
      const { instrument, target } = setting('cosine');
      return prepareAtoms({ sites, instrument, loss: 'cosine', target });
    }),
    settings: once<void, SettingsOf>(() => new SettingsOf(sites)),
  };
}

type Evaluate = (at: Float64Array, gradient: Float64Array) => number;

function scaled(objective: Evaluate, scale: number): Evaluate {
  if (scale === 1) return objective;
  return (at, gradient) => {
    const value = objective(at, gradient);
    for (let i = 0; i < gradient.length; i++) gradient[i]! *= scale;
    return scale * value;
  };
}

/** Objectives answer with the same bits however often they were used: one of each loss serves all trials. */
export function once<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return key => {
    const found = made.get(key);
    if (found !== undefined) return found;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
