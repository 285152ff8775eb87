import type { Structure } from '../../crystal/structure.ts';
import type { State } from '../store.ts';

/** The crystal under the cursor, scrubber or selected minimum: the coordinates of the one on screen in another cell. */
export function currentStructure({ structure, current, inputs }: State): Structure | null {
  if (!structure || !current) return structure;
  const { focus } = inputs;
  if (focus.kind === 'truth' && current.cell.every((value, i) => value === structure.cell[i]))
    return structure;
  const where =
    focus.kind === 'step'
      ? `step ${focus.step} of the descent ${focus.mode} from start ${focus.start + 1}`
      : focus.kind === 'minimum'
        ? `minimum ${focus.index} of the map`
        : 'a point of the map';
  return {
    ...structure,
    cell: current.cell,
    // The cell of a point of the map has lost the symmetry that the group names.
    spaceGroup: { symbol: 'P 1', number: 1 },
    source: `${structure.source}; cell of ${where} by Braggscape, ${current.problem.loss} loss ${current.loss.toPrecision(6)}`,
  };
}
