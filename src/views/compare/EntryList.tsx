import { type ReactNode, useState } from 'react';
import { CATALOGUE, entryName } from '../../crystal/catalogue.ts';
import { addToCompare } from '../../state/compare/compareActions.ts';
import { COMPARE } from '../../state/compare/compareSettings.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import type { ViewSettings } from '../pattern/plotScene.ts';
import type { CompareScene } from './compareScene.ts';
import styles from './EntryList.module.css';
import { EntryRow } from './EntryRow.tsx';

/** Everything that is compared, and what can be added. */
export function EntryList(props: {
  readonly scene: CompareScene | null;
  readonly view: ViewSettings | null;
  readonly at: number | null;
}): ReactNode {
  const entries = useBraggscape(state => state.inputs.compare.entries);
  return (
    <section className={styles.entries} aria-label="In the picture">
      <ol>
        {entries.map((entry, index) => (
          // An entry has no identity of its own: two may be the same.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place in the list is the identity
          <EntryRow key={index} entry={entry} index={index} count={entries.length} {...props} />
        ))}
      </ol>
      <AddRow room={COMPARE.entries.codec.most - entries.length} />
    </section>
  );
}

function AddRow({ room }: { room: number }): ReactNode {
  const [source, setSource] = useState('SrTiO3');
  const { crystals, patterns } = useBraggscape(state => state.inputs.userFiles);
  const options = [
    ...[...crystals, ...patterns].map(({ id, name }) => ({ value: id, label: `${name} (own)` })),
    ...CATALOGUE.map(entry => ({ value: entry.id, label: entryName(entry) })),
  ];
  if (room <= 0)
    return (
      <p className="quiet">
        At most {COMPARE.entries.codec.most} patterns are compared. Remove one to add another.
      </p>
    );
  return (
    <div className={styles.add}>
      <Select label="Crystal to add" value={source} options={options} onChange={setSource} />
      <Button onClick={() => addToCompare([[source]])}>Add</Button>
    </div>
  );
}
