import type { ReactNode } from 'react';
import { latticeMatrix } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { formatNumber } from '../../ui/format.ts';
import styles from './CellReadout.module.css';
import type { DrawnAtom } from './cellAtoms.ts';
import { measurement, shownCell, speciesText } from './readout.ts';

import type { CellMarks } from './useCellMarks.ts';

/** One line in a fixed place: the atom under the pointer, or the distance or angle of the chosen ones. */
export function CellReadout(props: {
  readonly structure: Structure;
  readonly atoms: readonly DrawnAtom[];
  readonly marks: CellMarks;
}): ReactNode {
  const { structure, atoms, marks } = props;
  const chosen = marks.selected.flatMap(i => atoms[i] ?? []);
  const current = useBraggscape(state => (chosen.length >= 2 ? state.current : null));
  const measured = measurement(
    chosen,
    latticeMatrix(structure.cell),
    latticeMatrix(shownCell(structure, current)),
  );
  const atom = atoms[marks.hovered ?? marks.selected.at(-1) ?? -1];
  return (
    <output className={styles['readout']}>
      {measured ? (
        <>
          <b>{measured.between}</b>
          <span className={styles['now']}>{measured.now}</span>
          <span>truth {measured.truly}</span>
        </>
      ) : atom ? (
        <>
          <b>{speciesText(atom)}</b>
          {atom.fract.map((value, i) => (
            <span key={'xyz'[i]}>
              <i>{'xyz'[i]}</i> {formatNumber(value)}
            </span>
          ))}
        </>
      ) : (
        <span className={styles['hint']}>Drag to turn, click two or three atoms to measure</span>
      )}
    </output>
  );
}
