import { CELL_KEYS, type CellKey, cellIndex } from '../crystal/cell.ts';
import { familyOf } from '../crystal/family.ts';
import { isCellKey, SYMBOLS } from '../model/cellParameter.ts';
import type { Slice } from './slice.ts';

/** A line of a slice on which the cell satisfies a condition of its family. */
export interface SymmetryLine {
  /** E.g. "a = b", "γ = 90°". */
  readonly label: string;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/**
 * The conditions of the family that show as lines: two moved lengths equal (the diagonal), a moved angle at its fixed
 * value, a moved length equal to a tied one that is not moved.
 */
export function symmetryLines(slice: Slice): SymmetryLine[] {
  const { x, y, xRange, yRange, base, tied } = slice;
  const family = familyOf(slice.family);
  const lines: SymmetryLine[] = [];
  const keys = [x, y].filter(isCellKey);
  const [p, q] = keys;
  if (p && q && family.equal.some(equal => equal.includes(p) && equal.includes(q))) {
    const low = Math.max(xRange[0], yRange[0]);
    const high = Math.min(xRange[1], yRange[1]);
    if (low < high)
      lines.push({ label: `${SYMBOLS[p]} = ${SYMBOLS[q]}`, from: [low, low], to: [high, high] });
  }
  const across = (key: CellKey, value: number, label: string): void => {
    const range = key === x ? xRange : yRange;
    if (value <= range[0] || value >= range[1]) return;
    lines.push(
      key === x
        ? { label, from: [value, yRange[0]], to: [value, yRange[1]] }
        : { label, from: [xRange[0], value], to: [xRange[1], value] },
    );
  };
  for (const key of keys) {
    const fixed = family.fixed[key];
    if (fixed !== undefined) across(key, fixed, `${SYMBOLS[key]} = ${fixed}°`);
    const partner = tied
      ? undefined
      : CELL_KEYS.find(
          other =>
            other !== x &&
            other !== y &&
            family.equal.some(keys => keys.includes(key) && keys.includes(other)),
        );
    if (partner) across(key, base[cellIndex(partner)]!, `${SYMBOLS[key]} = ${SYMBOLS[partner]}`);
  }
  return lines;
}
