import { type Cell, cellProblem } from '../crystal/cell.ts';
import type { Structure } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../diffraction/pattern.ts';
import type { LossId } from '../losses/loss.ts';
import { type MatchEnd, matchReduced, type ReducedCrystal, reduceCrystal } from '../matching/matcher.ts';
import { latticeNoise } from '../noise/noise.ts';
import { reasonOf } from '../num/reasonOf.ts';
import { seededRng } from '../num/rng.ts';
import { STRICT } from '../optimise/outcome.ts';
import { SettingsOf } from '../recovery/basins.ts';
import { type FreeTest, freeTestSteps, freeTestVerdict } from '../recovery/freeTest.ts';
import { type Freedom, type PreparedRecovery, prepareRecovery } from '../recovery/ladder.ts';
import { type Recovery, type RecoveryPlan, recoverySteps } from '../recovery/recovery.ts';
import type { RecoveryTarget } from '../recovery/stage.ts';
import { rounded } from './record.ts';
import { trialSeed } from './seeds.ts';
import { once } from './subject.ts';

/** One distorted copy and the way it is to be recovered. */
export interface RecoveryTrial {
  readonly structure: string;
  /** Lattice noise, as a share. */
  readonly sigma: number;
  readonly variant: number;
  readonly seed: number;
  /** `tested`: held, and then free as a test of the family. */
  readonly freedom: Freedom | 'tested';
  /** Starts at most; more than one ends as soon as `AGREE` of them do. */
  readonly starts: number;
  /** Loss that is searched. */
  readonly measure: LossId;
}

/** Starts that have to agree at the lowest loss where there are several. */
export const AGREE = 3;

/** Verdict of a free search on the family of the answer. */
export interface TestRecord {
  readonly verdict: string;
  readonly leaves: boolean;
  /** 1 − cosine that the free cell gains, and what noise gives at most. */
  readonly gain: number;
  readonly allowed: number;
  /** The free cell; null where the family is triclinic. */
  readonly cell: Cell | null;
  /** Whether that is the true one, as `strict` says of the answer. */
  readonly strict: boolean | null;
}

/** Answer to a trial, with the family held where it is tested. Lengths in angstrom, angles in degrees. */
export interface RecoveryRecord extends RecoveryTrial {
  readonly start: Cell;
  readonly cell: Cell;
  /** What was searched, at the end; the cosine with background taken out of both patterns. */
  readonly loss: number;
  /** Every length within 0.5 % and every angle within 0.5° of the true cell, in whatever setting. */
  readonly strict: boolean;
  /** Matches the crystal by the structure matcher, and where the matcher ended. */
  readonly match: boolean;
  readonly matchEnd: MatchEnd;
  /** Starts that were made. */
  readonly made: number;
  readonly agree: number;
  /** Patterns computed. */
  readonly evaluations: number;
  /** Parameters at a limit of the search. */
  readonly atBound: readonly string[];
  /** Rise of 1 − cosine to the next crystal, with its standard error; null where there is none. */
  readonly gap: readonly [number, number] | null;
  /** Other crystals that the pattern does not tell from the end. */
  readonly rivals: number;
  readonly test?: TestRecord;
}

export interface FailedRecovery extends RecoveryTrial {
  readonly failure: string;
}

/** Equal names are the same computation. */
export const recoveryId = (trial: RecoveryTrial): string =>
  [trial.structure, trial.sigma, trial.variant, trial.seed, trial.freedom, trial.starts, trial.measure].join(
    '/',
  );

/** A crystal whose cell is to be recovered, with its target, prepared once for all its trials. */
export interface RecoverySubject {
  readonly structure: Structure;
  readonly prepared: (loss: LossId) => PreparedRecovery;
  readonly reduced: ReducedCrystal;
  readonly settings: SettingsOf;
}

/** @param target measured, or another than the crystal's own; null: the pattern of the true cell by the dense reference */
export function recoverySubject(
  structure: Structure,
  instrument: Instrument,
  target: RecoveryTarget | null = null,
): RecoverySubject {
  const { sites, cell, family } = structure;
  const from: RecoveryTarget = target ?? {
    pattern: simulatePattern(scatteringModel(sites, instrument, cell), cell),
    excluded: null,
  };
  return {
    structure,
    prepared: once((loss: LossId) =>
      prepareRecovery({
        sites,
        family,
        instrument,
        target: from,
        background: true,
        texture: loss === 'cosine',
        loss,
      }),
    ),
    reduced: reduceCrystal(structure),
    settings: new SettingsOf(sites),
  };
}

/** The distorted cell of a trial: that of the same copy in a study. */
export function recoveryStart({ structure, seed, sigma, variant }: RecoveryTrial, truth: Cell): Cell {
  const start = latticeNoise(truth, sigma, seededRng(trialSeed(seed, structure, 'lattice', sigma, variant)));
  const problem = cellProblem(start);
  if (problem) throw new Error(`the distorted cell is none: ${problem}`);
  return start;
}

/** The search of a trial; the true cell has no part in it. */
const recoveryPlan = ({ freedom, starts, sigma }: RecoveryTrial, start: Cell): RecoveryPlan => ({
  freedom: freedom === 'tested' ? 'held' : freedom,
  start,
  spread: sigma,
  starts,
  agree: starts > 1 ? AGREE : null,
});

/** One trial, pausing at every step of the search; what throws on the way becomes the record. */
export function* recoveryTrialSteps(
  trial: RecoveryTrial,
  subject: RecoverySubject,
  given: Cell | null = null,
): Generator<void, RecoveryRecord | FailedRecovery> {
  try {
    const start = given ?? recoveryStart(trial, subject.structure.cell);
    const prepared = subject.prepared(trial.measure);
    const plan = recoveryPlan(trial, start);
    if (trial.freedom !== 'tested')
      return recordOf(trial, subject, start, yield* paused(recoverySteps(prepared, plan)));
    const found = yield* paused(freeTestSteps(prepared, plan));
    const { evaluations } = found;
    return { ...recordOf(trial, subject, start, found.held), evaluations, test: testOf(found, subject) };
  } catch (error) {
    return { ...trial, failure: reasonOf(error) };
  }
}

function* paused<T>(steps: Generator<unknown, T>): Generator<void, T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield;
  }
}

function testOf(found: FreeTest, { structure, settings }: RecoverySubject): TestRecord {
  const cell = found.free?.verdict.basins[0]?.cell ?? null;
  return {
    verdict: freeTestVerdict(found),
    leaves: found.leaves,
    gain: rounded(found.gain, 9),
    allowed: rounded(found.allowed, 9),
    cell: cell && shown(cell),
    strict: cell && settings.relation(structure.cell, cell, STRICT) === 'same',
  };
}

/** Judges the end of a search against the true crystal. */
function recordOf(
  trial: RecoveryTrial,
  { structure, reduced, settings }: RecoverySubject,
  start: Cell,
  { ends, verdict, evaluations }: Recovery,
): RecoveryRecord {
  const [best] = verdict.basins;
  if (!best) throw new Error('no start has a pattern');
  const { cell, loss, atBound } = best;
  const { runnerUp, rivals, agree } = verdict;
  const matchEnd = matchReduced(reduced, reduceCrystal({ cell, sites: structure.sites })).end;
  return {
    ...trial,
    start: shown(start),
    cell: shown(cell),
    loss: rounded(loss, 9),
    strict: settings.relation(structure.cell, cell, STRICT) === 'same',
    match: matchEnd === 'match',
    matchEnd,
    made: ends.length,
    agree,
    evaluations,
    atBound,
    gap: runnerUp && [rounded(runnerUp.gap, 9), rounded(runnerUp.gapError, 9)],
    rivals: rivals.length,
  };
}

const shown = (cell: Cell): Cell => cell.map(value => rounded(value, 6)) as unknown as Cell;
