import type { Cell } from '../../crystal/cell.ts';
import { cellExists } from '../../crystal/cell.ts';
import { atomsOf } from '../../energy/atoms.ts';
import { blendedObjective, cellEnergy } from '../../energy/blend.ts';
import { atomsInCell, primitiveAtoms } from '../../energy/centring.ts';
import { CLOSEST, closestPair } from '../../energy/closest.ts';
import { loadModel } from '../../energy/model.ts';
import type { Potential } from '../../energy/potential.ts';
import { type RelaxState, relaxedCell, startRelaxation, stepRelaxation } from '../../energy/relax.ts';
import { isTwoCycle, startDescent, stepDescent } from '../../optimise/descent.ts';
import { objectiveFor } from '../../peakspace/objective.ts';
import { problemLoss } from '../engine.ts';
import type { MethodTable } from '../worker/serve.ts';
import type { EnergyMethods } from './energyProtocol.ts';

/** The methods of one worker; it keeps the potential that `load` made. */
export function energyMethods(): MethodTable<EnergyMethods, null> {
  let kept: Potential | null = null;
  const potential = (): Potential => {
    if (!kept) throw new Error('the potential has no weights yet');
    return kept;
  };
  return {
    async load(_, { bytes }, { progress, breathe }) {
      const steps = loadModel(bytes);
      for (;;) {
        const { done, value } = steps.next();
        if (done) {
          kept = value.potential;
          return { checks: value.checks };
        }
        progress(value);
        await breathe();
      }
    },

    async energies(_, { sites, cells }, { progress, breathe }) {
      const model = potential();
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

    async relax(_, { sites, cell, plan }, { progress, breathe }) {
      const model = potential();
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

    async blend(_, { problem, weight, scales, plan }, { progress, breathe }) {
      const { sites, instrument, target, excluded } = problem;
      const objective = blendedObjective(
        weight,
        scales,
        objectiveFor(sites, instrument, problemLoss(problem), target, excluded),
        cellEnergy(potential(), primitiveAtoms(sites)),
      );
      const state = startDescent(plan, objective);
      const send = (): void =>
        progress({ cells: Float64Array.from(state.cell), losses: Float64Array.of(state.loss) });
      if (Number.isFinite(state.loss)) send();
      while (!state.stopped) {
        const before = state.step;
        stepDescent(state, objective);
        if (state.step > before) send();
        await breathe();
      }
      return {
        reason: state.stopped,
        steps: state.step,
        bestStep: state.bestStep,
        twoCycle: isTwoCycle(state),
      };
    },
  };
}
