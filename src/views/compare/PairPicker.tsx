import type { ReactNode } from 'react';
import { setCompare } from '../../state/compare/compareActions.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Select } from '../../ui/Select.tsx';
import { SettingInput } from '../SettingRow.tsx';
import styles from './PairPicker.module.css';
import { useEntryNames } from './useEntryNames.ts';

/** The two that are subtracted and mirrored. */
export function PairPicker(): ReactNode {
  const pair = useBraggscape(state => state.inputs.compare.pair);
  const names = useEntryNames();
  if (names.length < 2) return null;
  const options = names.map((name, i) => ({ value: String(i), label: `${i + 1} ${name}` }));
  const choose = (which: 0 | 1, value: number): void => {
    const other = pair[which === 0 ? 1 : 0];
    // Choosing what the other side shows exchanges the two.
    const rest = other === value ? pair[which] : other;
    setCompare({ pair: which === 0 ? [value, rest] : [rest, value] });
  };
  return (
    <fieldset className={styles.pair}>
      <legend>Pair, subtracted and mirrored</legend>
      <Select
        label="First of the pair"
        value={String(Math.min(pair[0], names.length - 1))}
        options={options}
        onChange={value => choose(0, Number(value))}
      />
      <span aria-hidden="true">−</span>
      <Select
        label="Second of the pair"
        value={String(Math.min(pair[1], names.length - 1))}
        options={options}
        onChange={value => choose(1, Number(value))}
      />
      <SettingInput of="compare.difference" />
    </fieldset>
  );
}
