import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { follow } from '../../state/core/follow.ts';
import type { DrawnAtom } from './cellAtoms.ts';
import type { CellPainter } from './frame.ts';
import { listenToPointers } from './gestures.ts';
import { cellText } from './readout.ts';
import { shownCell } from './shownCell.ts';
import { createStage, type Stage } from './stage.ts';
import { type Drawing, useCellPainter } from './useCellPainter.ts';
import { watchStage } from './watchStage.ts';

/** Indices into the drawn atoms. */
export interface Marks {
  readonly hovered: number | null;
  /** At most three, in the order they were chosen. */
  readonly selected: readonly number[];
}

export interface CellStage {
  /** The element that is drawn in; it holds the letters of the axes in elements marked `data-axis`. */
  readonly host: RefObject<HTMLDivElement | null>;
  readonly stage: RefObject<Stage | null>;
  readonly painter: RefObject<CellPainter | null>;
  readonly drawing: Drawing;
  readonly atoms: readonly DrawnAtom[];
  /** By how much the strain is really multiplied. */
  readonly factor: number;
  readonly marks: Marks;
  hover(index: number | null): void;
  /** Adds an atom to the chosen ones or takes it out again; null clears them. */
  choose(index: number | null): void;
  /** Tries WebGL again. */
  retry(): void;
}

const NO_MARKS: Marks = { hovered: null, selected: [] };

const chosen = (selected: readonly number[], index: number | null): readonly number[] => {
  if (index === null) return [];
  if (selected.includes(index)) return selected.filter(other => other !== index);
  return selected.length >= 3 ? [index] : [...selected, index];
};

/** Ties the stage to the store, the pane and the pointer. Nothing that moves passes through React. */
export function useCellStage(): CellStage {
  const host = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage>(null);
  const [atoms, setAtoms] = useState<readonly DrawnAtom[]>([]);
  const [factor, setFactor] = useState(1);
  const [marks, setMarks] = useState<Marks>(NO_MARKS);

  const hover = useCallback(
    (hovered: number | null) => setMarks(old => (old.hovered === hovered ? old : { ...old, hovered })),
    [],
  );
  const choose = useCallback(
    (index: number | null) =>
      setMarks(old => ({ hovered: index ?? old.hovered, selected: chosen(old.selected, index) })),
    [],
  );

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const labels = [...element.querySelectorAll<HTMLElement>('[data-axis]')];
    const onAtoms = (next: readonly DrawnAtom[]): void => {
      setAtoms(next);
      setMarks(NO_MARKS);
    };
    const made = createStage({ host: element, labels, onAtoms, onFactor: setFactor });
    stage.current = made;
    const stop = [
      followStore(made, element),
      listenToPointers(element, {
        stage: made,
        onHover: (x, y) => hover(made.pick(x, y)),
        onLeave: () => hover(null),
        onClick: (x, y) => choose(made.pick(x, y)),
      }),
      watchStage(element, made),
    ];
    return () => {
      for (const each of stop) each();
      made.dispose();
      stage.current = null;
    };
  }, [hover, choose]);

  const { painter, drawing, retry } = useCellPainter(host, stage);

  useEffect(() => stage.current?.mark(marks.hovered, marks.selected), [marks]);

  return { host, stage, painter, drawing, atoms, factor, marks, hover, choose, retry };
}

/** The crystal and how it is to be shown, and the description for those who do not see it. */
const followStore = (stage: Stage, element: HTMLElement): (() => void) =>
  follow(
    ({ structure, current, inputs: { view } }) =>
      [structure, current, view.supercell, view.bonds, view.ghost, view.strain, view.projection] as const,
    ([structure, current, repeat, bonds, ghost, strain, projection]) => {
      if (!structure) return;
      const cell = shownCell(structure, current);
      const notes = [ghost && 'the true cell is dashed', strain > 1 && `strain drawn ×${strain}`].filter(
        Boolean,
      );
      element.setAttribute(
        'aria-label',
        [`Unit cell of ${structure.formula}, current crystal: ${cellText(cell)}`, ...notes].join('; '),
      );
      const perspective = projection === 'perspective';
      const { cell: truth } = structure;
      const sites = (current?.problem.sites === structure.sites && current.sites) || structure.sites;
      stage.show({ sites, truth, current: cell, repeat, bonds, ghost, strain, perspective });
    },
  );
