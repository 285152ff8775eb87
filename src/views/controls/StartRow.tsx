import { type ReactNode, useState } from 'react';
import { CELL_KEYS, cellIndex } from '../../crystal/cell.ts';
import { SYMBOLS } from '../../landscape/symmetryLines.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { dropAtProbe, dropStart } from '../../state/explore/actions.ts';
import { Button } from '../../ui/Button.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { formatParameter, ParameterSymbol, parameterField } from '../CellParameter.tsx';
import rail from '../Section.module.css';
import { Row } from '../Section.tsx';

/** The start as numbers; edits are a draft until the button runs it. */
export function StartRow(): ReactNode {
  const slice = useBraggscape(state => state.inputs.slice);
  const truth = useBraggscape(state => state.structure?.cell ?? null);
  const newest = useBraggscape(state => state.inputs.starts.at(-1) ?? null);
  const [draft, setDraft] = useState<{ for: unknown; x: number; y: number } | null>(null);
  if (!truth) return null;
  const base = newest ?? { x: truth[cellIndex(slice.x)]!, y: truth[cellIndex(slice.y)]! };
  const cell = newest?.cell;
  // A new start, crystal or axis makes the draft void.
  const identity = newest ?? `${truth.join()} ${slice.x} ${slice.y}`;
  const shown = draft?.for === identity ? draft : base;
  const change = (part: { x?: number; y?: number }): void =>
    setDraft({ for: identity, x: shown.x, y: shown.y, ...part });
  return (
    <>
      <Row
        label={
          <>
            Start <ParameterSymbol of={slice.x} />, <ParameterSymbol of={slice.y} />
          </>
        }
      >
        {(['x', 'y'] as const).map(axis => {
          const key = slice[axis];
          return (
            <NumberField
              key={axis}
              label={`Start ${key}`}
              {...parameterField(key)}
              value={shown[axis]}
              onChange={value => void change({ [axis]: value })}
            />
          );
        })}
      </Row>
      {cell && (
        <p className={rail.note}>
          This start lies off the map, which shows its projection:{' '}
          {CELL_KEYS.filter(key => key !== slice.x && key !== slice.y)
            .map(key => `${SYMBOLS[key]} ${formatParameter(key, cell[cellIndex(key)]!, 2)}`)
            .join(', ')}
          .{' '}
          <Button kind="text" onClick={() => dropStart(shown.x, shown.y, false)}>
            Put it on the map
          </Button>
        </p>
      )}
      <div className={rail.buttons}>
        <Button kind="primary" onClick={() => dropStart(shown.x, shown.y, false, cell)}>
          Run from start
        </Button>
        <Button onClick={event => dropAtProbe(event.shiftKey)}>
          Start at probe <kbd>↵</kbd>
        </Button>
      </div>
    </>
  );
}
