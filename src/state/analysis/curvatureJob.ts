import { CELL_KEYS } from '../../crystal/cell.ts';
import { movedOf, type Slice } from '../../landscape/slice.ts';
import { SYMBOLS } from '../../model/cellParameter.ts';
import { freeGroups } from '../../optimise/modes.ts';
import { job } from '../core/job.ts';
import { notify } from '../core/notices.ts';
import { planOf } from '../explore/descentJob.ts';
import { sceneOf } from '../explore/selectors.ts';
import { analysisEngine } from './analysisEngine.ts';
import { analysis } from './analysisSlice.ts';

/** Name of a parameter beyond the cell: of an axis as it is written there, of an atom alone by its place. */
function nameOf({ model }: Slice, id: string): string {
  const axis = [model!.x, model!.y].find(entry => entry.id === id);
  return axis?.name.replaceAll('*', '') ?? id.replace('.', ' of atom ');
}

/** Keeps the Hessian at the current crystal up to date while the section is open and nothing plays or moves. */
export const curvatureJob = job({
  coalesce: true,
  calm: 300,
  select: ({ analysis: { open }, current, play, hover, inputs }) => [
    open,
    current,
    play.playing,
    hover !== null,
    inputs.descent.space,
    inputs.slice,
  ],
  args(state) {
    const { current, play, hover } = state;
    const scene = sceneOf(state);
    // under a moving pointer the gradient tells enough
    return state.analysis.open && scene && current && !play.playing && !hover
      ? { ...scene, point: current.point, cell: current.cell }
      : null;
  },
  async run({ inputs, slice, problem, point, cell }, { signal }) {
    const at = planOf(inputs, slice, slice.family, { x: 0, y: 0 }, 'unconstrained');
    const plan = { ...at, start: point };
    const moved = movedOf(slice);
    const names = freeGroups(plan.space, plan.family).map(group =>
      group.map(i => (i < 6 ? SYMBOLS[CELL_KEYS[i]!] : nameOf(slice, moved[i - 6]!.id))).join(' = '),
    );
    const report = await analysisEngine().curvature(problem, plan, signal);
    analysis.set({ curvature: report && { cell, names, report } });
  },
  failed: text => notify({ id: 'curvature', tone: 'error', text }),
});
