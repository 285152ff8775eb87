import type { Cell } from '../crystal/cell.ts';
import { offBy, STRICT, stopSentence } from '../optimise/outcome.ts';
import type { ContinuedRun } from '../state/explore/continuedRun.ts';
import { type DescentRun, pointOfStep } from '../state/explore/descentRun.ts';
import { formatNumber } from '../ui/format.ts';
import { widthName } from './widthName.ts';

/** Outcome of a path, as a sentence. @param truth null where the target is measured: nobody knows it */
export function pathSentence(run: DescentRun | ContinuedRun, truth: Cell | null): string {
  if (run.status === 'computing') return 'Still descending.';
  if (run.status === 'cancelled') return 'Stopped by you.';
  if (run.status === 'failed') return `It failed: ${run.message}.`;
  if (run.mode === 'continued') return continuedSentence(run, truth);
  return run.end ? stopSentence(run.end, run.plan) : '';
}

/** True where a cell is recovered strictly, by the measure of the study. */
export function isRecovered(cell: ArrayLike<number>, truth: Cell): boolean {
  const { length, angle } = offBy(cell, truth);
  return length <= STRICT.length && angle <= STRICT.angle;
}

function continuedSentence(run: ContinuedRun, truth: Cell | null): string {
  const { count, losses, widths, smoothing, evaluations, tried } = run;
  if (count === 0) return 'The start is no crystal whose pattern can be computed.';
  const arrived = truth && isRecovered(pointOfStep(run, count - 1), truth);
  const came = arrived
    ? 'Reached the truth'
    : `Came to rest at a loss of ${formatNumber(losses[count - 1]!, 3)}`;
  const stages = widths.map(width => widthName(width, smoothing)).join(', ');
  const others = tried > evaluations ? `; ${tried} with the other ladders` : '';
  return `${came} in ${evaluations} evaluations over ${widths.length} stages (${stages})${others}.`;
}
