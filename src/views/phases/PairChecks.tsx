import type { ReactNode } from 'react';
import { areCongruent, differenceCounts, distanceRows } from '../../phasing/homometric.ts';
import type { HomometricPair } from '../../state/phases/homometricPair.ts';
import type { PhasesState } from '../../state/phases/phasesSlice.ts';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber, THIN } from '../../ui/format.ts';
import { powerText } from './LabPattern.tsx';
import styles from './PairChecks.module.css';
import { Pane, PaneHeading, PaneNote } from './Pane.tsx';

/** The pair in numbers: what is equal, and what is not. */
export function PairChecks(props: {
  pair: HomometricPair | null;
  check: PhasesState['pair']['value'];
  dMin: number;
}): ReactNode {
  const { pair, check, dMin } = props;
  if (!pair || !check)
    return (
      <Pane title="Checked here">
        <PaneNote text="The numbers appear with the pair." />
      </Pane>
    );
  const { n, sets } = pair;
  const counts = sets.map(set => differenceCounts(set, n));
  const distances = sets.map(set => distanceRows(set, n).map(row => row.join(' ')));
  const congruent = areCongruent(sets[0], sets[1], n);
  const { amplitudeDifference, patternDifference, phaseDifference, distance, matched } = check;
  const checks: readonly (readonly [name: string, value: string, equal: boolean, testId?: string])[] = [
    [
      'largest difference of |F|, over F(000)',
      powerText(amplitudeDifference),
      amplitudeDifference < 1e-12,
      'pair-amplitudes',
    ],
    [
      'largest difference of the patterns, over the highest point',
      powerText(patternDifference),
      patternDifference < 1e-12,
    ],
    ['largest difference of φ', `${formatNumber(phaseDifference, 1)}°`, !(phaseDifference > 1e-6)],
    [
      'PDD distance of the crystals',
      `${formatNumber(distance, 3)}${THIN}Å`,
      !(distance > 1e-9),
      'pair-distance',
    ],
    ['turn or mirror image of one another', congruent ? 'yes' : 'no', congruent],
    ['StructureMatcher (ltol 0.1, stol 0.2, 5°)', matched ? 'match' : 'no match', matched],
  ];
  return (
    <Pane
      title="Checked here"
      sub={`${check.reflections} reflection pairs with d ≥ ${formatNumber(dMin, 2)} Å`}
      about="these checks"
      help={[
        'Differences are counted in whole numbers. |*F*| and patterns are computed in double precision from the atoms of both crystals; what is left is rounding.',
        'Distances of each point to the others, sorted, are a one-dimensional pointwise distance distribution; different rows prove that the sets are not congruent. The distance of the crystals is the Earth Mover’s Distance of their PDD (Widdowson & Kurlin 2022), 0 only for equal ones; the matcher is StructureMatcher with the paper’s tolerances.',
      ]}
    >
      <ScrollBox label="Checks of the pair">
        <DataTable
          caption="What is equal and what is not"
          rows={checks}
          rowKey={([name]) => name}
          columns={[
            { words: true, cell: ([name]) => name },
            { cell: ([, value]) => value, testId: ([, , , testId]) => testId },
            { cell: ([, , equal]) => <b>{equal ? 'equal' : 'different'}</b> },
          ]}
        />
        <PaneHeading>Differences, as often in both</PaneHeading>
        <DataTable
          caption="How often each difference occurs"
          rows={counts}
          rowKey={(_, i) => i}
          rowProps={count => ({ className: count === counts[1] ? styles.current : undefined })}
          columns={[
            { head: 'divisions apart', cell: (_, i) => (i === 0 ? 'first' : 'second') },
            ...Array.from({ length: Math.floor(n / 2) }, (_, d) => ({
              head: d + 1,
              cell: (count: ArrayLike<number>) => count[d + 1],
            })),
          ]}
        />
        <PaneHeading>Distances of each point to the others, not the same</PaneHeading>
        <DataTable
          caption="Sorted distances of each point"
          rows={distances[0]!.map((first, i) => ({ first, second: distances[1]![i] }))}
          rowKey={(_, i) => i}
          rowProps={({ first, second }) => ({ className: first === second ? undefined : styles.differs })}
          columns={[
            { head: 'first', cell: ({ first }) => first },
            { head: 'second', className: styles.current, cell: ({ second }) => second },
          ]}
        />
      </ScrollBox>
    </Pane>
  );
}
