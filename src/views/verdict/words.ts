import { formatNumber, formatRate } from '../../ui/format.ts';
import { hklPlain } from '../pattern/HklText.tsx';
import type { Tally } from '../pattern/occupancy.ts';
import type { Judged } from './useVerdicts.ts';
import type { Verdict } from './verdict.ts';

/** A verdict in a few words. @param known false where the target is measured: then no minimum is false */
export function verdictWords(verdict: Verdict, known: boolean): string {
  const rests = known ? 'stuck' : 'at rest';
  switch (verdict.kind) {
    case 'falling':
      return 'still falling';
    case 'outOfSteps':
      return 'still falling when the steps ran out';
    case 'stopped':
      return 'stopped by you';
    case 'failed':
      return `failed: ${verdict.message}`;
    case 'noCrystal':
      return 'no crystal at the start';
    case 'reached':
      return 'reached the truth';
    case 'short':
      return 'stopped short of the truth';
    case 'left':
      return 'left the box';
    case 'thrown':
      return `thrown out of the box: rate above ${formatRate(verdict.limit)}`;
    case 'bouncing': {
      const limit = verdict.limit === null ? 'what is stable here' : formatRate(verdict.limit);
      return `${verdict.atTruth ? 'at the truth, ' : ''}bouncing: rate above ${limit}`;
    }
    case 'minimum':
      return `${rests} in minimum ${verdict.number}`;
    case 'valley':
      return `${rests} in the valley of minimum ${verdict.number}`;
    case 'elsewhere':
      return `${rests} at a loss of ${formatNumber(verdict.loss, 3)}`;
  }
}

/** What the pattern shows where a path came to rest beside the truth; null where there is nothing to show. */
function peaksWords({ example, none, total }: Tally): string | null {
  if (example) return `${hklPlain(example.occupant)} lies under ${hklPlain(example.place)}`;
  return none > 0
    ? `${none} of ${total} peaks ${none === 1 ? 'has nothing under it' : 'have nothing under them'}`
    : null;
}

/** True of a path that is at the truth; false of one that is not; null of one that has not come to an end. */
export function isGood({ kind }: Verdict): boolean | null {
  if (kind === 'falling' || kind === 'stopped' || kind === 'outOfSteps') return null;
  return kind === 'reached';
}

/** True where a path came to rest, so that its pattern says why there. */
export const rests = ({ kind }: Verdict): boolean =>
  kind === 'minimum' || kind === 'valley' || kind === 'short' || kind === 'elsewhere';

/** A verdict with what lies under what where the path came to rest. */
export function judgedWords({ verdict, tally }: Pick<Judged, 'verdict' | 'tally'>, known: boolean): string {
  const words = verdictWords(verdict, known);
  const peaks = rests(verdict) && tally && peaksWords(tally);
  return peaks ? `${words}: ${peaks}` : words;
}
