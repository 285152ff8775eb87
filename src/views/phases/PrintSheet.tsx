import type { ReactNode } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { shareAddress } from '../../state/linkSync.ts';
import { EXPERIMENTS, type ExperimentId } from '../../state/phases/phasesSettings.ts';
import { Formula, SpaceGroup } from '../../ui/Formula.tsx';
import { formatNumber, THIN } from '../../ui/format.ts';
import styles from './PrintSheet.module.css';
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

/** Questions; each can be answered from what the experiment shows. */
const QUESTIONS: Readonly<Record<ExperimentId, readonly string[]>> = {
  waves: [
    'Which atom has the longest arrow, and why does its length depend on the reflection?',
    'Move one atom by half a cell edge. For which reflections does its arrow not turn at all?',
    'Compare a reflection with its Friedel mate. What is equal, what changes, and what would have to be different in the scattering factors for |F| to differ?',
    'Find a reflection that is systematically absent. Which atoms cancel which?',
    'The origin moves by (0.1, 0.05, 0.2). By how many degrees does the phase of 1 1 1 turn? Check it in the list.',
  ],
  swap: [
    'Which of the two maps can you compute from the powder pattern alone? Explain.',
    'With swapped phases, at whose atoms are the highest peaks? What does that say about amplitudes and phases?',
    'At which standard deviation of the phase errors does the correlation fall to one half? Compare with exp(−w²/2).',
    'Lower the resolution step by step. When do two neighbouring atoms become one peak?',
  ],
  patterson: [
    'How many peaks does the Patterson map of a crystal with N different positions have at most?',
    'Why is the map centrosymmetric even where the crystal is not?',
    'Which vector has the highest peak apart from the origin, and between which atoms is it?',
    'What does sharpening gain, and what does it cost?',
  ],
  homometric: [
    'Write down all differences of both sets by hand and compare.',
    'Why can no better detector and no shorter wavelength tell the two crystals apart?',
    'What else could you measure to tell them apart?',
    'Find the smallest number of divisions, for four points, on which there is a homometric pair.',
  ],
  powder: [
    'At which step are the most numbers lost for this crystal?',
    'Are more intensities left than the crystal has unknowns? What does that mean for solving it?',
    'Which reflections overlap whatever the width of the peaks, and why?',
    'Does a longer or a shorter wavelength separate more peaks down to the same spacing? Explain.',
  ],
  flipping: [
    'What does the algorithm assume about the density, and what does it not need to know?',
    'Read off the cycle at which the structure was found. What do R and the phase error do there?',
    'Run five seeds. How many are solved?',
    'Which resolution is too low to solve this crystal?',
    'With amplitudes from a powder: how many intensities are known for how many reflections, and is the crystal still solved?',
  ],
};
