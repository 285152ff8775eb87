import type { ReactNode } from 'react';
import { Info } from '../../ui/Popover.tsx';
import { HklText } from './HklText.tsx';
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
  const peaks = (
    <>
      <Long>target </Long>
      <span className={styles.noun}>peaks </span>
    </>
  );
  return (
    <>
      <span>
        {other > 0 ? (
          <>
            <span className={styles.moved}>{count(other)}</span> {peaks}
            <Long>{other === 1 ? 'sits' : 'sit'} </Long>on another <i>hkl</i>
            {example && (
              <Long>
                : <HklText of={example.occupant} /> now lies under <HklText of={example.place} />
              </Long>
            )}
          </>
        ) : none > 0 ? (
          <>
            {count(none)} {peaks}
            <Long>
              {none === 1 ? 'has nothing under it' : 'have nothing under them'}; none sits on another{' '}
              <i>hkl</i>
            </Long>
            <span className={styles.short}>with nothing there</span>
          </>
        ) : (
          <>
            All {total} {peaks}
            <Long>lie </Long>on their own <i>hkl</i>
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

/** Words for which there is room. */
const Long = ({ children }: { children: ReactNode }): ReactNode => (
  <span className={styles.long}>{children}</span>
);
