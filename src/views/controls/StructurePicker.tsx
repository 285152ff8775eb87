import { type ReactNode, useRef } from 'react';
import { catalogueEntry } from '../../crystal/catalogue.ts';
import { familyOf } from '../../crystal/family.ts';
import { LIBRARY, type LibraryEntry } from '../../crystal/library.ts';
import { TEACHING } from '../../crystal/teaching.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { chooseStructure } from '../../state/explore/actions.ts';
import { Formula, SpaceGroup } from '../../ui/Formula.tsx';
import { Chevron } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import styles from './StructurePicker.module.css';

/** The list of crystals behind the name of the present one: own ones, the paper's, and those made to be compared. */
export function StructurePicker(): ReactNode {
  const id = useBraggscape(state => state.inputs.structureId);
  const own = useBraggscape(state => state.inputs.userFiles.crystals);
  const shown = useBraggscape(state => (state.structureId === id ? state.structure : null));
  const list = useRef<HTMLDivElement>(null);
  const entry = catalogueEntry(id);
  const userEntry = own.find(item => item.id === id);
  const symbol = entry?.spaceGroup ?? shown?.spaceGroup.symbol;
  const choose = (next: string): void => {
    chooseStructure(next);
    list.current?.closest<HTMLElement>('[popover]')?.hidePopover();
  };
  const rows = (
    items: readonly { id: string; formula: string; spaceGroup?: string; note: string }[],
  ): ReactNode => (
    <ul className={styles.list}>
      {items.map(({ id: other, formula, spaceGroup, note }) => (
        <li key={other}>
          <button type="button" aria-current={other === id} onClick={() => choose(other)}>
            <b>
              <Formula text={formula} />
            </b>
            {spaceGroup ? <SpaceGroup symbol={spaceGroup} /> : <span />}
            <span className="quiet">{note}</span>
          </button>
        </li>
      ))}
    </ul>
  );
  const listed = (entries: readonly LibraryEntry[]): ReactNode =>
    rows(entries.map(item => ({ ...item, note: item.name ?? familyOf(item.family).label.toLowerCase() })));
  return (
    <Popover
      className={styles.picker}
      button={
        <>
          <span className="visually-hidden">Crystal: </span>
          <b>
            <Formula text={entry?.formula ?? userEntry?.name ?? id} />
          </b>
          {symbol && (
            <span className={styles.symbol}>
              <SpaceGroup symbol={symbol} />
            </span>
          )}
          <Chevron />
        </>
      }
    >
      <div className={styles.lists} data-testid="crystals" ref={list}>
        {own.length > 0 && (
          <>
            <h3>Own</h3>
            {rows(
              own.map(({ id: other, name, data }) => ({
                ...{ id: other, formula: name },
                note: data === null ? 'on this device' : 'in the link',
              })),
            )}
            <h3>Of the paper</h3>
          </>
        )}
        {listed(LIBRARY)}
        <h3>To compare</h3>
        {listed(TEACHING)}
        <p className="quiet">Drop a CIF or POSCAR anywhere to use your own.</p>
      </div>
    </Popover>
  );
}
