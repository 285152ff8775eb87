import { isAbort } from '../../engine/engine.ts';
import type { DescentChunk, DescentEnd } from '../../engine/walker.ts';
import { reasonOf } from '../../num/reasonOf.ts';
import type { DescentPlan } from '../../optimise/descent.ts';
import type { DescentMode } from '../../optimise/modes.ts';
import type { Progress } from '../core/progress.ts';
import type { PathMode } from './exploreSettings.ts';

/** One path on screen as far as it is computed. */
export interface PathRun {
  /** Index of its start in the inputs. */
  readonly start: number;
  readonly mode: PathMode;
  /** Numbers of an iterate: the six of the cell and what else its problem moves. */
  readonly stride: number;
  /** Iterates 0 … count − 1: points [count * stride] and losses [count], views of growing buffers, never written below count. */
  readonly count: number;
  readonly cells: Float64Array;
  readonly losses: Float64Array;
  readonly status: Progress['status'];
  readonly message: string | null;
}

/** One of the paper's descents: what was asked, what has been computed so far, how it ended. */
export interface DescentRun extends PathRun {
  readonly mode: DescentMode;
  readonly plan: DescentPlan;
  readonly end: DescentEnd | null;
}

/** A descent that has been asked for and has no iterate yet. */
export const emptyRun = (start: number, mode: DescentMode, plan: DescentPlan): DescentRun => ({
  start,
  mode,
  plan,
  stride: plan.start.length,
  count: 0,
  cells: new Float64Array(0),
  losses: new Float64Array(0),
  status: 'computing',
  end: null,
  message: null,
});

/**
 * Runs one descent to its end, reporting each change of it. Never rejects: what fails is in the run.
 * @param descend the engine's work, which hands over iterates in chunks
 */
export async function runDescent(
  signal: AbortSignal,
  descend: (onChunk: (chunk: DescentChunk) => void) => Promise<DescentEnd>,
  update: (change: <R extends DescentRun>(run: R) => R) => void,
): Promise<void> {
  try {
    const end = await descend(({ cells, losses }) => {
      if (!signal.aborted) update(run => appended(run, cells, losses));
    });
    update(run => ({ ...run, status: 'done', end }));
  } catch (error) {
    if (isAbort(error)) update(run => ({ ...run, status: 'cancelled' }));
    else update(run => ({ ...run, status: 'failed', message: reasonOf(error) }));
  }
}

/** The run with more iterates. Buffers grow geometrically; earlier views stay valid. */
export function appended<R extends DescentRun>(run: R, cells: Float64Array, losses: Float64Array): R {
  const count = run.count + losses.length;
  return {
    ...run,
    count,
    cells: grown(run.cells, cells),
    losses: grown(run.losses, losses),
  };
}

/** `head` followed by `tail`, in the spare room behind `head` where there is enough. */
function grown(head: Float64Array, tail: Float64Array): Float64Array {
  const length = head.length + tail.length;
  const capacity = head.buffer.byteLength / 8;
  if (capacity < length) {
    const bigger = new Float64Array(Math.max(length, 2 * capacity, 1024));
    bigger.set(head);
    bigger.set(tail, head.length);
    return bigger.subarray(0, length);
  }
  const view = new Float64Array(head.buffer, 0, length);
  view.set(tail, head.length);
  return view;
}

/** The point at a step of a path, a view [stride]. */
export const pointOfStep = (
  { cells, stride }: Pick<PathRun, 'cells' | 'stride'>,
  step: number,
): Float64Array => cells.subarray(stride * step, stride * (step + 1));

/** The iterate shown at a global step: the run's own last one when it has ended before. */
export const shownStep = (run: Pick<PathRun, 'count'>, step: number): number =>
  Math.max(0, Math.min(step, run.count - 1));

/** Tells the paths of a picture apart, those of one setting by what they were asked. */
export const pathKey = (run: PathRun | DescentRun): string =>
  [run.start, run.mode, ...('plan' in run ? [run.plan.reading, run.plan.learningRate] : [])].join(' ');
