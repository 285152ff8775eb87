import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { INTRODUCTION } from '../../state/explore/introduction.ts';
import { playsContinued } from '../../state/explore/selectors.ts';
import { type Judged, useVerdicts } from '../verdict/useVerdicts.ts';
import { isGood, judgedWords } from '../verdict/words.ts';

/** True while the introduction is told: until another start takes its place. */
export const useIntroduced = (): boolean =>
  useBraggscape(
    ({ introduced, inputs: { starts } }) =>
      introduced && starts.length === 1 && starts[0]!.x === INTRODUCTION.x && starts[0]!.y === INTRODUCTION.y,
  );

/** What happened, and why the continued descent arrives, a sentence each, as far as the introduction has come. */
export function Introduction(): ReactNode {
  const all = useVerdicts();
  const playing = useBraggscape(state => state.play.playing);
  const after = useBraggscape(playsContinued);
  const descents = all.filter(({ run }) => run.mode !== 'continued');
  const continued = all.find(({ run }) => run.mode === 'continued');
  return (
    <p aria-live="polite" data-testid="introduction">
      {after ? (
        <>
          {whatHappened(descents)} {!playing && continued && whyItArrives(continued)}
        </>
      ) : (
        'From one wrong cell three descents follow the slope of the loss; cell and pattern go with them.'
      )}
    </p>
  );
}

function whatHappened(descents: readonly Judged[]): string {
  const arrived = descents.filter(({ verdict }) => isGood(verdict)).length;
  if (arrived > 0) return `${arrived} of ${descents.length} descents arrived at the truth.`;
  const first = descents[0];
  return `None of the ${descents.length} arrives${first ? `; ${first.run.mode === 'unconstrained' ? 'the unconstrained one is ' : ''}${judgedWords(first, true)}, so that every small change makes the patterns less alike` : ''}.`;
}

function whyItArrives({ run, verdict }: Judged): string {
  if (!isGood(verdict) || !('widths' in run)) return '';
  return `The continued descent arrives: smoothed by ${run.widths[0]}° the peaks feel each other from afar and the map is one bowl, and each narrower stage begins where the last one ended.`;
}
