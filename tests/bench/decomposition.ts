/**
 * npm run -s decomposition [-- --copies 5 --lattice 0.1 --coordinates 0.05]: what brings distorted crystals back, the step
 * or the width. A lattice and atoms out of place, each by a fixed rate and by a quasi-Newton step in scaled variables, on
 * the pattern as it is and down a ladder of kernels; the ten crystals of the library, one start, the copies of a study.
 * One JSON line a row; the same on every machine.
 */
import type { Cell } from '../../src/crystal/cell.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import { fractOf, movedSites } from '../../src/crystal/siteVector.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { cosine } from '../../src/losses/cosine.ts';
import { type Objective, startDescent, stepDescent } from '../../src/optimise/descent.ts';
import { STRICT } from '../../src/optimise/outcome.ts';
import {
  startVectorDescent,
  stepVectorDescent,
  type VectorObjective,
} from '../../src/optimise/vectorDescent.ts';
import { coordinateObjective } from '../../src/peakspace/coordinates/coordinateObjective.ts';
import { crystalObjective } from '../../src/peakspace/coordinates/crystalObjective.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { recoverAtoms } from '../../src/recovery/atomRecovery.ts';
import { SettingsOf } from '../../src/recovery/basins.ts';
import { ladderSteps, prepareRecovery, searchBox } from '../../src/recovery/ladder.ts';
import { sameStructure } from '../../src/recovery/sameStructure.ts';
import { smoothedObjective } from '../../src/recovery/smoothedObjective.ts';
import { smoothed, smoothingMap, stageGrid } from '../../src/recovery/smoothing.ts';
import { jeffreysInterval } from '../../src/stats/jeffreys.ts';
import { type AtomTrial, atomSearch, atomStart, atomSubject } from '../../src/study/atomTrial.ts';
import { PAPER_CONDITIONS } from '../../src/study/plan.ts';
import { type RecoveryTrial, recoveryStart } from '../../src/study/recoveryTrial.ts';
import { ended } from '../support/ended.ts';
import { libraryStructure } from '../support/library.ts';

/** Kernels before the pattern as it is, degrees FWHM. */
const WIDTHS = { lattice: [10, 4, 2, 1], coordinates: [2, 1] } as const;
const RATES = cosine.learningRates;
/** Most steps of a fixed rate under a kernel. */
const STEPS_UNDER_KERNEL = 1000;

interface Outcome {
  readonly strict: boolean;
  readonly evaluations: number;
}

const option = (name: string, without: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? without : Number(process.argv[at + 1]);
};
const copies = option('copies', 5);
const sigma = { lattice: option('lattice', 0.1), coordinates: option('coordinates', 0.05) };

const stopRule = (fwhm: number) =>
  fwhm > 0 ? { ...PAPER_CONDITIONS, maxIterations: STEPS_UNDER_KERNEL } : PAPER_CONDITIONS;

/** The study's descent of a cell, all six parameters, under one kernel after the other. */
function cellAtFixedRate(
  start: Cell,
  objectives: readonly Objective[],
  widths: readonly number[],
): [Cell, number] {
  let [cell, steps] = [start, 0];
  for (const [k, objective] of objectives.entries()) {
    const state = startDescent(
      {
        ...stopRule(widths[k]!),
        start: cell,
        mode: 'unconstrained',
        space: { kind: 'full' },
        reading: 'full',
        family: 'triclinic',
        learningRate: RATES.lattice,
        momentum: 0,
      },
      objective,
    );
    while (!state.stopped) stepDescent(state, objective);
    cell = [...state.cell] as unknown as Cell;
    steps += state.step + 1;
  }
  return [cell, steps];
}

function latticeRow(id: string, variant: number, widths: readonly number[], fixed: boolean): Outcome {
  const { sites, cell: truth, family } = libraryStructure(id);
  const instrument = PAPER_INSTRUMENT;
  const target = {
    pattern: simulatePattern(scatteringModel(sites, instrument, truth), truth),
    excluded: null,
  };
  const trial: RecoveryTrial = {
    structure: id,
    sigma: sigma.lattice,
    variant,
    seed: 0,
    freedom: 'free',
    starts: 1,
    measure: 'cosine',
  };
  const start = recoveryStart(trial, truth);
  const stages = [...widths, 0];
  const judged = (cell: Cell): boolean => new SettingsOf(sites).relation(truth, cell, STRICT) === 'same';
  if (fixed) {
    const objectives = stages.map(fwhm =>
      fwhm > 0
        ? smoothedObjective(sites, instrument, target, 'cosine', fwhm, { background: false })
        : objectiveFor(sites, instrument, cosine, target.pattern),
    );
    const [cell, evaluations] = cellAtFixedRate(start, objectives, stages);
    return { strict: judged(cell), evaluations };
  }
  const prepared = prepareRecovery({ sites, family, instrument, target, background: false });
  const parameters = prepared.parameters('free');
  const x = parameters.fromCell(start);
  const kernels = stages.map(fwhm => ({ fwhm, background: false }));
  const end = ended(ladderSteps(prepared, 'free', x, searchBox(parameters, x, sigma.lattice), kernels));
  return { strict: judged(end.cell), evaluations: end.evaluations };
}

function atomRow(id: string, variant: number, widths: readonly number[], fixed: boolean): Outcome {
  const instrument = PAPER_INSTRUMENT;
  const subject = atomSubject(libraryStructure(id), instrument);
  const { sites, cell } = subject.crystal;
  const trial: AtomTrial = {
    structure: id,
    sigma: 0,
    coordinates: sigma.coordinates,
    variant,
    seed: 0,
    starts: 1,
    measure: 'cosine',
  };
  const start = atomStart(trial, subject.crystal);
  if (!fixed) {
    const search = { ...atomSearch(trial), ladder: widths };
    const { best, evaluations } = ended(recoverAtoms(subject.prepared('cosine'), start, search));
    return { strict: sameStructure(subject.reduced, best), evaluations };
  }
  const target = simulatePattern(scatteringModel(sites, instrument, cell), cell);
  let [fract, evaluations] = [fractOf(start.sites), 0];
  for (const fwhm of [...widths, 0]) {
    const objective =
      fwhm > 0 ? underKernel(fwhm) : coordinateObjective(sites, cell, instrument, cosine, target);
    const plan = { ...stopRule(fwhm), start: fract, learningRate: RATES.coordinates };
    const state = startVectorDescent(plan, objective);
    while (!state.stopped) stepVectorDescent(state, objective);
    fract = state.at;
    evaluations += state.step + 1;
  }
  return {
    strict: sameStructure(subject.reduced, { cell, sites: movedSites(start.sites, fract) }),
    evaluations,
  };

  function underKernel(fwhm: number): VectorObjective {
    const grid = stageGrid(instrument, fwhm);
    const seen = smoothed(instrument, target, null, grid);
    const both = crystalObjective(sites, instrument, cosine, seen, smoothingMap(instrument, grid));
    const [six, unused] = [Float64Array.from(cell), new Float64Array(6)];
    return (at, gradient) => both(six, at, unused, gradient);
  }
}

for (const noise of ['lattice', 'coordinates'] as const)
  for (const [step, fixed] of [
    ['fixed rate', true],
    [noise === 'lattice' ? 'Levenberg–Marquardt' : 'L-BFGS', false],
  ] as const)
    for (const widths of [[], WIDTHS[noise]]) {
      const run = noise === 'lattice' ? latticeRow : atomRow;
      const outcomes = LIBRARY.flatMap(({ id }) =>
        Array.from({ length: copies }, (_, variant) => run(id, variant, widths, fixed)),
      );
      const right = outcomes.filter(({ strict }) => strict).length;
      const n = outcomes.length;
      const mean = outcomes.reduce((sum, { evaluations }) => sum + evaluations, 0) / n;
      console.log(
        JSON.stringify({
          noise,
          sigma: sigma[noise],
          step,
          widths,
          n,
          strict: right / n,
          interval: jeffreysInterval(right, n).map(value => Math.round(value * 1000) / 1000),
          evaluations: Math.round(mean),
        }),
      );
    }
