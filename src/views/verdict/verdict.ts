import { NO_BASIN, watershed } from '../../landscape/basins.ts';
import { catchmentLabels } from '../../landscape/catchment.ts';
import { falseMinima } from '../../landscape/falseMinima.ts';
import type { GridField, Minimum } from '../../landscape/minima.ts';
import { type Slice, sliceParameter, slicePlaces } from '../../landscape/slice.ts';
import { isCellKey } from '../../model/cellParameter.ts';
import { offSlice, REACHED } from '../../optimise/outcome.ts';
import type { ContinuedRun } from '../../state/explore/continuedRun.ts';
import { type DescentRun, pointOfStep } from '../../state/explore/descentRun.ts';

/** What became of a descent. */
export type Verdict =
  | { readonly kind: 'falling' | 'stopped' | 'noCrystal' | 'reached' | 'short' | 'left' | 'outOfSteps' }
  | { readonly kind: 'failed'; readonly message: string }
  /** Out of the box by steps longer than what is stable at the truth. */
  | { readonly kind: 'thrown'; readonly limit: number }
  /** `limit` is null where the rate is stable at the truth, but not where it bounces. */
  | { readonly kind: 'bouncing'; readonly limit: number | null; readonly atTruth: boolean }
  /** By the number that the minimum goes by on the map; at rest in it, or on the way through its valley. */
  | { readonly kind: 'minimum' | 'valley'; readonly number: number }
  | { readonly kind: 'elsewhere'; readonly loss: number };

export type AnyRun = DescentRun | ContinuedRun;

/** What a verdict is passed on. */
export interface VerdictScene {
  readonly slice: Slice;
  /** The finished map over the slice and its minima; null until it is there: then no minimum is named. */
  readonly map: (GridField & { readonly slice: Slice }) | null;
  readonly minima: readonly Minimum[];
  /** The largest learning rate that is stable at the truth; null where it is not known. */
  readonly stableRate: number | null;
  /** All parameters move, so that an end may lie off the slice. */
  readonly full: boolean;
  /** Tells whether a point is the truth; null where the target is measured, and nobody knows it. */
  readonly isTruth: ((point: Float64Array) => boolean) | null;
}

/** Steps at the end in which bouncing is looked for, and the share of them that must go up. */
const LATE = 100;
const RISES = 0.25;
/** The paper's least gain in `stopWindow` steps, where none is asked for. */
const LEAST_GAIN = 1e-4;
/** An end within this share of the depth of a minimum above its floor is at rest in it. */
const AT_REST = 0.1;

/** The verdict on a path as it stands. */
export function verdictOf(run: AnyRun, scene: VerdictScene): Verdict {
  if (run.status === 'computing') return { kind: 'falling' };
  if (run.status === 'cancelled') return { kind: 'stopped' };
  if (run.status === 'failed') return { kind: 'failed', message: run.message ?? 'for no known reason' };
  if (run.count === 0) return { kind: 'noCrystal' };
  const { stableRate, isTruth } = scene;
  const end = pointOfStep(run, run.count - 1);
  const rate = 'plan' in run ? run.plan.learningRate : 0;
  const limit = stableRate !== null && rate > stableRate ? stableRate : null;
  const left = !insideBox(scene.slice, end) || ('plan' in run && run.end?.reason === 'leftDomain');
  if (left) return limit === null ? { kind: 'left' } : { kind: 'thrown', limit };
  const atTruth = isTruth?.(end) ?? false;
  if ('plan' in run && bounces(run)) return { kind: 'bouncing', limit, atTruth };
  if (atTruth) return { kind: 'reached' };
  if ('plan' in run && stillFalls(run)) return { kind: 'outOfSteps' };
  return whereItRests(end, run.losses[run.count - 1]!, scene);
}

/** Inside the map, or inside the usual ranges where the map is zoomed into a part of them. */
function insideBox(slice: Slice, point: Float64Array): boolean {
  const places = slicePlaces(slice);
  return (['x', 'y'] as const).every((axis, i) => {
    const [shown, usual] = [slice[`${axis}Range`], sliceParameter(slice, axis).range];
    const value = point[places[i]!]!;
    return value >= Math.min(shown[0], usual[0]) && value <= Math.max(shown[1], usual[1]);
  });
}

/** Hops between two points, or goes up again and again without momentum. */
function bounces({ end, losses, count, plan }: DescentRun): boolean {
  if (end?.twoCycle) return true;
  if (plan.momentum > 0 || count <= LATE) return false;
  const least = plan.stopGain || LEAST_GAIN;
  let rises = 0;
  for (let i = count - LATE; i < count; i++) if (losses[i]! - losses[i - 1]! > least) rises++;
  return rises > RISES * LATE;
}

/** The steps ran out while the loss fell by more than what counts as a gain. */
function stillFalls({ end, losses, count, plan }: DescentRun): boolean {
  if (end?.reason !== 'maxIterations') return false;
  const before = losses[Math.max(0, count - 1 - plan.stopWindow)]!;
  return before - losses[count - 1]! > (plan.stopGain || LEAST_GAIN);
}

function whereItRests(end: Float64Array, loss: number, scene: VerdictScene): Verdict {
  const { slice, map, minima, full, isTruth } = scene;
  const elsewhere: Verdict = { kind: 'elsewhere', loss };
  if (!map || (full && !isOnSlice(slice, end))) return elsewhere;
  const [px, py] = slicePlaces(slice);
  const place = { x: end[px]!, y: end[py]!, truth: false };
  const index = catchmentLabels(map, basinsOf(map, minima), [place])[0]!;
  if (index === NO_BASIN) return elsewhere;
  const found = falseMinima(minima, map.slice).find(entry => entry.index === index);
  if (!found) return isTruth ? { kind: 'short' } : elsewhere;
  const { value, prominence } = found.minimum;
  return { kind: loss - value <= AT_REST * prominence ? 'minimum' : 'valley', number: found.number };
}

/** What the slice does not move is as good as where the slice has it; of more than a cell only the cell could be told. */
const isOnSlice = (slice: Slice, end: Float64Array): boolean =>
  !slice.model && offSlice(end, slice.base, [slice.x, slice.y].filter(isCellKey)) <= REACHED.length;

/** By the list of minima: flooding a map takes longer than everything else here. */
const basins = new WeakMap<readonly Minimum[], Int32Array>();

function basinsOf(map: GridField, minima: readonly Minimum[]): Int32Array {
  const known = basins.get(minima) ?? watershed(map, minima);
  basins.set(minima, known);
  return known;
}
