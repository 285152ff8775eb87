import { type ReactNode, useRef } from 'react';
import { familyOf } from '../../crystal/family.ts';
import { LIBRARY } from '../../crystal/library.ts';
import { chooseStructure } from '../../state/actions.ts';
import { useBraggscape } from '../../state/store.ts';
import { Formula, SpaceGroup } from '../../ui/Formula.tsx';
import { Popover } from '../../ui/Popover.tsx';

/** The list of built-in crystals behind the name of the present one. */
export function StructurePicker(): ReactNode {
  const id = useBraggscape(state => state.inputs.structureId);
  const list = useRef<HTMLUListElement>(null);
  const entry = LIBRARY.find(item => item.id === id);
  const choose = (next: string): void => {
    chooseStructure(next);
    list.current?.closest<HTMLElement>('[popover]')?.hidePopover();
  };
  return (
    <Popover
      className="button picker"
      button={
        <>
          <span className="visually-hidden">Crystal: </span>
          <b>
            <Formula text={entry?.formula ?? id} />
          </b>
          {entry && <SpaceGroup symbol={entry.spaceGroup} />}
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
      <ul className="picker-list" ref={list}>
        {LIBRARY.map(item => (
          <li key={item.id}>
            <button type="button" aria-current={item.id === id} onClick={() => choose(item.id)}>
              <b>
                <Formula text={item.formula} />
              </b>
              <SpaceGroup symbol={item.spaceGroup} />
              <span className="quiet">{familyOf(item.family).label.toLowerCase()}</span>
            </button>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
