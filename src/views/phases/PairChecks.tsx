import type { ReactNode } from 'react';
import { areCongruent, differenceCounts, distanceRows } from '../../phasing/homometric.ts';
import type { HomometricPair } from '../../state/phases/homometricPair.ts';
import type { PhasesState } from '../../state/phases/phasesStore.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { Pane, PaneNote } from './Pane.tsx';
import { powerText } from './patternDifference.ts';
import { ScrollBox } from './ScrollBox.tsx';

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
  const rows = sets.map(set => distanceRows(set, n).map(row => row.join(' ')));
  const half = Math.floor(n / 2);
  return (
    <Pane
      title="Checked here"
      sub={`${check.reflections} reflection pairs with d ≥ ${formatNumber(dMin, 2)} Å`}
      tools={
        <Info about="these checks">
          <p>
            Differences are counted in whole numbers. |<i>F</i>| and patterns are computed in double precision
            from the atoms of both crystals; what is left is rounding.
          </p>
          <p>
            Distances of each point to the others, sorted, are a one-dimensional pointwise distance
            distribution; different rows prove that the sets are not congruent. The distance of the crystals
            is the Earth Mover’s Distance of their PDD (Widdowson &amp; Kurlin 2022), 0 only for equal ones;
            the matcher is StructureMatcher with the paper’s tolerances.
          </p>
        </Info>
      }
    >
      <ScrollBox label="Checks of the pair">
        <table className="lab-table check-table">
          <caption className="visually-hidden">What is equal and what is not</caption>
          <tbody>
            <Check
              name="largest difference of |F|, over F(000)"
              value={powerText(check.amplitudeDifference)}
              verdict={check.amplitudeDifference < 1e-12 ? 'equal' : 'different'}
              testId="pair-amplitudes"
            />
            <Check
              name="largest difference of the patterns, over the highest point"
              value={powerText(check.patternDifference)}
              verdict={check.patternDifference < 1e-12 ? 'equal' : 'different'}
            />
            <Check
              name="largest difference of φ"
              value={`${formatNumber(check.phaseDifference, 1)}°`}
              verdict={check.phaseDifference > 1e-6 ? 'different' : 'equal'}
            />
            <Check
              name="PDD distance of the crystals"
              value={`${formatNumber(check.distance, 3)}${THIN}Å`}
              verdict={check.distance > 1e-9 ? 'different' : 'equal'}
              testId="pair-distance"
            />
            <Check
              name="turn or mirror image of one another"
              value={areCongruent(sets[0], sets[1], n) ? 'yes' : 'no'}
              verdict={areCongruent(sets[0], sets[1], n) ? 'equal' : 'different'}
            />
            <Check
              name="StructureMatcher (ltol 0.1, stol 0.2, 5°)"
              value={check.matched ? 'match' : 'no match'}
              verdict={check.matched ? 'equal' : 'different'}
            />
          </tbody>
        </table>
        <h3 className="lab-h3">Differences, as often in both</h3>
        <table className="lab-table">
          <caption className="visually-hidden">How often each difference occurs</caption>
          <thead>
            <tr>
              <th scope="col">divisions apart</th>
              {Array.from({ length: half }, (_, d) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the index is the difference
                <th scope="col" key={d}>
                  {d + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counts.map((count, i) => (
              <tr key={i === 0 ? 'first' : 'second'} className={i === 1 ? 'current-text' : undefined}>
                <th scope="row">{i === 0 ? 'first' : 'second'}</th>
                {Array.from({ length: half }, (_, d) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the index is the difference
                  <td key={d}>{count[d + 1]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <h3 className="lab-h3">Distances of each point to the others, not the same</h3>
        <table className="lab-table">
          <caption className="visually-hidden">Sorted distances of each point</caption>
          <thead>
            <tr>
              <th scope="col">first</th>
              <th scope="col" className="current-text">
                second
              </th>
            </tr>
          </thead>
          <tbody>
            {rows[0]!.map((row, i) => (
              // Rows may be equal; the place in the sorted list is the identity.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <tr key={i} className={row === rows[1]![i] ? undefined : 'differs'}>
                <td>{row}</td>
                <td className="current-text">{rows[1]![i]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Pane>
  );
}

function Check(props: {
  name: string;
  value: string;
  verdict: 'equal' | 'different';
  testId?: string;
}): ReactNode {
  return (
    <tr>
      <th scope="row" className="words">
        {props.name}
      </th>
      <td data-testid={props.testId}>{props.value}</td>
      <td>
        <b>{props.verdict}</b>
      </td>
    </tr>
  );
}
