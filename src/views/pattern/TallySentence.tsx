import type { ReactNode } from 'react';
import { Info } from '../../ui/Popover.tsx';
import { HklText } from './HklText.tsx';
import type { Tally } from './occupancy.ts';
import styles from './TallySentence.module.css';

/** The ribbons counted, in one sentence. */
export function TallySentence({ tally }: { tally: Tally }): ReactNode {
  const { total, other, none, example } = tally;
  const count = (n: number): ReactNode => (
    <b>
      {n} of {total}
    </b>
  );
  return (
    <>
      <span data-testid="tally">
        {other > 0 ? (
          <>
            <span className={styles.moved}>{count(other)}</span> target peaks {other === 1 ? 'sits' : 'sit'}{' '}
            on another <i>hkl</i>
            {example && (
              <>
                : <HklText of={example.occupant} /> now lies under <HklText of={example.place} />
              </>
            )}
          </>
        ) : none > 0 ? (
          <>
            {count(none)} target peaks {none === 1 ? 'has nothing under it' : 'have nothing under them'}; none
            sits on another <i>hkl</i>
          </>
        ) : (
          <>
            All {total} target peaks lie on their own <i>hkl</i>
          </>
        )}
      </span>
      <Info
        about="the count of peaks"
        title="Which reflection lies where"
        help={[
          'A target peak counts from 1 % of the strongest one. It is with its own *hkl* while one of its reflections is within half the peak’s width (full width at half maximum) of where it belongs.',
          'Otherwise it sits on another *hkl* when a reflection of at least that strength is there, and has nothing under it when none is. Ribbons in the colour of the current crystal lead to the reflections that took a place.',
        ]}
      />
    </>
  );
}
