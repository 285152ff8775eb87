import { type KeyboardEvent, type ReactNode, useEffect } from 'react';
import { follow } from '../../state/core/follow.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { SettingInput } from '../SettingRow.tsx';
import { CellCanvas } from './CellCanvas.tsx';
import { CellMenu } from './CellMenu.tsx';
import { CellReadout } from './CellReadout.tsx';
import styles from './CellView.module.css';
import { ElementLegend } from './ElementLegend.tsx';
import { cellText, shownCell } from './readout.ts';
import { SavePicture } from './SavePicture.tsx';
import { type MarkedCell, useCellMarks } from './useCellMarks.ts';

const MESSAGES = {
  unavailable: 'No WebGL 2 here: the cell is drawn as SVG, more slowly.',
  lost: 'The graphics card dropped the drawing: SVG for now.',
} as const;
const NO_SITES = [] as const;

/** The current crystal's unit cell over the ghost of the true one. */
export function CellView(): ReactNode {
  const structure = useBraggscape(state => state.structure);
  const strain = useBraggscape(state => state.inputs.view.strain);
  const ghost = useBraggscape(state => state.inputs.view.ghost);
  const cell = useCellMarks();
  useEffect(() => followStore(cell.stage, cell.host), [cell.stage, cell.host]);
  const partial = cell.atoms.some(
    ({ species }) => species.length > 1 || species.reduce((sum, each) => sum + each.occupancy, 0) < 0.9995,
  );
  const lines = <LineLegend ghost={ghost} />;
  return (
    <section className={styles['pane']} aria-labelledby="cell-title">
      <div className={styles['head']}>
        <h2 id="cell-title">Unit cell</h2>
        {lines}
        <span className={styles['tools']}>
          <SettingInput of="view.strain" small />
          <IconButton name="reset" label="Reset the view" small onClick={() => cell.stage.current?.view()} />
          <CellMenu onView={axis => cell.stage.current?.view(axis)} />
          <SavePicture cell={cell} />
        </span>
      </div>
      <CellCanvas
        cell={cell}
        role="img"
        label="Unit cell"
        describedBy="cell-keys"
        messages={MESSAGES}
        onKey={event => atomKey(event, cell)}
      >
        {strain > 1 && (
          <p className={styles['strain']}>
            {cell.factor === strain
              ? `Strain drawn ×${strain}`
              : `Strain drawn ×${cell.factor}: ×${strain} would fold the cell`}
          </p>
        )}
        {!structure && <p className={styles['empty']}>No crystal yet.</p>}
      </CellCanvas>
      <p id="cell-keys" className="visually-hidden">
        Arrow keys turn the cell, plus and minus zoom, 0 resets, 1 2 3 look along a b c, comma and full stop
        go from atom to atom, Enter chooses one to measure from.
      </p>
      <div className={styles['foot']}>
        <div className={styles['legend']}>
          <ElementLegend sites={structure?.sites ?? NO_SITES} />
          {partial && <span className={styles['hint']}>sectors: shares of a site</span>}
          {lines}
        </div>
        {structure && <CellReadout structure={structure} atoms={cell.atoms} marks={cell.marks} />}
      </div>
    </section>
  );
}

function LineLegend({ ghost }: { ghost: boolean }): ReactNode {
  const sample = (stroke: string, dash?: string): ReactNode => (
    <svg width="16" height="4" aria-hidden="true">
      <path d="M0 2h16" stroke={stroke} strokeWidth="1.5" strokeDasharray={dash} />
    </svg>
  );
  return (
    <span className={styles['lines']}>
      <span>{sample('var(--ink2)')}current</span>
      {ghost && <span>{sample('var(--truth-line)', '3 2')}truth</span>}
    </span>
  );
}

/** Comma and full stop go from atom to atom, Enter chooses one, Escape lets go of the chosen ones. */
function atomKey({ key }: KeyboardEvent, { atoms, marks, hover, choose }: MarkedCell): boolean {
  const step = { ',': -1, '.': 1 }[key];
  if (step !== undefined && atoms.length > 0)
    hover(((((marks.hovered ?? (step > 0 ? -1 : 0)) + step) % atoms.length) + atoms.length) % atoms.length);
  else if (key === 'Enter' && marks.hovered !== null) choose(marks.hovered);
  else if (key === 'Escape' && marks.selected.length > 0) choose(null);
  else return false;
  return true;
}

/** Shows the crystal of the store, and describes it for those who do not see it. */
const followStore = (stage: MarkedCell['stage'], host: MarkedCell['host']): (() => void) =>
  follow(
    ({ structure, current, inputs: { view } }) =>
      [structure, current, view.supercell, view.bonds, view.ghost, view.strain, view.projection] as const,
    ([structure, current, repeat, bonds, ghost, strain, projection]) => {
      if (!structure) return;
      const cell = shownCell(structure, current);
      const notes = [ghost && 'the true cell is dashed', strain > 1 && `strain drawn ×${strain}`].filter(
        Boolean,
      );
      host.current?.setAttribute(
        'aria-label',
        [`Unit cell of ${structure.formula}, current crystal: ${cellText(cell)}`, ...notes].join('; '),
      );
      const perspective = projection === 'perspective';
      const { cell: truth } = structure;
      const sites = (current?.problem.sites === structure.sites && current.sites) || structure.sites;
      stage.current?.show({ sites, truth, current: cell, repeat, bonds, ghost, strain, perspective });
    },
  );
