import { type Cell, cellProblem } from '../crystal/cell.ts';
import { fractOf } from '../crystal/siteVector.ts';
import type { Structure } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../diffraction/pattern.ts';
import type { LossId } from '../losses/loss.ts';
import { type MatchEnd, matchReduced, type ReducedCrystal, reduceCrystal } from '../matching/matcher.ts';
import type { Crystal } from '../matching/periodicSet.ts';
import { primitiveCrystal } from '../matching/primitiveCrystal.ts';
import { coordinateNoise, latticeNoise } from '../noise/noise.ts';
import { reasonOf } from '../num/reasonOf.ts';
import { seededRng } from '../num/rng.ts';
import { STRICT } from '../optimise/outcome.ts';
import { type AtomReason, type AtomSearch, jointLadder, recoverAtoms } from '../recovery/atomRecovery.ts';
import { type PreparedAtoms, prepareAtoms } from '../recovery/atomStages.ts';
import { furthestAtom } from '../recovery/sameStructure.ts';
import { rounded } from './record.ts';
import { trialSeed } from './seeds.ts';
import { once } from './subject.ts';

/** A copy with its atoms out of place, its cell too or right, and the way it is to be recovered: all free, no symmetry. */
export interface AtomTrial {
  readonly structure: string;
  /** Lattice noise, as a share; 0: the cell is right and stays. */
  readonly sigma: number;
  /** Coordinate noise, unit fraction. */
  readonly coordinates: number;
  readonly variant: number;
  readonly seed: number;
  /** Starts at most; the search ends at the first that explains the target without remainder. */
  readonly starts: number;
  /** Loss that is searched. */
  readonly measure: LossId;
}

/** Answer to a trial. Lengths in angstrom, angles in degrees. */
export interface AtomRecord extends AtomTrial {
  /** Root mean square of the displacements that σ stands for, angstrom. */
  readonly displacement: number;
  readonly start: Cell;
  readonly cell: Cell;
  /** Coordinates at the end [3n], in the order of the primitive cell's sites. */
  readonly fract: readonly number[];
  /** Loss at the end and its height above the least possible, by the dense reference. */
  readonly loss: number;
  readonly above: number;
  /** Distance of the furthest atom from its place; null where the lattice is another (0.5 %, 0.5°) or an atom has no place. */
  readonly furthest: number | null;
  /** Lattice right, and no atom further than 0.05 Å. */
  readonly strict: boolean;
  /** Matches the crystal by the structure matcher, and where the matcher ended. */
  readonly match: boolean;
  readonly matchEnd: MatchEnd;
  /** Starts that were made. */
  readonly made: number;
  readonly agree: number;
  /** Height above the least possible of the next other structure; null where there is none. */
  readonly next: number | null;
  readonly evaluations: number;
  readonly reason: AtomReason;
  /** Variables at a limit of the search. */
  readonly atBound: readonly string[];
}

export interface FailedAtoms extends AtomTrial {
  readonly failure: string;
}

/** Equal names are the same computation. */
export const atomTrialId = (trial: AtomTrial): string =>
  [
    trial.structure,
    trial.sigma,
    trial.coordinates,
    trial.variant,
    trial.seed,
    trial.starts,
    trial.measure,
  ].join('/');

/** A crystal in its primitive cell, which coordinate noise moves the atoms of, with its target; prepared once for all its trials. */
export interface AtomSubject {
  readonly crystal: Crystal;
  readonly reduced: ReducedCrystal;
  readonly prepared: (loss: LossId) => PreparedAtoms;
}

export function atomSubject(structure: Structure, instrument: Instrument): AtomSubject {
  const crystal = primitiveCrystal(structure);
  const { sites, cell } = crystal;
  const target = simulatePattern(scatteringModel(sites, instrument, cell), cell);
  return {
    crystal,
    reduced: reduceCrystal(crystal),
    prepared: once((loss: LossId) => prepareAtoms({ sites, instrument, loss, target })),
  };
}

/** The distorted copy of a trial: with atoms alone that of the same copy in a study. */
export function atomStart(
  { structure, seed, sigma, coordinates, variant }: AtomTrial,
  truth: Crystal,
): Crystal {
  const rng = (noise: string, level: number) => seededRng(trialSeed(seed, structure, noise, level, variant));
  const cell = sigma > 0 ? latticeNoise(truth.cell, sigma, rng('lattice', sigma)) : truth.cell;
  const problem = cellProblem(cell);
  if (problem) throw new Error(`the distorted cell is none: ${problem}`);
  return { cell, sites: coordinateNoise(truth.sites, coordinates, rng('coordinates', coordinates)) };
}

/** The search of a trial; the true crystal has no part in it. */
export const atomSearch = ({
  structure,
  sigma,
  coordinates,
  variant,
  seed,
  starts,
}: AtomTrial): AtomSearch => ({
  cellIsFree: sigma > 0,
  ladder: jointLadder(sigma),
  spread: { lattice: sigma, coordinates },
  starts,
  seed: trialSeed(seed, structure, 'starts', sigma, coordinates, variant),
});

/** One trial, pausing at every step of the search; what throws on the way becomes the record. */
export function* atomTrialSteps(
  trial: AtomTrial,
  subject: AtomSubject,
): Generator<void, AtomRecord | FailedAtoms> {
  try {
    const { crystal, reduced, prepared: of } = subject;
    const start = atomStart(trial, crystal);
    const prepared = of(trial.measure);
    const steps = recoverAtoms(prepared, start, atomSearch(trial));
    for (;;) {
      const { done, value } = steps.next();
      if (!done) {
        yield;
        continue;
      }
      const { best, loss, starts, agree, runnerUp, evaluations } = value;
      const above = (misfit: number): number => prepared.lossAt(misfit) - prepared.lossAt(0);
      const furthest = furthestAtom(reduced, best);
      const matchEnd = matchReduced(reduced, reduceCrystal(best)).end;
      return {
        ...trial,
        displacement: rounded(trial.coordinates * Math.hypot(...crystal.cell.slice(0, 3)), 4),
        start: shown(start.cell),
        cell: shown(best.cell),
        fract: Array.from(fractOf(best.sites), x => rounded(x, 6)),
        loss: rounded(loss, 10),
        above: Number(above(best.misfit).toPrecision(4)),
        furthest: furthest === null ? null : rounded(furthest, 4),
        strict: furthest !== null && furthest <= STRICT.displacement,
        match: matchEnd === 'match',
        matchEnd,
        made: starts,
        agree,
        next: runnerUp === null ? null : Number(above(runnerUp).toPrecision(4)),
        evaluations,
        reason: best.reason,
        atBound: best.atBound,
      };
    }
  } catch (error) {
    return { ...trial, failure: reasonOf(error) };
  }
}

const shown = (cell: Cell): Cell => cell.map(value => rounded(value, 6)) as unknown as Cell;
