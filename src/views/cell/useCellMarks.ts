import { useEffect, useState } from 'react';
import type { DrawnAtom } from './cellAtoms.ts';
import { type CellStage, useCellStage } from './useCellStage.ts';

/** Indices into the drawn atoms. */
export interface CellMarks {
  readonly hovered: number | null;
  /** At most three, in the order they were chosen. */
  readonly selected: readonly number[];
}

export interface MarkedCell extends CellStage {
  readonly marks: CellMarks;
  hover(index: number | null): void;
  /** Adds an atom to the chosen ones or takes it out again; null clears them. */
  choose(index: number | null): void;
}

const NO_MARKS: CellMarks = { hovered: null, selected: [] };

const chosen = (selected: readonly number[], index: number | null): readonly number[] => {
  if (index === null) return [];
  if (selected.includes(index)) return selected.filter(other => other !== index);
  return selected.length >= 3 ? [index] : [...selected, index];
};

/** A stage whose atoms can be pointed at and chosen, to measure between them. */
export function useCellMarks(): MarkedCell {
  const [kept, setKept] = useState<{ readonly of: readonly DrawnAtom[]; readonly marks: CellMarks }>();
  const cell = useCellStage({ onHover: index => hover(index), onClick: index => choose(index) });
  const { atoms, stage } = cell;
  // Marks are those of the atoms they were made on.
  const marks = kept?.of === atoms ? kept.marks : NO_MARKS;
  const change = (next: (old: CellMarks) => CellMarks): void =>
    setKept(old => {
      const before = old?.of === atoms ? old.marks : NO_MARKS;
      const after = next(before);
      return after === before ? old : { of: atoms, marks: after };
    });
  const hover = (hovered: number | null): void =>
    change(old => (old.hovered === hovered ? old : { ...old, hovered }));
  const choose = (index: number | null): void =>
    change(old => ({ hovered: index ?? old.hovered, selected: chosen(old.selected, index) }));
  useEffect(() => stage.current?.mark(marks.hovered, marks.selected), [stage, marks]);
  return { ...cell, marks, hover, choose };
}
