import { type Cell, sameCell } from '../crystal/cell.ts';
import { lossOf } from '../losses/registry.ts';
import {
  type Freedom,
  LADDERS,
  type Ladder,
  ladderSteps,
  type PreparedRecovery,
  type RecoveryEnd,
  type RecoveryStep,
  type Spread,
  type StageKernel,
  searchBox,
  stagesOf,
} from './ladder.ts';

/** Search from one start. */
export interface StartPlan {
  readonly freedom: Freedom;
  readonly start: Cell;
  readonly spread: Spread;
  /** Default `LADDERS`. */
  readonly ladders?: readonly Ladder[];
  /** Centre of the limits; the start, where left out. */
  readonly centre?: Cell;
}

/** A step of one of the ladders, or of the last stage, which has the number after theirs. */
export interface StartStep extends RecoveryStep {
  readonly ladder: number;
}

export interface StartEnd extends RecoveryEnd {
  /** Ladder that led to it. */
  readonly ladder: number;
  /** Ends of all ladders, before the last stage. */
  readonly ends: readonly RecoveryEnd[];
  /** Higher ends of the same lattice along other axes, where it is pseudo-symmetric; none where left out. */
  readonly twins?: readonly RecoveryEnd[];
  /** Its intensities follow a texture. */
  readonly textured: boolean;
}

/** The pattern as it is. */
export const lastStage = (texture: boolean): StageKernel => ({ fwhm: 0, background: true, texture });

/**
 * Ends of ladders whose misfit is within this of the lowest go on to the last stage: so far may a kernel mislead. Other losses
 * have ranges of their own: there it is a factor on the height above the best that the loss can be.
 */
const CONTENDERS = 2e-3;
const CONTENDING = 3;
/** Misfits above this have a cause, such as a texture, beside the cell; a kernel itself leaves a twentieth of it. */
const EXPLAINED = 1e-3;

/**
 * The ladders from one start, each down to a kernel of half the narrowest peak, and from the lowest ends of them the pattern
 * as it is. Yields every accepted step; the result is the end of the start.
 */
export function* recoverSteps(
  prepared: PreparedRecovery,
  { freedom, start, spread, ladders = LADDERS, centre = start }: StartPlan,
): Generator<StartStep, StartEnd> {
  const parameters = prepared.parameters(freedom);
  const x = parameters.fromCell(start);
  const box = searchBox(parameters, parameters.fromCell(centre), spread);
  const ends: RecoveryEnd[] = [];
  let evaluations = 0;
  for (const [number, ladder] of ladders.entries()) {
    const comparable = ends.filter((_, k) => ladders[k]!.texture === ladder.texture);
    const known = comparable.sort((p, q) => p.misfit - q.misfit);
    if (ladder.texture && !(prepared.problem.texture && ends[lowest(ends)]!.misfit > EXPLAINED)) break;
    const steps = ladderSteps(prepared, freedom, x, box, stagesOf(ladder, prepared.narrowest), known);
    ends.push(yield* numbered(steps, number, evaluations));
    evaluations += ends.at(-1)!.evaluations;
  }
  const textured = ladders[ends.length - 1]?.texture ?? false;
  const misfits = textured ? ends.map(({ cell }) => texturedMisfit(cell)) : ends.map(end => end.misfit);
  const least = Math.min(...misfits.filter(Number.isFinite));
  const { loss = 'cosine' } = prepared.problem;
  const floor = 1 + lossOf(loss).best;
  const most = loss === 'cosine' ? least + CONTENDERS : floor + CONTENDING * (least - floor);
  const last: (RecoveryEnd & { readonly ladder: number })[] = [];
  for (const [ladder, end] of ends.entries()) {
    const again = ends.findIndex(({ cell }) => sameCell(cell, end.cell)) < ladder;
    if (again || !(misfits[ladder]! <= most)) continue;
    const steps = ladderSteps(prepared, freedom, parameters.fromCell(end.cell), box, [lastStage(textured)]);
    last.push({ ...(yield* numbered(steps, ladders.length, evaluations)), ladder });
    evaluations += last.at(-1)!.evaluations;
  }
  const best = last[lowest(last)] ?? { ...ends[0]!, ladder: 0 };
  return { ...best, ends, textured, evaluations };

  function texturedMisfit(cell: Cell): number {
    const kernel = { fwhm: prepared.narrowest, background: true, texture: true };
    const misfit = prepared.misfit(freedom, kernel);
    const at = parameters.fromCell(cell);
    misfit.orient(at);
    evaluations++;
    return misfit.value(at);
  }
}

function* numbered(
  steps: Generator<RecoveryStep, RecoveryEnd>,
  ladder: number,
  before: number,
): Generator<StartStep, RecoveryEnd> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield { ...value, ladder, evaluations: before + value.evaluations };
  }
}

/** The first of the lowest; one without a value counts last. */
export function lowest(ends: readonly { readonly misfit: number }[]): number {
  let best = 0;
  for (const [i, { misfit }] of ends.entries())
    if (misfit < ends[best]!.misfit || Number.isNaN(ends[best]!.misfit)) best = i;
  return best;
}
