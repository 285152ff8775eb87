import type { Cell } from '../crystal/cell.ts';
import { elementData } from '../crystal/elements.ts';
import { movedSites } from '../crystal/siteVector.ts';
import type { Site } from '../crystal/structure.ts';
import { reduceCrystal } from '../matching/matcher.ts';
import type { Crystal } from '../matching/periodicSet.ts';
import { type LbfgsState, pressedAgainstLimits, startLbfgs, stepLbfgs } from '../optimise/lbfgs.ts';
import { type Box, cellParameters } from '../optimise/parameters.ts';
import type { StopReason } from '../optimise/stopRule.ts';
import type { PointMisfit, PreparedAtoms } from './atomStages.ts';
import { type AtomSpread, atomStarts } from './atomStarts.ts';
import { type CrystalVariables, crystalVariables, LATTICE_UNIT, pointOf } from './crystalVariables.ts';
import { searchBox } from './ladder.ts';
import { sameStructure } from './sameStructure.ts';

/** Search for the places of atoms, and of the cell with them, from a crystal that is out of place. Plain data. */
export interface AtomSearch {
  /** The cell is searched along with the atoms; else it is right. */
  readonly cellIsFree: boolean;
  /** FWHM of the kernels, degrees, wide to narrow; the last, the pattern as it is, is understood. */
  readonly ladder: readonly number[];
  /** Farthest that the truth may lie from the start. */
  readonly spread: AtomSpread;
  /** Starts at most, the given one being the first. */
  readonly starts: number;
  readonly seed: number;
  /** Steps on the pattern as it is, at most; `LAST_STEPS` where left out. */
  readonly maxIterations?: number;
}

/** First kernel in degrees for a lattice that may be off by so much, as a share; each is half of the one before, down to 1°. */
const DEGREES_OF_SPREAD = 40;

/** Kernels of a joint search. Wider ones drive the cell away while the atoms are wrong. */
export function jointLadder(spread: number): readonly number[] {
  const ladder: number[] = [];
  for (let fwhm = DEGREES_OF_SPREAD * spread; fwhm >= 1; fwhm /= 2) ladder.push(fwhm);
  return ladder;
}

/** Point that a search stands at. */
export interface AtomStep {
  readonly start: number;
  readonly stage: number;
  readonly fwhm: number;
  readonly cell: Cell;
  /** [sites * 3] */
  readonly fract: Float64Array;
  /** Above the least possible, in units of the loss of a flat pattern. */
  readonly misfit: number;
  readonly evaluations: number;
}

/** `atBound`: it came to rest against a limit of the search, as a cell does that runs away; `noModel`: the start is none. */
export type AtomReason = 'converged' | 'maxIterations' | 'atBound' | 'noModel';

/** End of one start. */
export interface AtomEnd {
  readonly start: number;
  readonly cell: Cell;
  readonly sites: readonly Site[];
  readonly misfit: number;
  readonly reason: AtomReason;
  /** Names of the variables that stand at a limit. */
  readonly atBound: readonly string[];
}

export interface AtomRecovery {
  readonly best: AtomEnd;
  readonly loss: number;
  /** Starts that were made; fewer than asked for where one explained the target without remainder. */
  readonly starts: number;
  /** Those that ended in the best structure. */
  readonly agree: number;
  /** Misfit of the lowest end that is another structure; null: there is none. */
  readonly runnerUp: number | null;
  /** Patterns computed. */
  readonly evaluations: number;
}

/**
 * Misfit that is rounding: such an end explains a noise-free target to the last digit, and no other start can do better. A
 * measured target never comes near it. Na3MnCoNiO6 has another structure at 2e-8.
 */
const NOTHING_LEFT = 1e-10;

/** Misfit, beyond the best, above which no other end is the same structure. */
const ANOTHER = 0.01;

/** Misfit from which on an end is so good that two species may have changed places. */
const ALMOST_NOTHING = 1e-5;

const STAGE_STEPS = 60;
const LAST_STEPS = 400;
/** Gains in `WINDOW` steps at which a stage and the last one end, in units of the loss of a flat pattern. */
const STAGE_GAIN = 1e-4;
const LAST_GAIN = 1e-13;
const WINDOW = 5;
/** Longest change of a coordinate in a step, and in the first, in ångström. */
const LONGEST_STEP = 0.3;
const FIRST_STEP = 0.02;
/** More than a descent has steps until it is near: curvatures span five decades, and with 12 pairs it takes five times as many. */
const MEMORY = 200;

/**
 * Quasi-Newton descents from the given crystal and from others around it, until one explains the target without remainder or
 * all are made. Yields every step; may be abandoned at any of them.
 */
export function* recoverAtoms(
  prepared: PreparedAtoms,
  given: Crystal,
  search: AtomSearch,
): Generator<AtomStep, AtomRecovery> {
  const variables = crystalVariables(given, search.cellIsFree);
  const box = search.cellIsFree ? boxOf(variables, given.cell, search.spread.lattice) : null;
  const run: Run = { prepared, search, variables, box, given, evaluations: 0 };
  const ends: AtomEnd[] = [];
  for (const crystal of atomStarts(given, search.spread, search.starts, search.seed)) {
    ends.push(yield* fromStart(run, crystal, ends.length));
    if (ends.at(-1)!.misfit < NOTHING_LEFT) break;
  }
  const best = ends.reduce((least, end) => (end.misfit < least.misfit ? end : least));
  const agrees = (end: AtomEnd): boolean =>
    end === best || (end.misfit < best.misfit + ANOTHER && sameStructure(reduceCrystal(best), end));
  const others = ends.filter(end => !agrees(end));
  return {
    best,
    loss: prepared.lossAt(best.misfit),
    starts: ends.length,
    agree: ends.length - others.length,
    runnerUp: others.length ? Math.min(...others.map(end => end.misfit)) : null,
    evaluations: run.evaluations,
  };
}

/** Parts that the starts of a search share. */
interface Run {
  readonly prepared: PreparedAtoms;
  readonly search: AtomSearch;
  readonly variables: CrystalVariables;
  readonly box: Box | null;
  readonly given: Crystal;
  evaluations: number;
}

/** Limits of the cell about the start; atoms have none. */
function boxOf({ free }: CrystalVariables, cell: Cell, spread: number): Box {
  const lattice = cellParameters(null);
  const { low, high } = searchBox(lattice, lattice.fromCell(cell), spread);
  const atoms = new Float64Array(free.length - low.length);
  const joined = (limits: Float64Array, beyond: number): Float64Array =>
    Float64Array.from([...limits.map(value => value / LATTICE_UNIT), ...atoms.fill(beyond)]);
  return { low: joined(low, Number.NEGATIVE_INFINITY), high: joined(high, Number.POSITIVE_INFINITY) };
}

function* fromStart(run: Run, crystal: Crystal, start: number): Generator<AtomStep, AtomEnd> {
  const { search, variables } = run;
  const widths = [...search.ladder, 0];
  let x = variables.fromCrystal(pointOf(crystal));
  let state: LbfgsState | null = null;
  for (const stage of widths.keys()) {
    state = yield* descend(run, x, start, stage);
    x = state.at;
  }
  const last = state!;
  if (last.loss >= NOTHING_LEFT && last.loss < ALMOST_NOTHING) yield* exchangeAlike(run, last, start);
  const { cell, fract } = pointAt(run, last.at);
  const sites = movedSites(
    run.given.sites,
    fract.map(value => value - Math.floor(value)),
  );
  const atBound = pressedAgainstLimits(last).map(i => variables.free[i]!.name);
  const reached = last.stopped as StopReason;
  return {
    start,
    cell: cellOf(cell),
    sites,
    misfit: Number.isFinite(last.loss) ? run.prepared.judged(cellOf(cell), sites) : Number.POSITIVE_INFINITY,
    reason: reached === 'leftDomain' ? 'noModel' : atBound.length ? 'atBound' : reached,
    atBound,
  };
}

const cellOf = (cell: Float64Array): Cell => Array.from(cell) as unknown as Cell;

const pointAt = ({ variables, given }: Run, x: Float64Array) => {
  const point = pointOf(given);
  variables.toCrystal(x, point);
  return point;
};

/** One stage from a point. */
function* descend(run: Run, x: Float64Array, start: number, stage: number): Generator<AtomStep, LbfgsState> {
  const { prepared, search, variables, box, given } = run;
  const fwhm = search.ladder[stage] ?? 0;
  const isLast = stage === search.ladder.length;
  const misfit: PointMisfit = search.cellIsFree ? prepared.joint(fwhm) : prepared.inCell(fwhm, given.cell);
  const point = pointOf(given);
  const slopes = pointOf(given);
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    run.evaluations++;
    variables.toCrystal(at, point);
    const value = misfit(point, slopes);
    variables.chain(point, slopes, gradient);
    return value;
  };
  const state = startLbfgs(
    {
      start: x,
      longestStep: LONGEST_STEP,
      firstStep: FIRST_STEP,
      memory: MEMORY,
      box,
      enough: isLast ? NOTHING_LEFT / 10 : 0,
      maxIterations: isLast ? (search.maxIterations ?? LAST_STEPS) : STAGE_STEPS,
      stopGain: isLast ? LAST_GAIN : STAGE_GAIN,
      stopWindow: WINDOW,
    },
    objective,
  );
  for (;;) {
    const { cell, fract } = pointAt(run, state.at);
    yield { start, stage, fwhm, cell: cellOf(cell), fract, misfit: state.loss, evaluations: run.evaluations };
    if (state.stopped) return state;
    stepLbfgs(state, objective);
  }
}

/** Largest difference in atomic number of species that X-rays hardly tell apart. */
const ALIKE = 3;
/** Exchanges that are followed, and the misfit above which one is not. */
const FOLLOWED = 2;
const HOPELESS = 0.02;

/**
 * Exchanges two atoms of species that scatter nearly alike, where that costs little, and descends anew: the minimum with
 * Co and Ni of Na3MnCoNiO6 in each other's place, inverted, lies 2e-8 above the truth and 0.06 Å beside it. The state takes
 * the lower end.
 */
function* exchangeAlike(run: Run, state: LbfgsState, start: number): Generator<AtomStep, void> {
  const { given, variables, search, prepared } = run;
  const misfit = search.cellIsFree ? prepared.joint(0) : prepared.inCell(0, given.cell);
  const z = given.sites.map(({ element }) => elementData(element).z);
  const here = pointAt(run, state.at);
  const slopes = pointOf(given);
  const tried: { readonly x: Float64Array; readonly misfit: number }[] = [];
  for (let i = 0; i < z.length; i++)
    for (let j = 0; j < i; j++) {
      if (z[i] === z[j] || Math.abs(z[i]! - z[j]!) > ALIKE) continue;
      const fract = Float64Array.from(here.fract);
      fract.set(here.fract.subarray(3 * j, 3 * j + 3), 3 * i);
      fract.set(here.fract.subarray(3 * i, 3 * i + 3), 3 * j);
      const point = { cell: here.cell, fract };
      run.evaluations++;
      tried.push({ x: variables.fromCrystal(point), misfit: misfit(point, slopes) });
    }
  const worth = tried.filter(entry => entry.misfit < HOPELESS).sort((p, q) => p.misfit - q.misfit);
  for (const { x } of worth.slice(0, FOLLOWED)) {
    const other = yield* descend(run, x, start, search.ladder.length);
    if (!(other.loss < state.loss)) continue;
    state.at.set(other.at);
    state.gradient.set(other.gradient);
    state.loss = other.loss;
    state.stopped = other.stopped;
  }
}
