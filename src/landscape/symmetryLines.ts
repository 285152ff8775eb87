import { CELL_KEYS, type CellKey, cellIndex } from '../crystal/cell.ts';
import { familyOf } from '../crystal/family.ts';
import { isCellKey, SYMBOLS } from '../model/cellParameter.ts';
import type { Slice } from './slice.ts';

/** A line of a slice, or a point, on which the cell satisfies a condition of its family or a site has more symmetry. */
export interface SymmetryLine {
  /** E.g. "a = b", "γ = 90°", "x = 1/4". */
  readonly label: string;
  readonly from: readonly [number, number];
  /** Where a line ends to the right, an upright one at the top; the same as `from` for a point. */
  readonly to: readonly [number, number];
}

/**
 * The conditions of the family that show as lines: two moved lengths equal (the diagonal), a moved angle at its fixed
 * value, a moved length equal to a tied one that is not moved. And where the symmetry of a site rises that an axis moves.
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
  return [...lines, ...special(slice)];
}

/** The special positions of the sites that move, as far as they lie inside the ranges. */
function special({ model, xRange, yRange }: Slice): SymmetryLine[] {
  const strictly = (value: number, [low, high]: readonly [number, number]): boolean =>
    value > low && value < high;
  return (model?.special ?? []).flatMap((position): SymmetryLine[] => {
    const { label } = position;
    if (position.kind === 'point') {
      const at = [position.x, position.y] as const;
      return strictly(at[0], xRange) && strictly(at[1], yRange) ? [{ label, from: at, to: at }] : [];
    }
    const { p, q, c } = position;
    if (q === 0)
      return strictly(c / p, xRange) ? [{ label, from: [c / p, yRange[0]], to: [c / p, yRange[1]] }] : [];
    if (p === 0 && !strictly(c / q, yRange)) return [];
    const heightAt = (x: number): number => (c - p * x) / q;
    // between the values of x at which the line meets the lower and the upper end of y
    const meets = p === 0 ? xRange : yRange.map(y => (c - q * y) / p).sort((s, t) => s - t);
    const [low, high] = [Math.max(xRange[0], meets[0]!), Math.min(xRange[1], meets[1]!)];
    return low < high ? [{ label, from: [low, heightAt(low)], to: [high, heightAt(high)] }] : [];
  });
}
