import type { Cell } from '../crystal/cell.ts';
import { ONE_END, type Relation, SettingsOf } from './basins.ts';
import type { Freedom, PreparedRecovery, RecoveryEnd } from './ladder.ts';
import { lastStage, type StartEnd } from './recoverSteps.ts';
import { dot } from './slowBackground.ts';
import { narrowestWidth } from './smoothing.ts';

/** Ends of searches that are one crystal. */
export interface Basin {
  /** The lowest of its ends. */
  readonly cell: Cell;
  readonly loss: number;
  /** 1 − cosine, whatever the loss. */
  readonly misfit: number;
  /** Starts that ended here, by number, ascending; none where a twin of the best end was looked for and found. */
  readonly starts: readonly number[];
  /** Names of parameters at a limit of the search, of the lowest end. */
  readonly atBound: readonly string[];
  /** Rise of the misfit above the best, and its standard error (`gapError`). */
  readonly gap: number;
  readonly gapError: number;
  /** The gap is no more than `SIGNIFICANT` standard errors: the pattern does not tell it from the best. */
  readonly withinNoise: boolean;
  /** To the best end: `same` is itself. */
  readonly relation: Relation;
}

/**
 * Answer of a search from many starts. No loss is low enough to be right by itself: it is the starts that agree, and the
 * distance to the next crystal, that speak for an end.
 */
export interface RecoveryVerdict {
  /** Starts that ended in the best basin, of so many that have an end. */
  readonly agree: number;
  readonly of: number;
  /** The best first. */
  readonly basins: readonly Basin[];
  /** The lowest other crystal; null where there is none. */
  readonly runnerUp: Basin | null;
  /** Other crystals that the pattern does not tell from the best. */
  readonly rivals: readonly Basin[];
}

/** Standard errors beyond which a difference of two losses is one. */
export const SIGNIFICANT = 3;

/**
 * Ends to compare: those of another loss by the cosine's sum of squares, whose noise is known. The loss is the way, and the
 * choice among the ladders of a start.
 */
function comparable<T extends RecoveryEnd>(
  { problem, misfit, parameters }: PreparedRecovery,
  freedom: Freedom,
  ends: readonly T[],
): readonly T[] {
  if ((problem.loss ?? 'cosine') === 'cosine') return ends;
  const judge = misfit(freedom, lastStage(false));
  const at = ({ cell }: T): number => judge.value(parameters(freedom).fromCell(cell));
  return ends.map(end => (Number.isFinite(end.misfit) ? { ...end, misfit: at(end) } : end));
}

/** @param found ends of the starts, in their order */
export function verdictOf(
  prepared: PreparedRecovery,
  freedom: Freedom,
  found: readonly StartEnd[],
): RecoveryVerdict {
  const settings = new SettingsOf(prepared.problem.sites);
  const ends = comparable(prepared, freedom, found);
  const groups: { readonly lead: RecoveryEnd; readonly starts: number[] }[] = [];
  const add = (end: RecoveryEnd, starts: number[]): void => {
    const group = groups.find(({ lead }) => settings.relation(lead.cell, end.cell, ONE_END) === 'same');
    if (group) group.starts.push(...starts);
    else groups.push({ lead: end, starts });
  };
  const order = [...ends.keys()]
    .filter(i => Number.isFinite(ends[i]!.misfit))
    .sort((i, j) => ends[i]!.misfit - ends[j]!.misfit || i - j);
  for (const i of order) add(ends[i]!, [i]);
  const best = order.length ? ends[order[0]!]! : null;
  for (const twin of comparable(prepared, freedom, best?.twins ?? [])) add(twin, []);
  groups.sort((p, q) => p.lead.misfit - q.lead.misfit);
  const least = groups[0]?.lead;
  const basins = groups.map(({ lead, starts }): Basin => {
    const { cell, loss, misfit, atBound } = lead;
    const gap = misfit - least!.misfit;
    const error = gapError(prepared, freedom, { cell: least!.cell, textured: best!.textured }, cell);
    return {
      cell,
      loss,
      misfit,
      atBound,
      starts: starts.sort((i, j) => i - j),
      gap,
      gapError: error,
      withinNoise: gap <= SIGNIFICANT * error,
      relation: settings.relation(least!.cell, cell, ONE_END),
    };
  });
  const others = basins.slice(1);
  return {
    agree: basins[0]?.starts.length ?? 0,
    of: order.length,
    basins,
    runnerUp: others[0] ?? null,
    rivals: others.filter(({ withinNoise }) => withinNoise),
  };
}

/**
 * Standard error of the difference of two losses on one target. With x the target and p, q the two models, all of norm 1,
 * 2 (L_q − L_p) = ‖x − q‖² − ‖x − p‖² = −2 (x − p)·(q − p) + …: what is left of the target after the better model is noise
 * of variance ‖x − p‖²/n a point, so that the difference has the standard error ‖x − p‖ ‖q − p‖/√n. Neighbouring points are
 * not independent where the model is at fault: n counts peak widths, not bins.
 */
export function gapError(
  prepared: PreparedRecovery,
  freedom: Freedom,
  better: Pick<StartEnd, 'cell' | 'textured'>,
  other: Cell,
): number {
  const { instrument } = prepared.problem;
  const misfit = prepared.misfit(freedom, lastStage(better.textured));
  const x = prepared.parameters(freedom);
  misfit.orient(x.fromCell(better.cell));
  const value = misfit.value(x.fromCell(better.cell));
  const p = Float64Array.from(misfit.model());
  if (!Number.isFinite(misfit.value(x.fromCell(other)))) return 0;
  const q = misfit.model();
  const apart = Math.sqrt(Math.max(0, 2 - 2 * dot(p, q)));
  const independent = (instrument.twoThetaMax - instrument.twoThetaMin) / narrowestWidth(instrument);
  return (Math.sqrt(2 * value) * apart) / Math.sqrt(independent);
}

/**
 * Starts that are needed: as soon as so many of them agree at the lowest loss and no other crystal is within noise of it,
 * later ones do not count; null: not yet.
 */
export function startsNeeded(
  prepared: PreparedRecovery,
  freedom: Freedom,
  ends: readonly StartEnd[],
  agree: number,
): number | null {
  for (let n = agree; n <= ends.length; n++)
    if (isEnough(prepared, freedom, ends.slice(0, n), agree)) return n;
  return null;
}

/** True where so many starts agree at the lowest loss and no other crystal is within noise of it. */
export function isEnough(
  prepared: PreparedRecovery,
  freedom: Freedom,
  ends: readonly StartEnd[],
  agree: number,
): boolean {
  if (ends.length < agree) return false;
  const verdict = verdictOf(prepared, freedom, ends);
  return verdict.agree >= agree && verdict.rivals.length === 0;
}
