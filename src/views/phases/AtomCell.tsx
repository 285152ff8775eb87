import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import type { Fract } from '../../phasing/positions.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { moveAtom, setPhases } from '../../state/phases/phasesActions.ts';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { CellCanvas } from '../cell/CellCanvas.tsx';
import { ElementLegend } from '../cell/ElementLegend.tsx';
import type { CellFrame } from '../cell/frame.ts';
import { type CellRenderer, plainScene } from '../cell/stage.ts';
import { useCellStage } from '../cell/useCellStage.ts';
import styles from './AtomCell.module.css';
import { sharing, siteNames } from './AtomControls.tsx';
import type { LatticePlanes } from './latticePlanes.ts';
import { Pane } from './Pane.tsx';
import { fractional } from './sectionFrame.ts';
import { useLab } from './useLab.ts';

/** Of one arrow key, angstrom; with Shift five times as far. */
const KEY_STEP = 0.05;

export interface AtomCellProps {
  readonly structure: Structure;
  readonly sites: Structure['sites'];
  readonly planes: LatticePlanes;
  readonly title: ReactNode;
  readonly sub: ReactNode;
  /** The chosen reflection as it is now, in words for those who do not see it. */
  readonly spoken: string;
}

const LOST = 'No WebGL 2 here: the cell is drawn as SVG, more slowly.';
const MESSAGES = { unavailable: LOST, lost: LOST };

/** The cell with the crests of the chosen wave; its atoms can be dragged. */
export function AtomCell({ structure, sites, planes, title, sub, spoken }: AtomCellProps): ReactNode {
  const bonds = useBraggscape(state => state.inputs.view.bonds);
  const atom = Math.min(useLab('atom'), sites.length - 1);
  const [held, setHeld] = useState(false);
  const [hovered, setHovered] = useState<number | null>(null);
  const cell = useCellStage({
    onHover: setHovered,
    onClick: index => {
      const site = index === null ? undefined : atoms[index]?.species[0]?.site;
      if (site !== undefined) setPhases({ atom: site }, false);
    },
    grab: (index, made) => grabbed(index, made, structure, sites),
  });
  const { stage, atoms } = cell;
  useEffect(
    () => stage.current?.show({ ...plainScene(structure.cell, sites), bonds, planes: planes.pieces }),
    [stage, sites, structure, bonds, planes],
  );
  const marked = useMemo(
    () => atoms.flatMap((drawn, i) => (drawn.species.some(({ site }) => site === atom) ? [i] : [])),
    [atoms, atom],
  );
  useEffect(() => stage.current?.mark(hovered, marked), [stage, hovered, marked]);

  const onKey = ({ key, shiftKey }: KeyboardEvent): boolean => {
    const step = { ',': -1, '.': 1 }[key];
    const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
    if (step !== undefined) {
      setHeld(false);
      setPhases({ atom: (atom + step + sites.length) % sites.length }, false);
    } else if (key === 'Enter') setHeld(!held);
    else if (key === 'Escape' && held) setHeld(false);
    else if (held && arrow) {
      const length = KEY_STEP * (shiftKey ? 5 : 1);
      const frame = stage.current?.frame();
      if (frame) {
        const by = screenStep(frame, structure, length * arrow[0]!, length * arrow[1]!);
        moveAtom(sharing(sites, atom), added(sites[atom]!.fract, by), true);
      }
    } else return false;
    return true;
  };
  const name = siteNames(structure)[atom] ?? '';
  const place = sites[atom]!.fract.map(value => formatNumber(value)).join(', ');
  return (
    <Pane
      title={title}
      sub={sub}
      tools={
        <>
          <ElementLegend sites={sites} />
          <IconButton name="reset" label="Reset the view" small onClick={() => stage.current?.view()} />
        </>
      }
    >
      <CellCanvas
        cell={cell}
        role="application"
        label={`Unit cell of ${structure.formula} with the crests of the chosen wave`}
        describedBy="atom-keys"
        messages={MESSAGES}
        onKey={onKey}
        onBlur={() => setHeld(false)}
      />
      <p id="atom-keys" className="visually-hidden">
        Comma and full stop go from atom to atom, Enter holds the atom, arrow keys then move it in the plane
        of the screen, Escape lets go. Otherwise arrow keys turn the cell, plus and minus zoom, 0 resets.
      </p>
      <p className={styles.line}>
        <b>{name}</b> {place}
        <span className="quiet">
          {held
            ? 'held: arrow keys move it, Escape lets go'
            : 'drag it, or press Enter and use the arrow keys'}
        </span>
      </p>
      <p className="visually-hidden" aria-live="polite" data-testid="atom-spoken">
        {name} at {place}
        {held ? ', held' : ''}. {spoken}
      </p>
    </Pane>
  );
}

const added = (p: Fract, q: Fract): Fract => [p[0] + q[0], p[1] + q[1], p[2] + q[2]];

/** A step on screen, right and up in angstrom, as unit fractions. */
function screenStep({ projection }: CellFrame, structure: Structure, right: number, up: number): Fract {
  const r = projection.rotation;
  const along = (i: number): number => right * r[i]! + up * r[3 + i]!;
  return fractional(structure.cell, [along(0), along(1), along(2)]);
}

/** The drag of one atom in the plane of the screen. */
function grabbed(
  index: number,
  stage: CellRenderer,
  structure: Structure,
  sites: Structure['sites'],
): ((dx: number, dy: number) => void) | null {
  const frame = stage.frame();
  const site = frame?.atoms[index]?.species[0]?.site;
  if (!frame || site === undefined) return null;
  const start = sites[site]!.fract;
  const group = sharing(sites, site);
  let first = true;
  setPhases({ atom: site }, false);
  return (dx, dy) => {
    const { scale } = frame.projection;
    moveAtom(group, added(start, screenStep(frame, structure, dx / scale, -dy / scale)), first);
    first = false;
  };
}
