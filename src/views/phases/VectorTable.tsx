import { type ReactNode, useId } from 'react';
import type { PattersonMap } from '../../phasing/lab/pattersonMap.ts';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { Pane } from './Pane.tsx';
import { ScrollBox } from './ScrollBox.tsx';

/** Rows that are listed. */
const ROWS = 60;

/** The vectors between the true atoms, heaviest first, each with the map at its end. */
export function VectorTable(props: {
  patterson: PattersonMap;
  chosen: number | null;
  onChoose(index: number): void;
}): ReactNode {
  const { patterson, chosen, onChoose } = props;
  const name = useId();
  const rows = patterson.vectors.slice(0, ROWS);
  return (
    <Pane
      title="Interatomic vectors"
      sub={`${rows.length} of ${patterson.vectorCount}, heaviest first`}
      tools={
        <Info about="the interatomic vectors">
          <p>
            All vectors between different positions of the true crystal, up to lattice translations; equal
            ones are merged. The weight is the sum of <i>Z Z</i>′ over its pairs, what the peak integrates to.
            The last column is the map at the end of the vector.
          </p>
          <p>Choosing a vector moves the section to it. The map itself was made without the atoms.</p>
        </Info>
      }
    >
      <ScrollBox label="Interatomic vectors">
        <table className="lab-table">
          <caption className="visually-hidden">Interatomic vectors, heaviest first; choose one</caption>
          <thead>
            <tr>
              <th scope="col">pair</th>
              <th scope="col">
                <i>u</i>
              </th>
              <th scope="col">
                <i>v</i>
              </th>
              <th scope="col">
                <i>w</i>
              </th>
              <th scope="col">length / Å</th>
              <th scope="col">pairs</th>
              <th scope="col">weight / e²</th>
              <th scope="col">map / e² Å⁻³</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={row.vector.join()} className={i === chosen ? 'chosen' : undefined}>
                <th scope="row">
                  <label>
                    <input
                      type="radio"
                      name={name}
                      checked={i === chosen}
                      aria-label={`${row.elements}, ${row.vector.map(value => formatNumber(value)).join(' ')}, ${formatNumber(row.length)} Å`}
                      onChange={() => onChoose(i)}
                    />
                    {row.elements}
                  </label>
                </th>
                {row.vector.map((value, axis) => (
                  <td key={'uvw'[axis]}>{formatNumber(value)}</td>
                ))}
                <td>{formatNumber(row.length)}</td>
                <td>{row.pairs}</td>
                <td>{formatNumber(row.weight, 0)}</td>
                <td>{formatNumber(row.height, 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Pane>
  );
}
