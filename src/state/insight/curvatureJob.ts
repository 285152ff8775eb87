import { CELL_KEYS } from '../../crystal/cell.ts';
import { isAbort } from '../../engine/engine.ts';
import { SYMBOLS } from '../../landscape/symmetryLines.ts';
import { freeGroups } from '../../optimise/modes.ts';
import { Coalesced } from '../core/latest.ts';
import { planOf } from '../descentJob.ts';
import { chosenFamily, sliceOf } from '../selectors.ts';
import { notify, store } from '../store.ts';
import { insightPool } from './insightEngine.ts';
import { insightStore } from './insightStore.ts';

/** Keeps the Hessian at the current crystal up to date while the section is open and nothing plays. */
export function followCurvature(): void {
  const coalesced = new Coalesced();
  let last: readonly unknown[] = [];
  const look = (): void => {
    const { open } = insightStore.getState();
    const { current, play, hover, inputs } = store.getState();
    const now = [open, current, play.playing, hover !== null, inputs.descent.space, inputs.slice];
    if (now.every((value, i) => value === last[i])) return;
    last = now;
    // under a moving pointer the gradient tells enough
    if (open && current && !play.playing && !hover) coalesced.request(run);
  };
  store.subscribe(look);
  insightStore.subscribe(look);
  look();
}

async function run(): Promise<void> {
  const state = store.getState();
  const { problem, structure, inputs, current } = state;
  if (!problem || !structure || !current) return;
  const slice = sliceOf(inputs, structure.cell, chosenFamily(state));
  const plan = {
    ...planOf(inputs, slice, slice.family, { x: 0, y: 0 }, 'unconstrained'),
    start: current.cell,
  };
  const names = freeGroups(plan.space, plan.family).map(group =>
    group.map(i => SYMBOLS[CELL_KEYS[i]!]).join(' = '),
  );
  try {
    const report = await insightPool().curvature(problem, plan, new AbortController().signal);
    insightStore.setState({ curvature: report && { cell: current.cell, names, report } });
  } catch (error) {
    if (!isAbort(error)) notify({ id: 'curvature', tone: 'error', text: (error as Error).message });
  }
}
