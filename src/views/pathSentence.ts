import { stopSentence } from '../optimise/outcome.ts';
import type { ContinuedRun } from '../state/explore/continuedRun.ts';
import type { DescentRun } from '../state/explore/descentRun.ts';
import { formatNumber } from '../ui/format.ts';
import { widthName } from './widthName.ts';

/** How a path came to its end, as a sentence. @param arrived it is known to be at the truth */
export function pathSentence(run: DescentRun | ContinuedRun, arrived: boolean): string {
  if (run.status === 'computing') return 'Still descending.';
  if (run.status === 'cancelled') return 'Stopped by you.';
  if (run.status === 'failed') return `It failed: ${run.message}.`;
  if (run.mode === 'continued') return continuedSentence(run, arrived);
  return run.end ? stopSentence(run.end, run.plan) : '';
}

function continuedSentence(run: ContinuedRun, arrived: boolean): string {
  const { count, losses, widths, smoothing, evaluations, tried } = run;
  if (count === 0) return 'The start is no crystal whose pattern can be computed.';
  const came = arrived
    ? 'Reached the truth'
    : `Came to rest at a loss of ${formatNumber(losses[count - 1]!, 3)}`;
  const stages = widths.map(width => widthName(width, smoothing)).join(', ');
  const others = tried > evaluations ? `; ${tried} with the other ladders` : '';
  return `${came} in ${evaluations} evaluations over ${widths.length} stages (${stages})${others}.`;
}
