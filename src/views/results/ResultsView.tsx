import type { ReactNode } from 'react';
import { CELL_KEYS, type Cell, cellVolume, isLength } from '../../crystal/cell.ts';
import { writeCif } from '../../formats/writeCif.ts';
import { EQUAL, equalMinima, falseMinima } from '../../landscape/falseMinima.ts';
import { type Slice, sliceParameter } from '../../landscape/slice.ts';
import { lossFor } from '../../losses/registry.ts';
import { deviations } from '../../optimise/outcome.ts';
import { type State, store, useBraggscape } from '../../state/core/store.ts';
import { setFocus, setHover } from '../../state/explore/actions.ts';
import { askedSlice, currentStructure } from '../../state/explore/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { type Column, DataTable, RowButton } from '../../ui/DataTable.tsx';
import { saveFile } from '../../ui/download.ts';
import { formatNumber, formatSigned, THIN } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { axisTitle, ParameterSymbol } from '../CellParameter.tsx';
import { modeStyle } from '../modeStyle.ts';
import pane from '../pane.module.css';
import { useLossScale } from '../useLossScale.ts';
import { AxesTable } from './AxesTable.tsx';
import { DescentTable } from './DescentTable.tsx';
import styles from './ResultsView.module.css';
import { Verdicts } from './Verdicts.tsx';

/** The current crystal in numbers, the outcome of the descents, the minima. */
export function ResultsView(): ReactNode {
  return (
    <section className={`${pane.pane} ${styles.results}`} aria-label="Numbers">
      <Verdicts />
      <CurrentNumbers />
      <DescentTable />
      <MinimaTable />
    </section>
  );
}

/** The crystal that the panes show, in words: that of the numbers beside them, not one that is still being simulated. */
function whatIsShown(state: State): string {
  const of = state.current?.of;
  if (state.missing) return 'no such crystal';
  if (!of) return '';
  if (of.kind === 'pointer') return 'under the pointer';
  if (of.kind === 'override') return 'a step of the relaxation';
  if (of.kind === 'truth') return 'the true crystal';
  if (of.kind === 'probe') return 'at the probe';
  if (of.kind === 'minimum') {
    const slice = state.map?.slice;
    const found = slice && falseMinima(state.minima, slice).find(entry => entry.index === of.index);
    if (found) return `minimum ${found.number}`;
    const equal = slice && equalMinima(state.minima, slice).some(entry => entry.index === of.index);
    return equal ? 'a minimum with the pattern of the truth' : 'minimum at the truth';
  }
  const start = state.inputs.starts.length > 1 ? `start ${of.start + 1}, ` : '';
  return `${start}${modeStyle(of.mode).name}, step ${formatNumber(of.step, 0)}`;
}

/** The slice whose point the current crystal is, where that is more than a cell. */
function modelSlice(state: State): Slice | null {
  const slice = askedSlice(state);
  return slice?.model && state.current?.problem.model?.moved === slice.model.moved ? slice : null;
}

function CurrentNumbers(): ReactNode {
  const last = useBraggscape(state => state.current);
  const current = useBraggscape(state => (state.missing ? null : state.current));
  const truth = useBraggscape(state => state.structure?.cell ?? null);
  const what = useBraggscape(whatIsShown);
  const slice = useBraggscape(modelSlice);
  const lossId = useBraggscape(state => state.current?.problem.loss ?? state.inputs.loss);
  const scale = useLossScale();
  const failed = useBraggscape(state => state.failure !== null);
  const loss = lossFor(lossId, scale);
  if (!last || !truth)
    return (
      <div className={styles.current}>
        <h2>Current crystal</h2>
        <p className={pane.empty}>
          {failed ? 'There is no pattern yet.' : 'The first pattern is being simulated.'}
        </p>
      </div>
    );
  return (
    <div className={styles.current} data-testid="current">
      <header className={`${pane.head} ${styles.head}`}>
        <h2>Current crystal</h2>
        <span className="quiet">{what}</span>
        <span className="spacer" />
        <SaveCrystal />
      </header>
      <p className={styles.line}>
        <span className={styles.loss} data-testid="current-loss">
          {current ? formatNumber(current.loss, 3) : '–'}
        </span>
        <span className="quiet">
          {loss.beyondPaper ? loss.label : loss.label.toLowerCase()} loss{' '}
          <Info
            about="the loss of the current crystal"
            help={[
              `${loss.source}.`,
              `Computed in float64 from the two patterns in the pane below, ${loss.meaning}.${current ? ` Unrounded: ${current.loss.toPrecision(10).replace('-', '−')}.` : ''}`,
            ]}
          />
        </span>
        <span className={styles.volume}>
          <i>V</i>
          {THIN}
          {current ? formatNumber(cellVolume(current.cell), 1) : '–'}
          {THIN}Å³
        </span>
      </p>
      {current && slice && <AxesTable current={current} slice={slice} />}
      {(!slice || slice.model?.cellMoves) && <CellTable current={current?.cell ?? null} truth={truth} />}
    </div>
  );
}

/** Both cells side by side, dashes where there is no such crystal; differences of lengths in per cent, of angles in degrees. */
function CellTable({ current, truth }: { current: Cell | null; truth: Cell }): ReactNode {
  const values = (cell: Cell): ReactNode[] =>
    Array.from(cell, (value, i) => formatNumber(value, i < 3 ? 3 : 1));
  const none = CELL_KEYS.map(() => '–');
  const differences = (current ? deviations(current, truth) : []).map(({ key, relative, difference }) => {
    const text = isLength(key) ? formatSigned(100 * relative, 1) : formatSigned(difference, 1);
    if (text === '0') return text;
    return (
      <span key={key} className={styles.differs}>
        {isLength(key) ? `${text}${THIN}%` : `${text}°`}
      </span>
    );
  });
  const rows = [
    { name: 'current', values: current ? values(current) : none, className: styles.currentRow },
    { name: 'truth', values: values(truth) },
    { name: 'off by', values: current ? differences : none, className: styles.difference },
  ];
  return (
    <DataTable
      caption="Cell parameters of the current crystal and of the true one"
      className={styles.cells}
      rows={rows}
      rowKey={({ name }) => name}
      rowProps={({ className }) => ({ className })}
      columns={[
        { cell: ({ name }) => name },
        ...CELL_KEYS.map((key, i) => ({
          head: (
            <>
              <ParameterSymbol of={key} />
              <span className={`quiet ${styles.unit}`}>
                {THIN}/{THIN}
                {isLength(key) ? 'Å' : '°'}
              </span>
            </>
          ),
          cell: (row: (typeof rows)[number]) => row.values[i],
        })),
      ]}
    />
  );
}

/** The current crystal as a file. */
function SaveCrystal(): ReactNode {
  const missing = useBraggscape(state => state.missing !== null);
  if (missing) return null;
  const save = (): void => {
    const trial = currentStructure(store.getState());
    if (trial) saveFile(`${trial.formula}-current.cif`, writeCif(trial), 'chemical/x-cif');
  };
  return (
    <Button small onClick={save} title="Save the current crystal as CIF">
      CIF
    </Button>
  );
}

/** The minima of the map besides the truth; each shows its crystal in every pane. */
function MinimaTable(): ReactNode {
  const minima = useBraggscape(state => state.minima);
  const map = useBraggscape(state => state.map);
  const focus = useBraggscape(state => state.inputs.focus);
  if (!map?.final) return null;
  const falseOnes = falseMinima(minima, map.slice);
  const equals = equalMinima(minima, map.slice);
  const found = [
    ...equals.map(entry => ({ ...entry, mark: EQUAL, name: 'a minimum equal to the truth' })),
    ...falseOnes.map(entry => ({
      ...entry,
      mark: String(entry.number),
      name: `minimum ${entry.number}`,
    })),
  ];
  const column = (of: 'x' | 'y'): Column<(typeof found)[number]> => {
    const parameter = sliceParameter(map.slice, of);
    return {
      head: axisTitle(parameter),
      cell: ({ minimum }) => formatNumber(minimum[of], parameter.digits),
    };
  };
  return (
    <div className={styles.section} data-testid="minima">
      {found.length === 0 ? (
        <>
          <h2>Minima</h2>
          <p className={styles.note}>This map has no minimum besides the truth.</p>
        </>
      ) : (
        <DataTable
          caption="Minima of the map besides the truth"
          className={styles.table}
          rows={found}
          rowKey={({ index }) => index}
          chosen={({ index }) => focus.kind === 'minimum' && focus.index === index}
          columns={[
            {
              className: styles.name,
              head: equals.length === 0 ? 'False minima' : 'Minima',
              ...(equals.length > 0 && {
                about: 'minima equal to the truth',
                help: [
                  'Marked = : followed down to its floor, the minimum has the loss of the truth to within rounding, so that its pattern is the true one. It is the same crystal with another origin, as its mirror image or with equal atoms exchanged; or another crystal that no powder pattern tells from it.',
                ],
              }),
              cell: ({ mark, name, index }) => (
                <RowButton
                  onPress={() => {
                    setHover(null);
                    setFocus({ kind: 'minimum', index });
                  }}
                >
                  <span className={styles.badge}>{mark}</span>
                  <span className="visually-hidden">Show {name}</span>
                </RowButton>
              ),
            },
            column('x'),
            column('y'),
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
