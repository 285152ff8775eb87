import { type ReactNode, useState } from 'react';
import { CELL_KEYS } from '../../crystal/cell.ts';
import { sliceParameter } from '../../landscape/slice.ts';
import { SYMBOLS } from '../../model/cellParameter.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { dropAtProbe, dropStart } from '../../state/explore/actions.ts';
import { askedSlice } from '../../state/explore/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { formatParameter, ParameterSymbol, parameterField } from '../CellParameter.tsx';
import styles from './StartBar.module.css';

/** The start as numbers and what runs descents from it, or from the probe; edits are a draft until the button runs it. */
export function StartBar(): ReactNode {
  const slice = useBraggscape(askedSlice);
  const truth = useBraggscape(state => state.structure?.cell ?? null);
  const newest = useBraggscape(state => state.inputs.starts.at(-1) ?? null);
  const [draft, setDraft] = useState<{ for: unknown; x: number; y: number } | null>(null);
  const hidden = useBraggscape(
    ({ inputs: { hide } }) => hide.includes('controls') || hide.includes('descent'),
  );
  if (!truth || !slice || hidden) return null;
  const axes = { x: sliceParameter(slice, 'x'), y: sliceParameter(slice, 'y') };
  const base = newest ?? { x: axes.x.value, y: axes.y.value };
  const cell = newest?.cell;
  // A new start, crystal or axis makes the draft void.
  const identity = newest ?? `${truth.join()} ${slice.x} ${slice.y}`;
  const shown = draft?.for === identity ? draft : base;
  const change = (part: { x?: number; y?: number }): void =>
    setDraft({ for: identity, x: shown.x, y: shown.y, ...part });
  return (
    <div className={styles.bar}>
      <span className={styles.label}>
        Start{' '}
        {!slice.model && (
          <>
            <ParameterSymbol of={axes.x} />, <ParameterSymbol of={axes.y} />
          </>
        )}
      </span>
      {(['x', 'y'] as const).map(axis => (
        <NumberField
          key={axis}
          label={`Start ${axes[axis].id}`}
          {...parameterField(axes[axis])}
          value={shown[axis]}
          onChange={value => void change({ [axis]: value })}
        />
      ))}
      <Button kind="primary" onClick={() => dropStart(shown.x, shown.y, false, cell)}>
        Run from start
      </Button>
      <Button className={styles.probe} onClick={event => dropAtProbe(event.shiftKey)}>
        Start at probe <kbd>↵</kbd>
      </Button>
      {cell && (
        <p className={styles.off}>
          This start lies off the map, which shows its projection
          {cell.length === 6
            ? `: ${CELL_KEYS.flatMap((key, i) => (key === slice.x || key === slice.y ? [] : [`${SYMBOLS[key]} ${formatParameter(key, cell[i]!, 2)}`])).join(', ')}`
            : ''}
          .{' '}
          <Button kind="text" onClick={() => dropStart(shown.x, shown.y, false)}>
            Put it on the map
          </Button>
        </p>
      )}
    </div>
  );
}
