import type { ReactNode } from 'react';
import type { Loss } from '../../losses/loss.ts';
import { LOSSES } from '../../losses/registry.ts';
import { openPair } from '../../state/compare/compareActions.ts';
import { entryKey } from '../../state/compare/compareEntry.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import pane from '../pane.module.css';
import { SettingInput } from '../SettingRow.tsx';
import styles from './SimilarityTables.module.css';
import tables from './tablesHead.module.css';
import { useEntryNames } from './useEntryNames.ts';

/** Every pattern against every other under every loss; a cell opens its pair. */
export function SimilarityTables(): ReactNode {
  const entries = useBraggscape(state => state.inputs.compare.entries);
  const instrument = useBraggscape(state => state.inputs.instrument);
  const state = useBraggscape(({ compare: { similarities } }) => similarities);
  const names = useEntryNames();
  /** Place of each entry in the table; −1 where it has no pattern. */
  const place = entries.map(entry => state?.keys.indexOf(entryKey(entry, instrument)) ?? -1);
  return (
    <section className={styles.similarities} aria-label="Similarities">
      <header className={tables.head}>
        <h2>
          Losses between all{' '}
          <Info
            about="these numbers"
            help={[
              'The loss of the pattern of the column against that of the row, as the descents use it, on full resolution. Patterns with different points are taken over the range that they share, at the finer spacing of the two, by straight lines. Over Q, a width in degrees becomes as large a part of Q as it is of 2θ.',
              ...LOSSES.map(({ label, source, meaning }) => `**${label}**: ${source}; ${meaning}.`),
            ]}
          />
        </h2>
        <span className="spacer" />
        <SettingInput of="compare.over" small />
      </header>
      {entries.length < 2 ? (
        <p className={pane.empty}>Two patterns are needed.</p>
      ) : state?.message ? (
        <p className={pane.empty} role="alert">
          {state.message}
        </p>
      ) : (
        <div className={styles.tables}>
          {LOSSES.map(loss => (
            <Table
              key={loss.id}
              loss={loss}
              names={names}
              place={place}
              values={state?.table?.values[loss.id] ?? null}
              size={state?.keys.length ?? 0}
            />
          ))}
        </div>
      )}
    </section>
  );
}

/** Losses of one kind. Shading runs from the best value to the worst in the table. */
function Table(props: {
  readonly loss: Loss;
  readonly names: readonly string[];
  readonly place: readonly number[];
  readonly values: Float64Array | null;
  readonly size: number;
}): ReactNode {
  const { loss, names, place, values, size } = props;
  const pair = useBraggscape(state => state.inputs.compare.pair);
  const worst =
    values?.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, value)), loss.best) ??
    loss.best;
  const text = (value: number): string => formatNumber(value, decimals(loss.best, worst));
  return (
    <DataTable
      className={styles.table}
      captionShown
      caption={
        <>
          {loss.label}{' '}
          <span className="quiet">
            {loss.meaning}
            {loss.beyondPaper ? '; not in the paper' : ''}
          </span>
        </>
      }
      rows={names}
      rowKey={(_, i) => i}
      columns={[
        {
          cell: (row, i) => (
            <span title={row}>
              {i + 1} <span className={styles.name}>{row}</span>
            </span>
          ),
        },
        ...names.map((column, j) => ({
          title: column,
          head: (
            <>
              <span className="visually-hidden">{column}</span>
              <span aria-hidden="true">{j + 1}</span>
            </>
          ),
          cell: (row: string, i: number) => {
            const at = [place[i]!, place[j]!] as const;
            const value = values && at[0] >= 0 && at[1] >= 0 ? values[at[0] * size + at[1]]! : Number.NaN;
            if (i === j) return <span className={styles.same}>{text(value)}</span>;
            const share = worst > loss.best ? (value - loss.best) / (worst - loss.best) : 0;
            return (
              <button
                type="button"
                aria-label={`${loss.label} of ${row} and ${column}: ${text(value)}. Open this pair`}
                aria-pressed={pair[0] === i && pair[1] === j}
                style={{ ['--share' as string]: Number.isFinite(share) ? share : 0 }}
                onClick={() => openPair(i, j)}
              >
                {values ? text(value) : '…'}
              </button>
            );
          },
        })),
      ]}
    />
  );
}

/** Three digits after the point for losses of the size of one, fewer where they are large. */
const decimals = (best: number, worst: number): number =>
  Math.max(0, Math.min(3, 3 - Math.floor(Math.log10(Math.max(1, Math.abs(best), Math.abs(worst))))));
