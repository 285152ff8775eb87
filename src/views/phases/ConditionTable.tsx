import type { ReactNode } from 'react';
import type { Waves } from '../../phasing/lab/waves.ts';
import type { Fract } from '../../phasing/positions.ts';
import { Hkl } from '../pattern/Hkl.tsx';
import { hklWords } from '../pattern/hklText.ts';
import { Pane } from './Pane.tsx';
import { ScrollBox } from './ScrollBox.tsx';

/** The conditions that the computed structure factors obey, each with a forbidden reflection to look at. */
export function ConditionTable(props: {
  conditions: Waves['conditions'];
  onChoose(hkl: Fract): void;
}): ReactNode {
  return (
    <Pane title="Systematic absences" sub="found in the computed F" className="condition-pane">
      <ScrollBox label="Systematic absences">
        <table className="lab-table">
          <caption className="visually-hidden">Reflection conditions of this crystal</caption>
          <thead>
            <tr>
              <th scope="col">class</th>
              <th scope="col">present only if</th>
              <th scope="col">because of</th>
              <th scope="col">absent</th>
              <th scope="col">e.g.</th>
            </tr>
          </thead>
          <tbody>
            {props.conditions.map(({ zone, condition, cause, count, example }) => (
              <tr key={`${zone} ${condition}`}>
                <th scope="row">{zone}</th>
                <td className="words">{condition}</td>
                <td className="words">{cause}</td>
                <td>{count}</td>
                <td>
                  <button
                    type="button"
                    className="button text"
                    aria-label={`Show ${hklWords([...example])}`}
                    onClick={() => props.onChoose(example)}
                  >
                    <Hkl of={[...example]} />
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Pane>
  );
}
