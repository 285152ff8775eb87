import type { ReactNode } from 'react';
import { type CellKey, isLength } from '../../crystal/cell.ts';
import { falseMinima } from '../../landscape/falseMinima.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setFocus, setHover } from '../../state/explore/actions.ts';
import { type Column, DataTable, RowButton } from '../../ui/DataTable.tsx';
import { formatNumber } from '../../ui/format.ts';
import { axisTitle } from '../CellParameter.tsx';
import styles from './ResultsView.module.css';

/** The false minima of the map; each shows its crystal in every pane. */
export function MinimaTable(): ReactNode {
  const minima = useBraggscape(state => state.minima);
  const map = useBraggscape(state => state.map);
  const focus = useBraggscape(state => state.inputs.focus);
  if (!map?.final) return null;
  const found = falseMinima(minima, map.slice);
  const { x, y } = map.slice;
  const column = (key: CellKey, of: 'x' | 'y'): Column<(typeof found)[number]> => ({
    head: axisTitle(key),
    cell: ({ minimum }) => formatNumber(minimum[of], isLength(key) ? 3 : 1),
  });
  return (
    <div className={styles.section} data-testid="minima">
      {found.length === 0 ? (
        <>
          <h2>Minima</h2>
          <p className={styles.note}>This map has no minimum besides the true cell.</p>
        </>
      ) : (
        <DataTable
          caption="False minima of the map"
          className={styles.table}
          rows={found}
          rowKey={({ index }) => index}
          chosen={({ index }) => focus.kind === 'minimum' && focus.index === index}
          columns={[
            {
              className: styles.name,
              head: 'False minima',
              cell: ({ number, index }) => (
                <RowButton
                  onPress={() => {
                    setHover(null);
                    setFocus({ kind: 'minimum', index });
                  }}
                >
                  <span className={styles.badge}>{number}</span>
                  <span className="visually-hidden">Show minimum {number}</span>
                </RowButton>
              ),
            },
            column(x, 'x'),
            column(y, 'y'),
            { head: 'loss', cell: ({ minimum }) => formatNumber(minimum.value, 3) },
            {
              head: 'depth',
              about: 'the depth of a minimum',
              help: [
                'Topographic prominence: how far the loss must climb from here before it can go lower than here. Found on the grid by flooding it from below.',
              ],
              cell: ({ minimum }) => formatNumber(minimum.prominence, 3),
            },
          ]}
        />
      )}
    </div>
  );
}
