import type { ReactNode } from 'react';
import { Info } from '../../ui/Popover.tsx';
import { Hkl } from './Hkl.tsx';
import type { Tally } from './occupancy.ts';
import styles from './TallySentence.module.css';

/** The ribbons counted: one sentence, and a shorter one where there is less room. */
export function TallySentence({ tally }: { tally: Tally }): ReactNode {
  const { total, other, none, example } = tally;
  const count = (n: number): ReactNode => (
    <b>
      {n} of {total}
    </b>
  );
  return (
    <>
      <span className={styles.long}>
        {other > 0 ? (
          <>
            <span className={styles.moved}>{count(other)}</span> target peaks {other === 1 ? 'sits' : 'sit'}{' '}
            on another <i>hkl</i>
            {example && (
              <>
                : <Hkl of={example.occupant} /> now lies under <Hkl of={example.place} />
              </>
            )}
          </>
        ) : none > 0 ? (
          <>
            {count(none)} target peaks {none === 1 ? 'has' : 'have'} nothing under{' '}
            {none === 1 ? 'it' : 'them'}; none sits on another <i>hkl</i>
          </>
        ) : (
          <>
            All {total} target peaks lie on their own <i>hkl</i>
          </>
        )}
      </span>
      <span className={styles.short}>
        {other > 0 ? (
          <>
            <span className={styles.moved}>{count(other)}</span> <span className={styles.noun}>peaks </span>on
            another <i>hkl</i>
          </>
        ) : none > 0 ? (
          <>
            {count(none)} <span className={styles.noun}>peaks </span>with nothing there
          </>
        ) : (
          <>
            All {total} <span className={styles.noun}>peaks </span>on their own <i>hkl</i>
          </>
        )}
      </span>
      <Info about="the count of peaks">
        <h3>Which reflection lies where</h3>
        <p>
          A target peak counts from 1 % of the strongest one. It is with its own <i>hkl</i> while one of its
          reflections is within half the peak’s width (full width at half maximum) of where it belongs.
        </p>
        <p>
          Otherwise it sits on another <i>hkl</i> when a reflection of at least that strength is there, and
          has nothing under it when none is. Ribbons in the colour of the current crystal lead to the
          reflections that took a place.
        </p>
      </Info>
    </>
  );
}
