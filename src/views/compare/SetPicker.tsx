import type { ReactNode } from 'react';
import { setCompare } from '../../state/compare/compareActions.ts';
import { COMPARE_SETS } from '../../state/compare/compareSets.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Select } from '../../ui/Select.tsx';
import styles from './SetPicker.module.css';

const OWN = 'own';

/** Comparisons that teach, and the lesson of each. */
export function SetPicker(): ReactNode {
  const entries = useBraggscape(state => state.inputs.compare.entries);
  const sources = (list: typeof entries): string =>
    JSON.stringify(
      list.map(({ source, strain, strained, wavelength, width }) => [
        source,
        strain,
        strained,
        wavelength,
        width,
      ]),
    );
  const shown = COMPARE_SETS.find(set => sources(set.inputs.entries) === sources(entries));
  return (
    <section className={styles.set} aria-label="Set">
      <Select
        label="Built-in sets"
        value={shown?.id ?? OWN}
        options={[
          ...(shown ? [] : [{ value: OWN, label: 'A set of your own' }]),
          ...COMPARE_SETS.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        onChange={id => {
          const set = COMPARE_SETS.find(entry => entry.id === id);
          if (set) setCompare(set.inputs);
        }}
      />
      {shown && <p>{shown.lesson}</p>}
    </section>
  );
}
