import type { Cell } from '../crystal/cell.ts';
import { offBy, stopSentence } from '../optimise/outcome.ts';
import type { ContinuedRun } from '../state/explore/continuedRun.ts';
import type { DescentRun } from '../state/explore/descentRun.ts';
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

/** As near as this a cell is recovered: half a per cent of every length and half a degree of every angle. */
const RECOVERED = { length: 0.005, angle: 0.5 };

function continuedSentence(
  { cells, count, losses, widths, evaluations, tried }: ContinuedRun,
  truth: Cell | null,
): string {
  if (count === 0) return 'The start is no crystal whose pattern can be computed.';
  const off = truth && offBy(cells.subarray(6 * (count - 1), 6 * count), truth);
  const arrived = off && off.length <= RECOVERED.length && off.angle <= RECOVERED.angle;
  const came = arrived
    ? 'Reached the truth'
    : `Came to rest at a loss of ${formatNumber(losses[count - 1]!, 3)}`;
  const stages = widths.map(widthName).join(', ');
  const others = tried > evaluations ? `; ${tried} with the other ladders` : '';
  return `${came} in ${evaluations} evaluations over ${widths.length} stages (${stages})${others}.`;
}
