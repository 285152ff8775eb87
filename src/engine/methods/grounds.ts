import type { Cell } from '../../crystal/cell.ts';
import { blurred } from '../../diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../diffraction/pattern.ts';
import type { Ground } from '../../optimise/strategy.ts';
import type { Grounds } from '../../optimise/strategyRun.ts';
import type { CellObjective } from '../../peakspace/denseObjective.ts';
import { objectiveFor } from '../../peakspace/objective.ts';
import { type Problem, problemLoss } from '../engine.ts';
import { type Judged, objectiveOf } from './evaluate.ts';

/** The objectives of a problem's grounds, each made once. The target at other widths is the pattern of the true cell. */
export function groundsOf(problem: Problem, truth: Cell, given: Judged = {}): Grounds {
  const made = new Map<string, CellObjective>();
  return ground => {
    const key = `${ground.blur} ${ground.tolerant}`;
    const known = made.get(key);
    if (known) return known;
    const own = ground.blur === 1 && !ground.tolerant;
    const objective = own ? objectiveOf(problem, given) : objectiveOn(problem, truth, ground);
    made.set(key, objective);
    return objective;
  };
}

function objectiveOn(problem: Problem, truth: Cell, { blur, tolerant }: Ground): CellObjective {
  const instrument = blurred(problem.instrument, blur);
  const loss = problemLoss({ ...problem, instrument, loss: tolerant ? 'deGelder' : problem.loss });
  const target =
    blur === 1 ? problem.target : simulatePattern(scatteringModel(problem.sites, instrument, truth), truth);
  return objectiveFor(problem.sites, instrument, loss, target, null, null, problem.sticks);
}
