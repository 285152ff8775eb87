import { type KeyboardEvent, type ReactNode, useEffect } from 'react';
import { latticeMatrix } from '../../crystal/cell.ts';
import { elementsOf, type Structure } from '../../crystal/structure.ts';
import { furthestDisplacement } from '../../model/displacement.ts';
import { isCoordinate } from '../../model/parameter.ts';
import { follow } from '../../state/core/follow.ts';
import { store, useBraggscape } from '../../state/core/store.ts';
import { Button } from '../../ui/Button.tsx';
import { saveFile } from '../../ui/download.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { Icon, IconButton } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { readPalette } from '../palette.ts';
import { SaveMenu } from '../SaveMenu.tsx';
import { SettingInput } from '../SettingRow.tsx';
import { CellCanvas } from './CellCanvas.tsx';
import styles from './CellView.module.css';
import { type DrawnAtom, movedAtoms } from './cellAtoms.ts';
import { cellPng, cellSvgFile } from './cellPicture.ts';
import { ElementLegend } from './ElementLegend.tsx';
import { cellText, distanceBetween, measurement, shownCell, shownSites, speciesText } from './readout.ts';
import { type CellMarks, type MarkedCell, useCellMarks } from './useCellMarks.ts';
import type { CellStage } from './useCellStage.ts';

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
  const moves = useBraggscape(state => state.problem?.model?.moved.some(isCoordinate) ?? false);
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
          {ghost && moves && <span className={styles['line']}>{sample('var(--current)')}displacement</span>}
          {partial && <span className={styles['hint']}>sectors: shares of a site</span>}
          {lines}
        </div>
        {structure && <CellReadout structure={structure} atoms={cell.atoms} marks={cell.marks} />}
      </div>
    </section>
  );
}

const sample = (stroke: string, dash?: string): ReactNode => (
  <svg width="16" height="4" aria-hidden="true">
    <path d="M0 2h16" stroke={stroke} strokeWidth="1.5" strokeDasharray={dash} />
  </svg>
);

function LineLegend({ ghost }: { ghost: boolean }): ReactNode {
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
      const sites = shownSites(structure, current);
      const moved = current?.problem.sites === structure.sites && current.problem.model?.moved;
      const worst = moved ? furthestDisplacement(structure.sites, moved, current.point) : null;
      const notes = [
        worst && `${worst.label} ${formatNumber(worst.distance, 2)} Å from its true place, the furthest`,
        ghost && 'the true cell is dashed',
        strain > 1 && `strain drawn ×${strain}`,
      ].filter(Boolean);
      host.current?.setAttribute(
        'aria-label',
        [`Unit cell of ${structure.formula}, current crystal: ${cellText(cell)}`, ...notes].join('; '),
      );
      const perspective = projection === 'perspective';
      const { cell: truth, sites: home } = structure;
      stage.current?.show({ sites, home, truth, current: cell, repeat, bonds, ghost, strain, perspective });
    },
  );

/** Choices of content and view. */
function CellMenu({ onView }: { onView(axis: 0 | 1 | 2): void }): ReactNode {
  return (
    <Popover label="Cell display" button={<Icon name="layers" />} kind="icon" small>
      <div className={styles['menu']}>
        <span id="cell-along">Look along</span>
        <fieldset className={styles['along']} aria-labelledby="cell-along">
          {(['a', 'b', 'c'] as const).map((axis, i) => (
            <Button key={axis} small aria-label={`Look along ${axis}`} onClick={() => onView(i as 0 | 1 | 2)}>
              <i>{axis}</i>
            </Button>
          ))}
        </fieldset>
        <span>Cells</span>
        <SettingInput of="view.supercell" small />
        <span>Projection</span>
        <SettingInput of="view.projection" small />
        <SettingInput of="view.bonds" />
        <SettingInput of="view.ghost" />
        <p className={styles['note']}>
          A bond is drawn below the sum of the covalent radii plus 0.4{'\u202f'}Å, between metals only where
          there is no non-metal. Spheres are smaller than the atoms.
        </p>
        <p className={styles['note']}>
          <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd> turn, <kbd>+</kbd> <kbd>−</kbd> zoom,{' '}
          <kbd>0</kbd> reset, <kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd> along <i>a b c</i>, <kbd>,</kbd>{' '}
          <kbd>.</kbd> next atom, <kbd>↵</kbd> measure
        </p>
      </div>
    </Popover>
  );
}

/** One line in a fixed place: the atom under the pointer, or the distance or angle of the chosen ones. */
function CellReadout(props: {
  readonly structure: Structure;
  readonly atoms: readonly DrawnAtom[];
  readonly marks: CellMarks;
}): ReactNode {
  const { structure, atoms, marks } = props;
  const chosen = marks.selected.flatMap(i => atoms[i] ?? []);
  const atom = atoms[marks.hovered ?? marks.selected.at(-1) ?? -1];
  const current = useBraggscape(state => (atom ? state.current : null));
  const lattice = latticeMatrix(shownCell(structure, current));
  const now = (some: readonly DrawnAtom[]): readonly DrawnAtom[] =>
    movedAtoms(some, structure.sites, shownSites(structure, current));
  const measured = measurement(
    { atoms: chosen, lattice: latticeMatrix(structure.cell) },
    { atoms: now(chosen), lattice },
  );
  const [moved] = atom ? now([atom]) : [];
  return (
    <output className={styles['readout']}>
      {measured ? (
        <>
          <b>{measured.between}</b>
          <span className={styles['now']}>{measured.now}</span>
          <span>truth {measured.truly}</span>
        </>
      ) : atom && moved ? (
        <>
          <b>{speciesText(atom)}</b>
          {moved.fract.map((value, i) => (
            <span key={'xyz'[i]}>
              <i>{'xyz'[i]}</i> {formatNumber(value)}
            </span>
          ))}
          {moved !== atom && (
            <span className={styles['now']}>
              {formatNumber(distanceBetween(lattice, atom.fract, moved.fract), 2)}
              {THIN}Å off
            </span>
          )}
        </>
      ) : (
        <span className={styles['cellReadoutHint']}>Drag to turn, click two or three atoms to measure</span>
      )}
    </output>
  );
}

/** The picture as a file, in the colours of either theme. */
const SavePicture = ({ cell }: { cell: CellStage }): ReactNode => (
  <SaveMenu
    label="Save a picture"
    items={(['png', 'svg'] as const).flatMap(format =>
      (['light', 'dark'] as const).map(
        theme => [`${format.toUpperCase()}, ${theme}`, () => save(cell, theme, format)] as const,
      ),
    )}
  />
);

async function save(
  { host, stage: { current: stage }, factor }: CellStage,
  theme: 'light' | 'dark',
  format: 'png' | 'svg',
): Promise<void> {
  const now = stage?.frame();
  const { structure, current } = store.getState();
  if (!stage || !now || !structure || !host.current) return;
  const frame = { ...now, palette: readPalette(host.current, theme), hovered: null };
  const cell = shownCell(structure, current);
  const caption = `${structure.formula}: ${cellText(cell).replaceAll(' Å', `${THIN}Å`)}`;
  const text = { elements: elementsOf(structure.sites), caption, factor };
  const name = `${structure.formula}-cell.${format}`;
  if (format === 'svg') saveFile(name, cellSvgFile(frame, text), 'image/svg+xml');
  else saveFile(name, await cellPng(stage, frame, text));
}
