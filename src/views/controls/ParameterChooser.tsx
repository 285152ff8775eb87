import { type ReactNode, useRef, useState } from 'react';
import { CELL_KEYS } from '../../crystal/cell.ts';
import { cellParameter } from '../../model/cellParameter.ts';
import type { ModelParameter, ParameterGroup } from '../../model/parameter.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { chooseAxis } from '../../state/explore/actions.ts';
import { askForParameters } from '../../state/explore/parametersJob.ts';
import { Chevron } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { ParameterSymbol, plainName } from '../CellParameter.tsx';
import styles from './ParameterChooser.module.css';

const GROUPS: readonly (readonly [ParameterGroup, string])[] = [
  ['cell', 'Cell'],
  ['site', 'Sites, mates by symmetry with them'],
  ['atom', 'Atoms alone, without symmetry'],
  ['thermal', 'Thermal motion'],
  ['occupancy', 'Occupancy'],
  ['measurement', 'Measurement'],
];

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s.,]+/)
    .filter(Boolean);

/** The parameter along an axis, chosen from all of the crystal and its measurement by group or by search. */
export function ParameterChooser({ axis, chosen }: { axis: 'x' | 'y'; chosen: ModelParameter }): ReactNode {
  const structure = useBraggscape(state => state.structure);
  const parameters = useBraggscape(state =>
    state.parameters?.structure === state.structure ? state.parameters : null,
  );
  const [search, setSearch] = useState('');
  const panel = useRef<HTMLDivElement>(null);
  if (!structure) return null;
  const cell = CELL_KEYS.map(key => cellParameter(key, structure.cell));
  const beyond = parameters?.list.filter(({ group }) => group !== 'cell') ?? [];
  const words = wordsOf(search);
  const found = [...cell, ...beyond].filter(parameter => {
    // from the start of a word on: the y that is sought is none of "by symmetry"
    const text = wordsOf(`${plainName(parameter)} ${parameter.id} ${parameter.note}`);
    return words.every(word => text.some(part => part.startsWith(word)));
  });
  const choose = (id: string): void => {
    chooseAxis(axis, id);
    panel.current?.closest<HTMLElement>('[popover]')?.hidePopover();
  };
  return (
    <Popover
      className={styles.chooser}
      label={`${axis === 'x' ? 'Horizontal' : 'Vertical'} axis: ${plainName(chosen)}`}
      button={
        <>
          <span className={styles.name}>
            <ParameterSymbol of={chosen} />
          </span>
          <Chevron />
        </>
      }
      onOpen={() => {
        setSearch('');
        askForParameters();
        panel.current?.querySelector('input')?.focus();
      }}
    >
      <div className={styles.panel} ref={panel} data-testid="parameters">
        <input
          type="search"
          value={search}
          placeholder="Search: x of O1, zero, B …"
          aria-label="Search the parameters"
          onChange={event => setSearch(event.target.value)}
          onKeyDown={event => {
            if (event.key === 'Enter' && found[0] && search) choose(found[0].id);
          }}
        />
        {GROUPS.map(([group, title]) => {
          const listed = found.filter(parameter => parameter.group === group);
          return (
            listed.length > 0 && (
              <section key={group} aria-label={title}>
                <h3>{title}</h3>
                <ul>
                  {listed.map(parameter => (
                    <li key={parameter.id}>
                      <button
                        type="button"
                        aria-current={parameter.id === chosen.id}
                        title={parameter.note || undefined}
                        data-parameter={parameter.id}
                        onClick={() => choose(parameter.id)}
                      >
                        <ParameterSymbol of={parameter} />
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            )
          );
        })}
        {!parameters && <p className="quiet">Atoms and measurement are being worked out …</p>}
        {parameters && found.length === 0 && <p className="quiet">No parameter is called so.</p>}
        {!search && parameters?.fixed.map(text => <p key={text}>{text}</p>)}
      </div>
    </Popover>
  );
}
