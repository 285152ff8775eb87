import type { Cell } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import type { CurrentCrystal } from '../../state/store.ts';

/** The current cell; the true one where there is none yet, or while it is still that of the last crystal. */
export const shownCell = (structure: Structure, current: CurrentCrystal | null): Cell =>
  current?.problem.sites === structure.sites ? current.cell : structure.cell;
