import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { knownTruth } from '../../state/explore/selectors.ts';
import { modeStyle } from '../modeStyle.ts';
import { SampleLine } from '../SampleLine.tsx';
import { type Judged, useVerdicts } from '../verdict/useVerdicts.ts';
import { VerdictButtons } from '../verdict/VerdictButtons.tsx';
import { isGood, judgedWords } from '../verdict/words.ts';
import styles from './Verdicts.module.css';

/** What became of every descent: one that several share is said once, with their names. */
export function Verdicts(): ReactNode {
  const all = useVerdicts();
  const known = useBraggscape(state => knownTruth(state) !== null);
  const several = useBraggscape(state => state.inputs.starts.length > 1);
  if (all.length === 0) return null;
  const groups = new Map<string, Judged[]>();
  for (const entry of all) {
    const words = judgedWords(entry, known);
    groups.set(words, [...(groups.get(words) ?? []), entry]);
  }
  return (
    <ul className={styles.verdicts} aria-live="polite" aria-label="Verdicts" data-testid="verdicts">
      {[...groups].map(([words, group]) => (
        <li key={words} data-good={isGood(group[0]!.verdict)}>
          <p className={styles.line}>
            <b>{words}</b> <VerdictButtons of={group[0]!} />
          </p>
          <p className={styles.names}>
            {group.map(({ run }) => {
              const style = modeStyle(run.mode);
              return (
                <span key={`${run.start} ${run.mode}`} style={{ color: style.text }}>
                  <SampleLine style={style} width={22} /> {style.name}
                  {several && ` (${run.start + 1})`}
                </span>
              );
            })}
          </p>
        </li>
      ))}
    </ul>
  );
}
