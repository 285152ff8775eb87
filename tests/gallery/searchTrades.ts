import type { Cell, CellKey } from '../../src/crystal/cell.ts';
import { fwhm } from '../../src/diffraction/caglioti.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { type Hkl, mergePeaks } from '../../src/diffraction/mergePeaks.ts';
import { reflectionsAt } from '../../src/state/explore/problem.ts';
import { occupanciesOf } from '../../src/views/pattern/occupancy.ts';
import {
  descended,
  endText,
  type SearchProblem,
  searchProblem,
  seededStarts,
  slicePlan,
} from './searchSupport.ts';

const peaksOf = ({ structure }: SearchProblem, cell: Cell) => {
  const table = reflectionsAt(structure, PAPER_INSTRUMENT, cell);
  return { table, peaks: mergePeaks(table, structure.family) };
};

/** Two target peaks each of which lies under the other's reflection, as "110 and 101"; null where there are none. */
function tradeAt(problem: SearchProblem, cell: Cell): string | null {
  const target = peaksOf(problem, problem.structure.cell);
  const { occupancies } = occupanciesOf(
    target,
    peaksOf(problem, cell),
    x => fwhm(PAPER_INSTRUMENT, x),
    [0, 90],
  );
  const name = (hkl: Hkl): string => hkl.join(' ');
  const taken = occupancies.flatMap(entry =>
    entry.occupant
      ? [{ place: name(target.peaks[entry.target]!.forms[0]!.hkl), occupant: name(entry.occupant) }]
      : [],
  );
  const found = taken.find(p => taken.some(q => p.place === q.occupant && q.place === p.occupant));
  return found ? `${found.place} and ${found.occupant}` : null;
}

/** Free descents over a and c with b following, from 9 × 9 starts, that end with two reflections exchanged. */
export function reportTrades(_: number, rates: readonly number[], only?: string): void {
  for (const id of ['U2Ti', 'MoS2', 'BPO4'].filter(name => !only || only === name)) {
    const problem = searchProblem(id);
    const base = problem.structure.cell;
    for (const learningRate of rates)
      for (let i = 0; i < 81; i++) {
        const at = [0, 2].map((k, axis) =>
          Number((base[k]! * (0.92 + 0.02 * (axis ? i % 9 : Math.floor(i / 9)))).toFixed(3)),
        ) as [number, number];
        const plan = {
          ...slicePlan(problem, 'a', 'c', at, { learningRate }),
          start: [at[0], at[0], at[1], base[3], base[4], base[5]] as const,
          space: { kind: 'slice', x: 'a', y: 'c', base, tied: true } as const,
        };
        const run = descended(plan, problem.objective);
        const traded = tradeAt(problem, run.end);
        if (!traded) continue;
        const first = run.cells.findIndex(cell => tradeAt(problem, cell) !== null);
        console.log(
          `TRADE ${id} from ${at.join(' ')}: ${traded} from step ${first}; ${endText(run, 'a', 'c')}`,
        );
      }
  }
}

const CROSSED: readonly (readonly [string, CellKey, CellKey])[] = [
  ['U2Ti', 'a', 'b'],
  ['U2Ti', 'a', 'c'],
  ['Au2S', 'a', 'b'],
  ['LiMnIr2', 'a', 'b'],
];

/** Free descents that stop while reflections go in and out of the window, with how often they do. */
export function reportCrossings(count: number, rates: readonly number[], only?: string): void {
  for (const [id, x, y] of CROSSED.filter(([name]) => !only || only === name)) {
    const problem = searchProblem(id);
    for (const at of seededStarts(problem, x, y, count, 4))
      for (const learningRate of rates) {
        const run = descended(slicePlan(problem, x, y, at, { learningRate }), problem.objective);
        const inside = run.cells
          .slice(-1001)
          .map(cell => reflectionsAt(problem.structure, PAPER_INSTRUMENT, cell).twoTheta.length);
        const times = inside.filter((n, k) => k > 0 && n !== inside[k - 1]).length;
        if (times > 20)
          console.log(
            `CROSSES ${id} (${x}, ${y}) from ${at.join(' ')} rate ${learningRate}: ${times} times; ${endText(run, x, y)}`,
          );
      }
  }
}

/** Free descents from 7 × 7 starts that stop where going on gains more than 0.004. */
export function reportEarly(_: number, rates: readonly number[], only?: string): void {
  for (const [id, x, y] of CROSSED.filter(([name]) => !only || only === name)) {
    const problem = searchProblem(id);
    const { cell } = problem.structure;
    const index = (key: CellKey): number => 'abc'.indexOf(key);
    for (const learningRate of rates)
      for (let i = 0; i < 49; i++) {
        const at = [x, y].map((key, axis) =>
          Number((cell[index(key)]! * (0.91 + 0.03 * (axis ? i % 7 : Math.floor(i / 7)))).toFixed(3)),
        ) as [number, number];
        const plan = slicePlan(problem, x, y, at, { learningRate });
        const run = descended(plan, problem.objective);
        if (run.reason !== 'converged' || run.twoCycle) continue;
        const on = descended({ ...plan, stopGain: 0, maxIterations: 12_000 }, problem.objective);
        if (run.loss - on.loss > 0.004)
          console.log(
            `EARLY ${id} (${x}, ${y}) from ${at.join(' ')}: ${endText(run, x, y)}; going on ${endText(on, x, y)}`,
          );
      }
  }
}
