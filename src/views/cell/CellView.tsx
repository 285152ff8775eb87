import './cell.css';
import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import { elementData } from '../../crystal/elements.ts';
import { elementsOf } from '../../crystal/structure.ts';
import { setView } from '../../state/actions.ts';
import { notify, store, useBraggscape } from '../../state/store.ts';
import { saveFile } from '../../ui/download.ts';
import { THIN } from '../../ui/format.ts';
import { Icon, IconButton } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { CellMenu } from './CellMenu.tsx';
import { CellReadout } from './CellReadout.tsx';
import { cellPng } from './exportPng.ts';
import { cellSvgFile } from './exportSvg.ts';
import { viewKey } from './gestures.ts';
import { cellText } from './readout.ts';
import { shownCell } from './shownCell.ts';
import { type CellStage, useCellStage } from './useCellStage.ts';

const MESSAGES = {
  unavailable: 'No WebGL 2 here: the cell is drawn as SVG, more slowly.',
  lost: 'The graphics card dropped the drawing: SVG for now.',
} as const;

/** The current crystal's unit cell over the ghost of the true one. */
export function CellView(): ReactNode {
  const structure = useBraggscape(state => state.structure);
  const strain = useBraggscape(state => state.inputs.view.strain);
  const ghost = useBraggscape(state => state.inputs.view.ghost);
  const cell = useCellStage();
  const elements = useMemo(() => elementsOf(structure?.sites ?? []), [structure]);
  const partial = cell.atoms.some(
    ({ species }) => species.length > 1 || species.reduce((sum, each) => sum + each.occupancy, 0) < 0.9995,
  );
  const message = cell.drawing === 'unavailable' || cell.drawing === 'lost' ? MESSAGES[cell.drawing] : null;
  const lines = <LineLegend ghost={ghost} />;

  return (
    <section className="cell-pane" aria-labelledby="cell-title">
      <div className="cell-head">
        <h2 id="cell-title">Unit cell</h2>
        {lines}
        <span className="cell-tools">
          <Segmented
            small
            label="Strain exaggeration"
            value={strain}
            options={[
              { value: 1, label: '×1', title: 'Strain as computed' },
              { value: 5, label: '×5', title: 'Strain drawn five times as large' },
            ]}
            onChange={value => setView({ strain: value })}
          />
          <IconButton
            name="reset"
            label="Reset the view"
            className="small"
            onClick={() => cell.stage.current?.view()}
          />
          <CellMenu onView={axis => cell.stage.current?.view(axis)} />
          <Popover label="Save a picture" button={<Icon name="download" />} className="button icon small">
            <div className="cell-save">
              {(['light', 'dark'] as const).map(theme => (
                <button
                  key={theme}
                  type="button"
                  className="button"
                  onClick={() => void save(cell, theme, 'png')}
                >
                  PNG, {theme}
                </button>
              ))}
              {(['light', 'dark'] as const).map(theme => (
                <button
                  key={theme}
                  type="button"
                  className="button"
                  onClick={() => void save(cell, theme, 'svg')}
                >
                  SVG, {theme}
                </button>
              ))}
            </div>
          </Popover>
        </span>
      </div>
      <div className="cell-picture">
        {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: a picture that is turned from the keyboard */}
        <div
          ref={cell.host}
          className="cell-canvas"
          role="img"
          aria-label="Unit cell"
          aria-describedby="cell-keys"
          tabIndex={0}
          onKeyDown={event => onKeyDown(event, cell)}
        >
          {['a', 'b', 'c'].map(axis => (
            <i key={axis} className="cell-axis" data-axis={axis} hidden>
              {axis}
            </i>
          ))}
        </div>
        {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: a picture that is turned from the keyboard */}
        {strain > 1 && (
          <p className="cell-strain">
            {cell.factor === strain
              ? `Strain drawn ×${strain}`
              : `Strain drawn ×${cell.factor}: ×${strain} would fold the cell`}
          </p>
        )}
        {!structure && <p className="cell-empty">No crystal yet.</p>}
      </div>
      {message && (
        <div className="cell-message" role="status">
          <p>{message}</p>
          <button type="button" className="button small" onClick={cell.retry}>
            Try again
          </button>
        </div>
      )}
      <p id="cell-keys" className="visually-hidden">
        Arrow keys turn the cell, plus and minus zoom, 0 resets, 1 2 3 look along a b c, comma and full stop
        go from atom to atom, Enter chooses one to measure from.
      </p>
      <div className="cell-foot">
        <div className="cell-legend">
          {elements.map(element => (
            <span key={element}>
              <span
                className="cell-dot"
                style={{ backgroundColor: `rgb(${elementData(element).colour.join(' ')})` }}
              />
              {element}
            </span>
          ))}
          {partial && <span className="cell-hint">sectors: shares of a site</span>}
          {lines}
        </div>
        {structure && <CellReadout structure={structure} atoms={cell.atoms} marks={cell.marks} />}
      </div>
    </section>
  );
}

function LineLegend({ ghost }: { ghost: boolean }): ReactNode {
  return (
    <span className="cell-lines">
      <span>
        <svg width="16" height="4" aria-hidden="true">
          <path d="M0 2h16" stroke="var(--ink2)" strokeWidth="1.5" />
        </svg>
        current
      </span>
      {ghost && (
        <span>
          <svg width="16" height="4" aria-hidden="true">
            <path d="M0 2h16" stroke="var(--truth-line)" strokeWidth="1.5" strokeDasharray="3 2" />
          </svg>
          truth
        </span>
      )}
    </span>
  );
}

/** Keys that the picture uses are not passed on: outside it arrows move the probe. */
function onKeyDown(event: KeyboardEvent, { stage, atoms, marks, hover, choose }: CellStage): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !stage.current) return;
  const step = { ',': -1, '.': 1 }[event.key];
  if (step !== undefined && atoms.length > 0)
    hover(((((marks.hovered ?? (step > 0 ? -1 : 0)) + step) % atoms.length) + atoms.length) % atoms.length);
  else if (event.key === 'Enter' && marks.hovered !== null) choose(marks.hovered);
  else if (event.key === 'Escape' && marks.selected.length > 0) choose(null);
  else if (!viewKey(stage.current, event)) return;
  event.preventDefault();
  event.stopPropagation();
}

async function save(
  { stage, painter, factor }: CellStage,
  theme: 'light' | 'dark',
  format: 'png' | 'svg',
): Promise<void> {
  const frame = stage.current?.frame();
  const { structure, current } = store.getState();
  if (!frame || !painter.current || !structure) return;
  const cell = shownCell(structure, current);
  const caption = `${structure.formula}: ${cellText(cell).replaceAll(' Å', `${THIN}Å`)}`;
  const elements = elementsOf(structure.sites);
  const words = { elements, caption, factor };
  const name = `${structure.formula}-cell.${format}`;
  try {
    if (format === 'svg') saveFile(name, cellSvgFile(frame, theme, words), 'image/svg+xml');
    else saveFile(name, await cellPng(painter.current, frame, theme, words));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    notify({ id: 'cell-png', tone: 'error', text: `The picture was not saved: ${text}` });
  }
}
