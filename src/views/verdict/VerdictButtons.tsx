import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { setDescent, setView } from '../../state/explore/actions.ts';
import { goToEnd } from '../../state/explore/playback.ts';
import { Button } from '../../ui/Button.tsx';
import { formatRate } from '../../ui/format.ts';
import type { Judged } from './useVerdicts.ts';
import { rests } from './words.ts';

/** Room on either side of what a verdict points at in the pattern, degrees. */
const AROUND = 4;

/** What can be done about a verdict: see why in the pattern, or descend at a rate that is stable. */
export function VerdictButtons({ of }: { of: Judged }): ReactNode {
  const { run, verdict, tally } = of;
  if (verdict.kind === 'thrown' || (verdict.kind === 'bouncing' && verdict.limit !== null))
    return <StableRateButton />;
  if (!rests(verdict) || !tally) return null;
  const why = (): void => {
    goToEnd(run);
    const { example } = tally;
    const places = example ? [example.from, example.to] : null;
    if (places)
      setView({
        zoom: [Math.max(0, Math.min(...places) - AROUND), Math.min(180, Math.max(...places) + AROUND)],
      });
    document.querySelector('[data-pane="pattern"]')?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Button kind="text" title="Show the pattern where it ended, with what lies under what" onClick={why}>
      why
    </Button>
  );
}

/** Descends again at a learning rate that is stable at the truth: about half the limit, where steps do not overshoot. */
export function StableRateButton(): ReactNode {
  const limit = useBraggscape(state => state.stableRate);
  if (limit === null) return null;
  const rate = Number((limit / 2).toPrecision(1));
  return (
    <Button kind="text" onClick={() => setDescent({ learningRate: rate })}>
      Descend at {formatRate(rate)}
    </Button>
  );
}
