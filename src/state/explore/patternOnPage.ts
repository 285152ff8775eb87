import type { Cell } from '../../crystal/cell.ts';
import type { CellReflections } from '../../diffraction/crystalPattern.ts';
import { binCount, spectralLines } from '../../diffraction/instrument.ts';
import type { LossProblem } from '../../engine/engine.ts';
import type { PatternModel } from '../../peakspace/pattern/patternModel.ts';
import type { PatternTree } from '../../peakspace/pattern/patternTree.ts';
import { densePatternAt } from './problem.ts';

/** Profiles times bins of a dense pattern that takes 4 ms, a quarter of a frame: 1.6 ns each, measured on U2Ti. */
const MOST_ON_PAGE = 2_500_000;

/** The problem last asked about, with the kernel's model of it once that is there. */
let known: { readonly problem: LossProblem; asked: number; model: PatternModel | null } | null = null;

/**
 * The pattern of a problem's crystal at a cell [binCount], at once; null where that would hold up the page, since there
 * are many reflections and the kernel of peak space does not serve them. The kernel is fetched when a problem is asked
 * about a second time: under a slider that changes the problem its tables, made by a thread, would cost more than one
 * dense pattern.
 * @param peaks reflections at the cell
 * @param treeOf asks a thread for what the kernel needs; null where only dense patterns are exact enough
 */
export function patternOnPage(
  problem: LossProblem,
  cell: Cell,
  peaks: CellReflections,
  treeOf: () => Promise<PatternTree | null>,
): Float64Array | null {
  if (known?.problem !== problem) known = { problem, asked: 0, model: null };
  if (++known.asked === 2)
    bringModel(problem, treeOf).then(
      model => {
        if (known?.problem === problem) known.model = model;
      },
      // Without it patterns are dense.
      () => {},
    );
  const { instrument } = problem;
  const bins = binCount(instrument);
  const { model } = known;
  if (model) return model.forward(Float64Array.from(cell))?.pattern.slice() ?? new Float64Array(bins);
  const profiles = peaks.twoTheta.length * spectralLines(instrument).length;
  return profiles * bins <= MOST_ON_PAGE ? densePatternAt(problem, instrument, cell) : null;
}

async function bringModel(
  { sites, instrument }: LossProblem,
  treeOf: () => Promise<PatternTree | null>,
): Promise<PatternModel | null> {
  const [{ patternModel }, tree] = await Promise.all([
    import('../../peakspace/pattern/patternModel.ts'),
    treeOf(),
  ]);
  return tree && patternModel(sites, instrument, () => tree);
}
