import type { ReactNode } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { shareAddress } from '../../state/linkSync.ts';
import { EXPERIMENTS } from '../../state/phases/phasesSettings.ts';
import { Formula, SpaceGroup } from '../../ui/Formula.tsx';
import { formatNumber, THIN } from '../../ui/format.ts';
import styles from './PrintSheet.module.css';
import { QUESTIONS } from './questions.ts';
import { useLab } from './useLab.ts';

/** Additions of a printed page to the pictures: the crystal, the link and the questions. Not on screen. */
export function PrintSheet({ structure }: { structure: Structure }): ReactNode {
  const experiment = useLab('experiment');
  // The address depends on everything: read anew whenever something changes.
  const address = useBraggscape(() => shareAddress());
  const { a, b, c, angles } = cellWords(structure);
  return (
    <section className={styles.sheet} aria-hidden="true">
      <h2>
        {EXPERIMENTS.find(entry => entry.id === experiment)!.label}: <Formula text={structure.formula} />{' '}
        <SpaceGroup symbol={structure.spaceGroup.symbol} />
      </h2>
      <p>
        <i>a</i> {a}, <i>b</i> {b}, <i>c</i> {c}
        {THIN}Å; {angles}; {structure.sites.length} atoms in the cell. {structure.source}
      </p>
      <ol>
        {QUESTIONS[experiment].map(question => (
          <li key={question}>
            {question}
            <span className={styles.lines} />
          </li>
        ))}
      </ol>
      <p className={styles.link}>{address}</p>
    </section>
  );
}

function cellWords({ cell }: Structure): { a: string; b: string; c: string; angles: string } {
  const [a, b, c] = [0, 1, 2].map(i => formatNumber(cell[i]!)) as [string, string, string];
  const angles = ['α', 'β', 'γ'].map((name, i) => `${name} ${formatNumber(cell[3 + i]!, 2)}°`).join(', ');
  return { a, b, c, angles };
}
