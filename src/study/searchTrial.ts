import type { Crystal } from '../matching/periodicSet.ts';
import { COORDINATES_OF_BOTH } from '../noise/noise.ts';
import { STRICT } from '../optimise/outcome.ts';
import { type AtomSearch, jointLadder, recoverAtoms } from '../recovery/atomRecovery.ts';
import type { Freedom } from '../recovery/ladder.ts';
import { type RecoveryPlan, recoverySteps } from '../recovery/recovery.ts';
import { sameStructure } from '../recovery/sameStructure.ts';
import { vcGpwdfSteps } from '../recovery/vcGpwdf.ts';
import type { MissedBy } from './record.ts';
import { AGREE } from './recoveryTrial.ts';
import type { StudySearch } from './searches.ts';
import type { TrialSubject } from './subject.ts';
import type { Trial } from './trialKey.ts';

/** End of a search beyond the paper. */
export interface SearchEnded {
  readonly end: Crystal;
  /** What was minimised, at the answer. */
  readonly loss: number;
  /** Steps that were accepted, all starts together. */
  readonly steps: number;
  readonly evaluations: number;
  readonly starts: number;
  readonly agree: number;
  /** The answer stands at a limit of the search. */
  readonly atLimit: boolean;
}

type Answer = Omit<SearchEnded, 'steps'>;

/** Runs a search from a distorted copy, pausing at every step. The true crystal takes part as a pattern alone. */
export function* searchSteps(
  search: StudySearch,
  trial: Trial,
  start: Crystal,
  subject: TrialSubject,
  seed: number,
): Generator<void, SearchEnded> {
  const run = answerSteps(search, trial, start, subject, seed);
  for (let steps = 0; ; steps++) {
    const { done, value } = run.next();
    if (done) return { ...value, steps };
    yield;
  }
}

function answerSteps(
  search: StudySearch,
  { sigma }: Trial,
  start: Crystal,
  subject: TrialSubject,
  seed: number,
): Generator<unknown, Answer> {
  const { noise, starts, freedom } = search;
  if (freedom) return continued(subject, start, { freedom, spread: sigma, starts });
  if (noise === 'lattice') return linked(subject, start);
  const cellIsFree = noise === 'both';
  return moved(subject, start, {
    cellIsFree,
    ladder: cellIsFree ? jointLadder(sigma) : [],
    spread: cellIsFree
      ? { lattice: sigma, coordinates: COORDINATES_OF_BOTH }
      : { lattice: 0, coordinates: sigma },
    starts,
    seed,
  });
}

function* continued(
  { continuation, crystal: { sites } }: TrialSubject,
  start: Crystal,
  plan: { readonly freedom: Freedom; readonly spread: number; readonly starts: number },
): Generator<unknown, Answer> {
  const agree = plan.starts > 1 ? AGREE : null;
  const whole: RecoveryPlan = { ...plan, start: start.cell, agree };
  const { verdict, ends, evaluations } = yield* recoverySteps(continuation(), whole);
  const [best] = verdict.basins;
  if (!best) throw new Error('no start has a pattern');
  return {
    end: { cell: best.cell, sites },
    loss: best.loss,
    evaluations,
    starts: ends.length,
    agree: verdict.agree,
    atLimit: best.atBound.length > 0,
  };
}

function* linked({ overCell }: TrialSubject, start: Crystal): Generator<unknown, Answer> {
  const found = yield* vcGpwdfSteps(overCell('gpwdf'), start.cell);
  return { ...found, end: { ...start, cell: found.cell } };
}

function* moved({ atoms }: TrialSubject, start: Crystal, plan: AtomSearch): Generator<unknown, Answer> {
  const { best, loss, starts, agree, evaluations } = yield* recoverAtoms(atoms(), start, plan);
  const { cell, sites, atBound } = best;
  return { end: { cell, sites }, loss, starts, agree, evaluations, atLimit: atBound.length > 0 };
}

/** Reason why the end of a search is not the true crystal as it was given. */
export function missedBy(
  { noise }: Trial,
  { cell, sites }: Crystal,
  { crystal, settings, reduced }: TrialSubject,
  atLimit: boolean,
): MissedBy {
  const relation =
    noise === 'lattice'
      ? settings().relation(crystal.cell, cell, STRICT)
      : sameStructure(reduced, { cell, sites })
        ? 'same'
        : 'other';
  if (relation === 'same') return 'setting';
  if (relation === 'sameLattice') return 'pseudoSymmetry';
  return atLimit ? 'limit' : 'basin';
}
