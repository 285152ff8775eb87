import { CELL_KEYS, type CellKey, cellIndex } from '../../src/crystal/cell.ts';
import { descended, distance, endText, searchProblem, seededStarts, slicePlan } from './searchSupport.ts';

const SLICES: readonly (readonly [string, CellKey, CellKey])[] = [
  ['U2Ti', 'a', 'c'],
  ['U2Ti', 'a', 'b'],
  ['U2Ti', 'a', 'gamma'],
  ['U2Ti', 'c', 'alpha'],
  ['Au2S', 'a', 'b'],
  ['Au2S', 'a', 'alpha'],
  ['BPO4', 'a', 'c'],
  ['MoS2', 'a', 'c'],
  ['SrTiO3', 'a', 'b'],
  ['Na3MnCoNiO6', 'a', 'gamma'],
  ['Na3MnCoNiO6', 'a', 'beta'],
  ['VNi2S3', 'a', 'beta'],
];

/**
 * Descents of seeded starts in the ±10 % box that end hopping between two points, and those that come to rest in a
 * valley with an angle off.
 */
export function reportFailures(count: number, rates: readonly number[], only?: string): void {
  for (const [id, x, y] of SLICES.filter(([name]) => !only || only === name)) {
    const problem = searchProblem(id);
    const { cell } = problem.structure;
    for (const at of seededStarts(problem, x, y, count, 2))
      for (const learningRate of rates) {
        const run = descended(slicePlan(problem, x, y, at, { learningRate }), problem.objective);
        const name = `${id} (${x}, ${y}) from ${at.join(' ')} rate ${learningRate}: ${endText(run, x, y)}`;
        if (run.twoCycle) console.log(`TWO-CYCLE ${name}`);
        const off = Math.abs(run.end[cellIndex(y)]! - cell[cellIndex(y)]!);
        const near = distance(run.end, cell) < 0.01;
        if (run.reason === 'converged' && !run.twoCycle && cellIndex(y) >= 3 && off > 0.15 && near)
          console.log(`FLAT ${name}, off ${off.toFixed(3)}°`);
      }
  }
}

/** Loss above the truth at small turns of an angle: exponent from doubling, 2 for a parabola and 4 for a quartic. */
export function reportFloors(): void {
  for (const id of [
    'U2Ti',
    'Au2S',
    'BPO4',
    'Na3MnCoNiO6',
    'NdAl8Cu4',
    'LiMnIr2',
    'Ga2O3',
    'MoS2',
    'SrTiO3',
    'VNi2S3',
  ]) {
    const problem = searchProblem(id);
    const { cell } = problem.structure;
    for (const key of CELL_KEYS) {
      const rise = (share: number): number => {
        const moved = Float64Array.from(cell);
        moved[cellIndex(key)]! += share;
        return problem.objective(moved, new Float64Array(6)) + 1;
      };
      const turns = cellIndex(key) < 3 ? [] : [0.1, 0.2, 0.4, 0.8];
      if (turns.length)
        console.log(
          `FLOOR ${id} ${key}: ${turns.map(t => rise(t).toExponential(2)).join(' ')}; exponents ${turns
            .slice(1)
            .map((t, i) => Math.log2(rise(t) / rise(turns[i]!)).toFixed(2))
            .join(' ')}`,
        );
    }
  }
}
