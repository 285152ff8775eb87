import { type ReactNode, useRef } from 'react';
import { catalogueEntry } from '../../crystal/catalogue.ts';
import { familyOf } from '../../crystal/family.ts';
import { LIBRARY, type LibraryEntry } from '../../crystal/library.ts';
import { TEACHING } from '../../crystal/teaching.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { chooseStructure } from '../../state/explore/actions.ts';
import { Formula, SpaceGroup } from '../../ui/Formula.tsx';
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
  const choose = (next: string): void => {
    chooseStructure(next);
    list.current?.closest<HTMLElement>('[popover]')?.hidePopover();
  };
  const rows = (entries: readonly LibraryEntry[]): ReactNode => (
    <ul className={styles.list}>
      {entries.map(item => (
        <li key={item.id}>
          <button type="button" aria-current={item.id === id} onClick={() => choose(item.id)}>
            <b>
              <Formula text={item.formula} />
            </b>
            <SpaceGroup symbol={item.spaceGroup} />
            <span className="quiet">{item.name ?? familyOf(item.family).label.toLowerCase()}</span>
          </button>
        </li>
      ))}
    </ul>
  );
  return (
    <Popover
      className={styles.picker}
      button={
        <>
          <span className="visually-hidden">Crystal: </span>
          <b>
            <Formula text={entry?.formula ?? userEntry?.name ?? id} />
          </b>
          {entry ? (
            <SpaceGroup symbol={entry.spaceGroup} />
          ) : (
            shown && <SpaceGroup symbol={shown.spaceGroup.symbol} />
          )}
          <svg
            width="12"
            height="12"
            viewBox="0 0 12 12"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            aria-hidden="true"
          >
            <path d="M2.5 4.5 6 8l3.5-3.5" />
          </svg>
        </>
      }
    >
      <div className={styles.lists} data-testid="crystals" ref={list}>
        {own.length > 0 && (
          <>
            <h3>Own</h3>
            <ul className={styles.list}>
              {own.map(item => (
                <li key={item.id}>
                  <button type="button" aria-current={item.id === id} onClick={() => choose(item.id)}>
                    <b>
                      <Formula text={item.name} />
                    </b>
                    <span />
                    <span className="quiet">{item.data === null ? 'on this device' : 'in the link'}</span>
                  </button>
                </li>
              ))}
            </ul>
            <h3>Of the paper</h3>
          </>
        )}
        {rows(LIBRARY)}
        <h3>To compare</h3>
        {rows(TEACHING)}
        <p className="quiet">Drop a CIF or POSCAR anywhere to use your own.</p>
      </div>
    </Popover>
  );
}
