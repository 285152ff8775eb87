import type { ReactNode } from 'react';
import type { PattersonMap } from '../../phasing/lab/pattersonMap.ts';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { Pane } from './Pane.tsx';

/** Rows that are listed. */
const ROWS = 60;

/** The vectors between the true atoms, heaviest first, each with the map at its end. */
export function VectorTable(props: {
  patterson: PattersonMap;
  chosen: number | null;
  onChoose(index: number): void;
}): ReactNode {
  const { patterson, chosen, onChoose } = props;
  return (
    <Pane
      title="Interatomic vectors"
      sub={`${Math.min(ROWS, patterson.vectors.length)} of ${patterson.vectorCount}, heaviest first`}
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
        <DataTable
          caption="Interatomic vectors, heaviest first; choose one"
          rows={patterson.vectors.slice(0, ROWS)}
          rowKey={({ vector }) => vector.join()}
          chosen={row => row === patterson.vectors[chosen ?? -1]}
          onChoose={row => onChoose(patterson.vectors.indexOf(row))}
          radio={({ elements, vector, length }) =>
            `${elements}, ${vector.map(value => formatNumber(value)).join(' ')}, ${formatNumber(length)} Å`
          }
          columns={[
            { head: 'pair', cell: ({ elements }) => elements },
            { head: <i>u</i>, cell: ({ vector }) => formatNumber(vector[0]) },
            { head: <i>v</i>, cell: ({ vector }) => formatNumber(vector[1]) },
            { head: <i>w</i>, cell: ({ vector }) => formatNumber(vector[2]) },
            { head: 'length / Å', cell: ({ length }) => formatNumber(length) },
            { head: 'pairs', cell: ({ pairs }) => pairs },
            { head: 'weight / e²', cell: ({ weight }) => formatNumber(weight, 0) },
            { head: 'map / e² Å⁻³', cell: ({ height }) => formatNumber(height, 0) },
          ]}
        />
      </ScrollBox>
    </Pane>
  );
}
