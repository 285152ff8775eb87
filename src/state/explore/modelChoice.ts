import type { Cell, CellKey } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import type { SliceModel } from '../../landscape/slice.ts';
import { sliceModel } from '../../landscape/sliceModel.ts';
import { isCellKey } from '../../model/cellParameter.ts';
import type { FoundParameters } from '../../model/foundParameters.ts';
import type { MovedParameter, Point } from '../../model/parameter.ts';
import type { Inputs } from '../core/inputs.ts';

/** The parameters of the crystal on screen, with what its symmetry makes of its atoms. */
export interface CrystalParameters extends FoundParameters {
  readonly structure: Structure;
  /** Of the instrument that they were worked out for: the mixing is one of them. */
  readonly eta: number;
}

/** True where both axes are of the cell. */
export const isLatticeSlice = ({ slice }: Pick<Inputs, 'slice'>): boolean =>
  isCellKey(slice.x) && isCellKey(slice.y);

/** Both axes where they are of the cell, which alone the energy is mapped over; a and c otherwise. */
export const latticeAxes = ({
  slice,
}: Pick<Inputs, 'slice'>): { readonly x: CellKey; readonly y: CellKey } => {
  const { x, y } = slice;
  return isCellKey(x) && isCellKey(y) ? { x, y } : { x: 'a', y: 'c' };
};

let last: { readonly of: CrystalParameters; readonly asked: string; readonly choice: SliceModel } | null =
  null;

/**
 * The axes that the inputs ask for and what moves with them: in the space of the slice the two; in the whole space every
 * coordinate of every atom where an axis is one, and the whole cell where an axis is of it. Null where both are of the
 * cell, or one is not known of this crystal. The same object while nothing changes.
 */
export function modelChoice(
  { slice, descent }: Pick<Inputs, 'slice' | 'descent'>,
  parameters: CrystalParameters | null,
): SliceModel | null {
  if (!parameters || isLatticeSlice({ slice })) return null;
  const asked = [slice.x, slice.y, descent.space].join(' ');
  if (last?.of === parameters && last.asked === asked) return last.choice;
  const choice = sliceModel(slice, descent.space === 'full', parameters);
  if (!choice) return null;
  last = { of: parameters, asked, choice };
  return choice;
}

const bases = new WeakMap<readonly MovedParameter[], Point>();

/** The true point of a crystal, the same for the same parameters. */
export function truePoint(cell: Cell, model: SliceModel | null): Point {
  if (!model) return cell;
  let base = bases.get(model.moved);
  if (!base) {
    base = [...cell, ...model.moved.map(({ value }) => value)];
    bases.set(model.moved, base);
  }
  return base;
}
