import type { ReactNode } from 'react';
import type { Waves } from '../../phasing/lab/waves.ts';
import type { Fract } from '../../phasing/positions.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { Hkl, hklWords } from '../pattern/Hkl.tsx';
import { Pane } from './Pane.tsx';

/** The conditions that the computed structure factors obey, each with a forbidden reflection to look at. */
export function ConditionTable(props: {
  conditions: Waves['conditions'];
  onChoose(hkl: Fract): void;
}): ReactNode {
  return (
    <Pane title="Systematic absences" sub="found in the computed F">
      <ScrollBox label="Systematic absences">
        <DataTable
          caption="Reflection conditions of this crystal"
          rows={props.conditions}
          rowKey={({ zone, condition }) => `${zone} ${condition}`}
          columns={[
            { head: 'class', cell: ({ zone }) => zone },
            { head: 'present only if', words: true, cell: ({ condition }) => condition },
            { head: 'because of', words: true, cell: ({ cause }) => cause },
            { head: 'absent', cell: ({ count }) => count },
            {
              head: 'e.g.',
              cell: ({ example }) => (
                <Button
                  kind="text"
                  aria-label={`Show ${hklWords([...example])}`}
                  onClick={() => props.onChoose(example)}
                >
                  <Hkl of={[...example]} />
                </Button>
              ),
            },
          ]}
        />
      </ScrollBox>
    </Pane>
  );
}
