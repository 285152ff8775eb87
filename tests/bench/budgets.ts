/**
 * npm run -s budgets [-- --copies 2 --sigma 0.2 --most 3000]: how many cells are recovered against how many patterns
 * were computed, for each way down, all six parameters free. All from the same starts, within the same limits, and judged alike: of the ends so far the
 * one with the least loss of the patterns as they are. A JSON line a method; the same on every machine.
 */
import type { Cell } from '../../src/crystal/cell.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { STRICT } from '../../src/optimise/outcome.ts';
import { startVectorDescent, stepVectorDescent } from '../../src/optimise/vectorDescent.ts';
import { SettingsOf } from '../../src/recovery/basins.ts';
import {
  cellOf,
  LADDERS,
  ladderSteps,
  type PreparedRecovery,
  prepareRecovery,
  type StageKernel,
  searchBox,
} from '../../src/recovery/ladder.ts';
import { recoverSteps } from '../../src/recovery/recoverSteps.ts';
import { startAt } from '../../src/recovery/recovery.ts';
import { smoothedObjective } from '../../src/recovery/smoothedObjective.ts';
import type { RecoveryTarget } from '../../src/recovery/stage.ts';
import { vcGpwdfSteps } from '../../src/recovery/vcGpwdf.ts';
import { jeffreysInterval } from '../../src/stats/jeffreys.ts';
import { PAPER_CONDITIONS } from '../../src/study/plan.ts';
import { recoveryStart } from '../../src/study/recoveryTrial.ts';
import { subjectOf } from '../../src/study/subject.ts';
import { ended } from '../support/ended.ts';
import { libraryStructure } from '../support/library.ts';

const option = (name: string, without: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? without : Number(process.argv[at + 1]);
};
const [copies, sigma, most] = [option('copies', 2), option('sigma', 0.2), option('most', 3000)];
const freedom = 'free';
const BUDGETS = [30, 100, 300, 1000, 3000, 10_000].filter(budget => budget <= most);

/** 1 − cosine at which a target without noise has nothing left to explain. */
const NOTHING_LEFT = 1e-8;

interface Subject {
  readonly id: string;
  readonly target: RecoveryTarget;
  readonly prepared: PreparedRecovery;
  readonly start: Cell;
}

/** End of a search, after so many patterns of its own. */
interface End {
  readonly cell: Cell;
  readonly evaluations: number;
}

/** A way down: its ends, one after the other, as long as they are asked for. */
type Method = (subject: Subject) => Generator<End, void>;

const PLAIN: StageKernel = { fwhm: 0, background: false };

/** From one start after the other. */
const manyStarts = (search: (subject: Subject, start: Cell) => End): Method =>
  function* (subject) {
    const { prepared, start } = subject;
    for (let number = 0; ; number++)
      yield search(subject, startAt(prepared, { freedom, start, spread: sigma }, number));
  };

/** Levenberg–Marquardt under one kernel after the other, in logarithms of lengths and radians. */
const stages = (kernels: readonly StageKernel[]): Method =>
  manyStarts(({ prepared, start: centre }, start) => {
    const parameters = prepared.parameters(freedom);
    const box = searchBox(parameters, parameters.fromCell(centre), sigma);
    return ended(ladderSteps(prepared, freedom, parameters.fromCell(start), box, kernels));
  });

/** Plain descent of the cosine at a fixed rate: in angstrom and degrees, or in logarithms of lengths and radians. */
const plainDescent = (scaled: boolean, rate: number, widths: readonly number[]): Method =>
  manyStarts(({ prepared, target }, start) => {
    const parameters = prepared.parameters(freedom);
    const { sites, instrument } = prepared.problem;
    const byCell = new Float64Array(6);
    let at = scaled ? parameters.fromCell(start) : Float64Array.from(start);
    let evaluations = 0;
    for (const fwhm of [...widths, 0]) {
      const objective = smoothedObjective(sites, instrument, target, 'cosine', fwhm, { background: false });
      const over = (x: Float64Array, gradient: Float64Array): number => {
        if (!scaled) return objective(x, gradient);
        const cell = parameters.toCell(x);
        const loss = objective(cell, byCell);
        parameters.chain(cell, byCell, gradient);
        return loss;
      };
      const steps = fwhm > 0 ? 1000 : PAPER_CONDITIONS.maxIterations;
      const plan = { ...PAPER_CONDITIONS, maxIterations: steps, start: at, learningRate: rate };
      const state = startVectorDescent(plan, over);
      while (!state.stopped) stepVectorDescent(state, over);
      at = state.at;
      evaluations += state.step + 1;
    }
    return {
      cell: scaled ? cellOf(parameters, at) : (Array.from(at) as unknown as Cell),
      evaluations,
    };
  });

/** The published baseline, with limits of its own. */
function* linked({ id, start }: Subject): Generator<End, void> {
  const objective = subjectOf(libraryStructure(id), 'lattice', PAPER_CONDITIONS).overCell('gpwdf');
  yield ended(vcGpwdfSteps(objective, start));
}

function* fourLadders({ prepared, start }: Subject): Generator<End, void> {
  for (let number = 0; ; number++) {
    const from = startAt(prepared, { freedom, start, spread: sigma }, number);
    yield ended(recoverSteps(prepared, { freedom, start: from, centre: start, spread: sigma }));
  }
}

const WIDE = LADDERS[0]!.widths;
const METHODS: Readonly<Record<string, Method>> = {
  'pattern as it is': stages([PLAIN]),
  'one kernel of 8°': stages([{ fwhm: 8, background: false }, PLAIN]),
  '16 to 1°': stages([...WIDE.map(fwhm => ({ fwhm, background: false })), PLAIN]),
  'four ladders': fourLadders,
  'VC-GPWDF': linked,
  'fixed rate 0.005, Å and degrees': plainDescent(false, 0.005, []),
  'fixed rate 0.005, Å and degrees, 16 to 1°': plainDescent(false, 0.005, WIDE),
  'fixed rate 2e-4, logarithms and radians': plainDescent(true, 2e-4, []),
  'fixed rate 2e-4, logarithms and radians, 16 to 1°': plainDescent(true, 2e-4, WIDE),
};

for (const [name, method] of Object.entries(METHODS)) {
  const right = BUDGETS.map(() => 0);
  let n = 0;
  for (const { id } of LIBRARY)
    for (let variant = 0; variant < copies; variant++) {
      const { sites, cell, family } = libraryStructure(id);
      const instrument = PAPER_INSTRUMENT;
      const pattern = simulatePattern(scatteringModel(sites, instrument, cell), cell);
      const target = { pattern, excluded: null };
      const prepared = prepareRecovery({ sites, family, instrument, target, background: false });
      const trial = {
        structure: id,
        sigma,
        variant,
        seed: 7,
        freedom,
        starts: 1,
        measure: 'cosine',
      } as const;
      const judge = prepared.misfit(freedom, PLAIN);
      const settings = new SettingsOf(sites);
      let [spent, least, strict] = [0, Number.POSITIVE_INFINITY, false];
      const reached = BUDGETS.map(() => false);
      for (const end of method({ id, target, prepared, start: recoveryStart(trial, cell) })) {
        spent += end.evaluations;
        const misfit = judge.value(prepared.parameters(freedom).fromCell(end.cell));
        if (misfit < least) {
          least = misfit;
          strict = settings.relation(cell, end.cell, STRICT) === 'same';
        }
        for (const [i, budget] of BUDGETS.entries()) if (spent <= budget) reached[i] = strict;
        if (spent > most || least < NOTHING_LEFT) {
          for (const [i, budget] of BUDGETS.entries()) if (spent < budget) reached[i] = strict;
          break;
        }
      }
      for (const [i, strictThere] of reached.entries()) if (strictThere) right[i]!++;
      n++;
    }
  const percent = Object.fromEntries(BUDGETS.map((budget, i) => [budget, Math.round((100 * right[i]!) / n)]));
  const interval = jeffreysInterval(right.at(-1)!, n).map(value => Math.round(1000 * value) / 10);
  console.log(JSON.stringify({ method: name, sigma, n, percent, interval }));
}
