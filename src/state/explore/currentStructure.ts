import { sameCell } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import type { State } from '../core/store.ts';
import type { CrystalSubject } from './exploreState.ts';

/** The crystal under the cursor, scrubber or selected minimum: the coordinates of the one on screen in another cell. */
export function currentStructure({ structure, current }: State): Structure | null {
  if (!structure || !current) return structure;
  if (current.of.kind === 'truth' && sameCell(current.cell, structure.cell)) return structure;
  return {
    ...structure,
    cell: current.cell,
    // The cell of a point of the map has lost the symmetry that the group names.
    spaceGroup: { symbol: 'P 1', number: 1 },
    source: `${structure.source}; cell of ${placeOf(current.of)} by Braggscape, ${current.problem.loss} loss ${current.loss.toPrecision(6)}`,
  };
}

function placeOf(of: CrystalSubject): string {
  if (of.kind === 'step') return `step ${of.step} of the descent ${of.mode} from start ${of.start + 1}`;
  if (of.kind === 'minimum') return `minimum ${of.index} of the map`;
  if (of.kind === 'guest') return 'a step of a relaxation';
  return 'a point of the map';
}
