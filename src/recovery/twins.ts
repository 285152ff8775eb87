import { type Cell, metricTensor } from '../crystal/cell.ts';
import { latticeMappings } from '../matching/latticeMappings.ts';
import type { Box, CellParameters } from '../optimise/parameters.ts';
import { ONE_END, SettingsOf } from './basins.ts';
import {
  cellOf,
  type Freedom,
  ladderSteps,
  type PreparedRecovery,
  type RecoveryEnd,
  type RecoveryStep,
} from './ladder.ts';
import { lastStage, type StartEnd, type StartStep } from './recoverSteps.ts';

/** A lattice that comes so near to itself in other axes is nearly more symmetric than it is: a share of a length, degrees. */
const PSEUDO_SYMMETRY = { ltol: 0.03, angleTol: 2 };
/** Twins that are searched from, those of the least misfit. */
const FOLLOWED = 3;

/**
 * Cells of the same lattice, or of the family's nearest one, in axes that only nearly coincide with the cell's own. Those that
 * are the crystal in another setting are none.
 */
export function twinCells(parameters: CellParameters, settings: SettingsOf, cell: Cell): Cell[] {
  const found: Cell[] = [];
  for (const { cell: image } of latticeMappings(metricTensor(cell), cell, PSEUDO_SYMMETRY)) {
    const twin = cellOf(parameters, parameters.fromCell(image));
    if ([cell, ...found].every(other => settings.relation(other, twin, ONE_END) !== 'same')) found.push(twin);
  }
  return found;
}

/**
 * End of a start, or the lower one of its twins: where a lattice is nearly more symmetric than the atoms in it, the wide kernels
 * do not tell its axes apart, and chance says along which of them the atoms come to lie. The others are told with it, so
 * that a verdict knows of them though no start may have ended there.
 */
export function* amongTwins(
  prepared: PreparedRecovery,
  freedom: Freedom,
  end: StartEnd,
  box: Box,
): Generator<StartStep, StartEnd> {
  const parameters = prepared.parameters(freedom);
  const settings = new SettingsOf(prepared.problem.sites);
  const twins = Number.isFinite(end.misfit) ? twinCells(parameters, settings, end.cell) : [];
  if (twins.length === 0) return end;
  const plain = lastStage(end.textured);
  const misfit = prepared.misfit(freedom, plain);
  let { evaluations } = end;
  const near = twins
    .map(cell => {
      const x = parameters.fromCell(cell);
      misfit.orient(x);
      evaluations++;
      return { x, value: misfit.value(x) };
    })
    .filter(({ value }) => Number.isFinite(value))
    .sort((p, q) => p.value - q.value);
  const ends: RecoveryEnd[] = [end];
  for (const { x } of near.slice(0, FOLLOWED)) {
    const stages = [{ ...plain, fwhm: prepared.narrowest }, plain];
    const found = yield* lastStages(ladderSteps(prepared, freedom, x, box, stages), evaluations);
    ({ evaluations } = found);
    if (
      Number.isFinite(found.misfit) &&
      ends.every(({ cell }) => settings.relation(cell, found.cell, ONE_END) !== 'same')
    )
      ends.push(found);
  }
  const [best, ...others] = ends.sort((p, q) => p.misfit - q.misfit);
  return { ...end, ...best!, twins: others, evaluations };
}

function* lastStages(
  steps: Generator<RecoveryStep, RecoveryEnd>,
  before: number,
): Generator<StartStep, RecoveryEnd> {
  for (;;) {
    const { done, value } = steps.next();
    const evaluations = before + value.evaluations;
    if (done) return { ...value, evaluations };
    yield { ...value, ladder: TWIN, evaluations };
  }
}

/** Number of the ladder of a step from a twin: there is none. */
const TWIN = -1;
